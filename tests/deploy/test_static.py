"""What a release does to the static files: names from content, also in imports, and compressed copies."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    static = tmp_path_factory.mktemp("static")
    done = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "conflict_map.settings.production",
            "STATIC_ROOT": str(static),
            "SECRET_KEY": "only to collect",
            "ALLOWED_HOSTS": "localhost",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return static


def test_every_import_of_our_modules_leads_to_a_hashed_file(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    modules = [name for name in names if name.startswith("js/") and name.endswith(".js")]
    assert modules
    for name in modules:
        path = collected / names[name]
        for target in re.findall(
            r"""^\s*import[^;]*?["'](\.[^"']+)["']""", path.read_text(), re.MULTILINE
        ):
            assert (path.parent / target).resolve().is_file(), f"{name}: {target}"
            assert re.search(r"\.[0-9a-f]{12}\.js$", target), f"{name}: {target}"


def test_there_are_compressed_copies(collected: Path) -> None:
    assert list(collected.glob("js/**/*.js.br"))
