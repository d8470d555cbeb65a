"""Pictures of the page held against those of before: what a reader would tell apart, anti-aliasing aside.

`UPDATE_PICTURES=1 script/test tests/browser/test_regression.py` takes them anew. They are of Debian's Chromium with
Debian's fonts (script/lib/packages.sh): elsewhere letters have other shapes.
"""

import base64
import os
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "pictures"
PIXELMATCH = ROOT / "node_modules" / "pixelmatch" / "index.js"
UPDATE = bool(os.environ.get("UPDATE_PICTURES"))

# A letter may come out otherwise here and there; a name that is gone, or a dot, is more than that of its square.
SQUARE, MOST_OF_SQUARE, MOST_OF_ALL = 48, 0.10, 0.004

# Lossless: at quality 1 Chromium writes WebP without loss.
AS_WEBP = """async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas.toDataURL("image/webp", 1).split(",")[1];
}"""
COMPARE = """async ([source, kind, before, now, square]) => {
    const {default: pixelmatch} = await import(`data:text/javascript;base64,${source}`);
    const read = async (type, text) => {
        const blob = await (await fetch(`data:image/${type};base64,${text}`)).blob();
        const picture = await createImageBitmap(blob);
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return canvas.getImageData(0, 0, picture.width, picture.height);
    };
    const [one, other] = [await read(kind, before), await read("png", now)];
    const {width, height} = one;
    if (width !== other.width || height !== other.height) {
        return {size: [width, height, other.width, other.height], all: 1, worst: 1, at: [0, 0], diff: ""};
    }
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const diff = new ImageData(width, height);
    const count = pixelmatch(one.data, other.data, diff.data, width, height, {threshold: 0.1, diffMask: true});
    canvas.getContext("2d").putImageData(diff, 0, 0);
    // of each square; half a square apart, so that nothing hides on an edge
    let [worst, at] = [0, [0, 0]];
    for (let top = 0; top < height; top += square / 2) for (let left = 0; left < width; left += square / 2) {
        let wrong = 0;
        for (let y = top; y < Math.min(top + square, height); y += 1) {
            for (let x = left; x < Math.min(left + square, width); x += 1) {
                const pixel = (y * width + x) * 4;
                // anti-aliased ones are yellow in the mask
                if (diff.data[pixel + 3] && !diff.data[pixel + 1]) wrong += 1;
            }
        }
        if (wrong > worst) [worst, at] = [wrong, [left, top]];
    }
    return {size: null, all: count / (width * height), worst: worst / square ** 2, at,
        diff: canvas.toDataURL("image/png").split(",")[1]};
}"""


def keep(desk: Page, name: str, png: bytes) -> None:
    now = base64.b64encode(png).decode()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(desk.evaluate(AS_WEBP, now)))


def hold_against(desk: Page, name: str, png: bytes, folder: Path) -> str:
    """What differs from the picture of before by this name, or "". `desk`: a blank page that compares; the new picture
    and the difference are left in `folder`.
    """
    path = FOLDER / f"{name}.webp"
    if not path.exists():
        return f"{name}: there is no picture of before; UPDATE_PICTURES=1 takes it"
    return difference(desk, name, path.read_bytes(), png, folder)


def difference(desk: Page, name: str, before: bytes, png: bytes, folder: Path) -> str:
    """The same of two pictures at hand. Never compare their bytes: a busy browser cuts a page into other tiles, and
    rounds the edge of a slanted line otherwise.
    """
    kind = "png" if before.startswith(b"\x89PNG") else "webp"
    source, one, other = (
        base64.b64encode(data).decode() for data in (PIXELMATCH.read_bytes(), before, png)
    )
    found = desk.evaluate(COMPARE, [source, kind, one, other, SQUARE])
    if found["size"]:
        return f"{name}: the sizes differ, {found['size']}"
    if found["worst"] <= MOST_OF_SQUARE and found["all"] <= MOST_OF_ALL:
        return ""
    (folder / f"{name}.png").write_bytes(png)
    (folder / f"{name}-difference.png").write_bytes(base64.b64decode(found["diff"]))
    return (
        f"{name}: {found['all']:.2%} of all, {found['worst']:.0%} of the square at {found['at']}; "
        f"see {folder}"
    )
