"""What a reader waits for: the first map, its bytes, the heap and each date, beside an empty page, in Chromium.

The product's page as it is in public: production settings, its static files collected, gunicorn.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench import fronts
from bench.clock import command, median, percentile
from bench.table import Row

# Places, changes, and what is to be reached: first map × empty, bytes, heap, jump × empty (median, p95), days a second,
# per cent of frames dropped while it is dragged.
SIZES = {
    "S": (300, 3_000, 2.0, 150, 8, 1.1, 1.2, 60, 5),
    "M": (8_000, 100_000, 3.0, 400, 20, 1.1, 1.3, 57, 10),
    "L": (50_000, 1_000_000, 5.0, 900, 90, 1.2, 1.5, 55, 25),
}
RUNS, JUMPS, STEPS = 5, 30, 120
EMPTY = b"<!doctype html><title>empty</title><div id=d style='width:8px;height:8px'></div>"
# Both pages answer the same three questions; the empty one changes the colour of a box.
ADAPT = """
let opened;
window.first = new Promise((done) => { opened = done; });
addEventListener("DOMContentLoaded", () => {
  const map = document.querySelector("control-map");
  const box = document.getElementById("d");
  const paint = async () => {
    box.style.background = box.style.background === "black" ? "gray" : "black";
  };
  window.bench = map
    ? {ready: customElements.whenDefined("control-map").then(() => map.ready),
       drawn: () => map.drawn, jump: (day) => map.seek(day), step: () => map.step(1)}
    : {ready: Promise.resolve(), drawn: async () => {}, jump: paint, step: paint};
  window.frame = () => new Promise((done) => requestAnimationFrame(done));
  opened(bench.ready.then(async () => {
    await frame();
    await frame();
    return performance.now();
  }));
});
"""
JUMP = """async (day) => {
  const start = performance.now();
  await bench.jump(day);
  await frame();
  await frame();
  return performance.now() - start;
}"""
STEP = """async (count) => {
  const start = performance.now();
  for (let n = 0; n < count; n += 1) {
    await bench.step();
    await frame();
  }
  return count / (performance.now() - start) * 1000;
}"""


# Plays, and notes when each frame came, until `dragged` is asked for.
WATCH = """() => {
  const frames = [];
  let going = true;
  const note = (at) => { frames.push(at); if (going) requestAnimationFrame(note); };
  requestAnimationFrame(note);
  window.dragged = () => { going = false; return frames; };
  document.querySelector("control-map")?.play({daysPerSecond: 60});
}"""
MOVES, FRAME = 150, 1000 / 60
REST = 2000  # ms


class Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(EMPTY)

    def log_message(self, *_: Any) -> None: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def site(folder: Path) -> Iterator[str]:
    """The web process as in public, on DATABASE_URL; its address."""
    command("collectstatic", "--noinput", "--verbosity", "0")
    port = free_port()
    env = {**os.environ, "PORT": str(port)}
    web = subprocess.Popen([sys.executable, "-m", "gunicorn", "conflict_map.wsgi"], env=env)
    try:
        address = f"http://127.0.0.1:{port}"
        for _attempt in range(300):
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            time.sleep(0.1)
        yield address
    finally:
        web.terminate()
        web.wait()


@contextlib.contextmanager
def empty_page() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Blank) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def wire(session: CDPSession) -> list[int]:
    """Bytes on the wire, in a list that grows."""
    session.send("Network.enable")
    sizes: list[int] = []
    session.on(
        "Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"]))
    )
    return sizes


def measured(browser: Browser, address: str) -> dict[str, float]:
    """One load in a browser that has never been there."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes = wire(session)
    page.add_init_script(ADAPT)
    # a reader's browser is there already: its own start, which takes both cores for a second, is no part of a page
    page.wait_for_timeout(REST)
    page.goto(address, wait_until="commit")
    first = page.evaluate("first")
    found = {"first": first, "bytes": sum(sizes) / 1000}
    page.evaluate("bench.drawn()")
    page.wait_for_load_state("networkidle")
    session.send("HeapProfiler.collectGarbage")
    found["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    found |= dates(page)
    context.close()
    return found


def dates(page: Page) -> dict[str, float]:
    chance = random.Random(7)  # noqa: S311
    days = [fronts.START + timedelta(days=chance.randrange(fronts.DAYS)) for _ in range(JUMPS + 3)]
    took = [page.evaluate(JUMP, day.isoformat()) for day in days][3:]
    page.evaluate(JUMP, (fronts.START + timedelta(days=1800)).isoformat())
    return {
        "jump": median(took),
        "jump_p95": percentile(took, 95),
        "days": page.evaluate(STEP, STEPS),
        "dropped": dragging(page),
    }


def dragging(page: Page) -> float:
    """Per cent of frames dropped while 60 days a second are played and the map is dragged round in circles."""
    page.evaluate(JUMP, (fronts.START + timedelta(days=1200)).isoformat())
    page.evaluate(WATCH)
    page.mouse.move(640, 400)
    page.mouse.down()
    for n in range(MOVES):
        turn = 2 * math.pi * n / 50
        page.mouse.move(640 + 180 * math.sin(turn), 400 + 120 * (1 - math.cos(turn)))
    page.mouse.up()
    frames = page.evaluate("dragged()")
    gaps = [later - earlier for earlier, later in itertools.pairwise(frames)]
    dropped = sum(max(0, round(gap / FRAME) - 1) for gap in gaps)
    return 100 * dropped / (len(gaps) + dropped)


def figures(size: str, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """(the product's page, the empty one), medians of runs in turn. In the database of DATABASE_URL."""
    places, changes, *_ = SIZES[size]
    fronts.make(folder, places, changes)
    command("create_conflict", fronts.SLUG, "--title", "A made war", "--timezone", "UTC",
            "--start", fronts.START.isoformat(), "--end", fronts.END.isoformat())  # fmt: skip
    command("import_gazetteer", fronts.SLUG, str(folder / "places.csv"))
    command("import_actors", fronts.SLUG, str(folder / "actors.csv"))
    command("import_sources", str(folder / "sources.csv"))
    command("import_changes", fronts.SLUG, str(folder / "changes.csv"))
    command("build_replay", fronts.SLUG)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    ours, empty = [], []
    with site(folder) as address, empty_page() as blank, sync_playwright() as playwright:
        # both web processes have answered before the first run
        for _n in range(8):
            urllib.request.urlopen(f"{address}/{fronts.SLUG}/").close()
        for _run in range(RUNS):
            for found, where in ((empty, blank), (ours, f"{address}/{fronts.SLUG}/")):
                browser = playwright.chromium.launch(
                    executable_path=path, args=["--no-sandbox", "--disable-gpu"]
                )
                found.append(measured(browser, where))
                browser.close()
    return _medians(ours), _medians(empty)


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: median([run[name] for run in runs]) for name in runs[0]}


def rows(size: str, ours: dict[str, float], empty: dict[str, float]) -> list[Row]:
    _places, _changes, first, most_bytes, heap, jump, p95, days, dropped = SIZES[size]
    return [
        Row(f"{size}: first map", ours["first"], "ms", empty["first"], most_ratio=first),
        Row(f"{size}: bytes before it", ours["bytes"], "kB", most=most_bytes),
        Row(f"{size}: JavaScript heap", ours["heap"], "MiB", most=heap),
        Row(f"{size}: a date, median", ours["jump"], "ms", empty["jump"], most_ratio=jump),
        Row(f"{size}: a date, p95", ours["jump_p95"], "ms", empty["jump_p95"], most_ratio=p95),
        Row(
            f"{size}: days a second", ours["days"], "", empty["days"],
            least_ratio=min(1, days / 60) * 0.99,
        ),
        Row(f"{size}: frames dropped while it plays and is dragged", ours["dropped"], "%", most=dropped),
    ]  # fmt: skip
