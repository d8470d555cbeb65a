"""What a release does to the static files: names from content, also in imports, and compressed copies."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management.base import CommandError

from events.staticfiles import SHEETS, bundled
from tests.release import released

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("release")]


@pytest.fixture(scope="module")
def collected() -> Path:
    return released()


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


@pytest.mark.parametrize(
    "page", ["reader", "copy", "control-map", "embed", "desk", "point-map", "admin"]
)
def test_a_page_asks_for_one_script(collected: Path, page: str) -> None:
    script = (collected / "js" / "pages" / f"{page}.js").read_text()
    assert not re.search(r"""^import[\s{"']|[;}]import[\s{"']""", script)
    assert "/static/" not in script


def test_the_script_of_a_map_brings_its_styles_along(collected: Path) -> None:
    for page in ("reader", "control-map", "embed"):
        script = (collected / "js" / "pages" / f"{page}.js").read_text()
        assert "adoptedStyleSheets" in script
        assert ".leaflet-pane" in script
        assert "import.meta" not in script


def test_the_script_of_the_copy_is_small_for_the_map_comes_with_its_own(collected: Path) -> None:
    script = (collected / "js" / "pages" / "copy.js").read_text()
    assert "adoptedStyleSheets" not in script
    assert len(script) < 6_000


def test_a_style_sheet_has_those_that_it_imports_in_it(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    sheet = (collected / names["css/base.css"]).read_text()
    assert "@import" not in sheet
    assert ".skip-link" in sheet


def test_a_script_with_an_import_that_leads_nowhere_stops_the_release(tmp_path: Path) -> None:
    (tmp_path / "js" / "pages").mkdir(parents=True)
    (tmp_path / "js" / "pages" / "lost.js").write_text('import { a } from "../ui/gone.js"; a();')
    storage = StaticFilesStorage(location=str(tmp_path), base_url="/static/")
    name = "js/pages/lost.js"
    with pytest.raises(CommandError, match=r"js/ui/gone\.js"):
        bundled({name: (storage, name), SHEETS: (storage, SHEETS)})


def test_there_are_compressed_copies(collected: Path) -> None:
    assert list(collected.glob("js/**/*.js.br"))
