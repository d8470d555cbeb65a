"""The scripts: they parse, they fail in one line, and what they install is locked."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    path
    for path in [
        *(ROOT / "script").iterdir(),
        *(ROOT / "script/lib").glob("*.sh"),
        ROOT / ".ci/run",
    ]
    if path.is_file()
)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"PORT", "TRACKER_SCRIPT", "SAY_FD"}}
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_parses_and_says_what_it_does(path: Path) -> None:
    assert run("bash", "-n", str(path)).stderr == ""
    first, second = path.read_text().splitlines()[:2]
    assert first in {"#!/usr/bin/env bash", "# shellcheck shell=bash"}
    assert second.startswith("# ")
    assert os.access(path, os.X_OK) == first.startswith("#!")


def test_a_taken_port_is_said_in_one_line_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("script/server", PORT=port, TRACKER_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"port {port} is taken" in line
    assert "PORT=" in line
    assert not (tmp_path / "data").exists(), "before minutes of set-up, not after"
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["http", "0", "70000", "8000x"])
def test_a_port_that_is_none_is_said_in_one_line(port: str, tmp_path: Path) -> None:
    done = run("script/server", PORT=port, TRACKER_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"not '{port}'" in line


def test_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = run("script/manage", "check", TRACKER_DATA_DIR=str(blocked / "data"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "TRACKER_DATA_DIR" in line


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"postgis://nobody@127.0.0.1:{unused.getsockname()[1]}/none"
        done = run(
            "script/manage", "check",
            DATABASE_URL=address, REDIS_URL="redis://127.0.0.1:1/0", TRACKER_DATA_DIR=str(tmp_path / "data"),
        )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "DATABASE_URL" in line


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_locked_with_hashes(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[\w.\[\],-]+==\S+", block), block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]
    assert "http" not in text
    assert "file:" not in text


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_direct_requirement_is_locked_and_has_its_reason(name: str) -> None:
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line.startswith(("#", "-")) or not line.strip():
            continue
        requirement, _, reason = line.partition("#")
        assert reason.strip(), line
        package = re.split(r"[\[~=<>! ]", requirement)[0]
        assert package.lower().replace("_", "-") in locked, line


def test_the_javascript_lock_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
