"""Colours as a reader sees them: read from a screenshot, which the browser itself decodes."""

import base64
from collections import Counter

from playwright.sync_api import Page

READ = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  return [...canvas.getImageData(0, 0, picture.width, picture.height).data];
}"""


def colours(page: Page, x: float, y: float, size: int = 24) -> Counter[str]:
    """How often each colour (#rrggbb) occurs in the square of `size` CSS pixels round a point."""
    clip = {"x": x - size / 2, "y": y - size / 2, "width": size, "height": size}
    png = page.screenshot(clip=clip)  # type: ignore[arg-type]
    data = page.evaluate(READ, base64.b64encode(png).decode())
    return Counter(
        "#{:02x}{:02x}{:02x}".format(*data[at : at + 3]) for at in range(0, len(data), 4)
    )
