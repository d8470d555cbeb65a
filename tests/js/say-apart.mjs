// How far the map's own tiles of two actors are from each other, for events/looks/apart.py to be compared with: JSON
// on stdout. stdin: {"pairs": [[{colour, pattern}, {colour, pattern}], …], "sights": {name: 3 × 3}}.

import { text } from "node:stream/consumers";
import { toOklab, useScheme } from "../../static/js/map/palette.js";
import { Tiles } from "../../static/js/map/patterns.js";
import { heldBy } from "../../static/js/map/swatch.js";

const { pairs, sights } = JSON.parse(await text(process.stdin));

const linear = (part) => {
  const c = part / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const coded = (c) => {
  const part = Math.max(0, Math.min(1, c));
  return 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);
};
const seen = (pixel, matrix) => {
  const rgb = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255].map(linear);
  return toOklab(
    matrix.map((row) => coded(row.reduce((sum, part, at) => sum + part * rgb[at], 0))),
  );
};

const said = [];
for (const dark of [false, true]) {
  useScheme(dark);
  for (const pair of pairs) {
    const tiles = new Tiles(pair, 1);
    for (const inferred of [false, true]) {
      const [one, other] = [0, 1].map((at) => tiles.of(heldBy(at), inferred));
      for (const [sight, matrix] of Object.entries(sights)) {
        let far = 0;
        one.forEach((pixel, at) => {
          const [a, b] = [seen(pixel, matrix), seen(other[at], matrix)];
          far += Math.hypot(...a.map((part, of) => part - b[of]));
        });
        said.push({
          scheme: dark ? "dark" : "light",
          pair,
          inferred,
          sight,
          far: far / one.length,
        });
      }
    }
  }
}
process.stdout.write(JSON.stringify(said));
