// What the map's own modules make of colours and patterns, for the server's picture to be compared with: JSON on
// stdout. stdin: {"colours": ["#rrggbb"], "size": CSS pixels, "step": part of one}.

import { text } from "node:stream/consumers";
import { actorColour, css, mix, palette, rgb, useScheme } from "../../static/js/map/palette.js";
import { PATTERNS, PERIOD, STRENGTH } from "../../static/js/map/patterns.js";

const { colours, step } = JSON.parse(await text(process.stdin));
const schemes = {};
for (const scheme of ["light", "dark"]) {
  useScheme(scheme === "dark");
  const actors = Object.fromEntries(
    colours.map((hex) => {
      const colour = actorColour(hex);
      const onPaper = Object.entries(STRENGTH).map(([name, share]) => [
        name,
        css(mix(colour, rgb(palette.paper), share)),
      ]);
      return [hex, { plain: css(colour), ...Object.fromEntries(onPaper) }];
    }),
  );
  schemes[scheme] = { palette: { ...palette }, actors };
}
const marks = {};
for (const [name, marked] of Object.entries(PATTERNS)) {
  marks[name] = [];
  for (let y = step / 2; y < PERIOD; y += step) {
    for (let x = step / 2; x < PERIOD; x += step) marks[name].push(marked(x, y) ? 1 : 0);
  }
}
process.stdout.write(JSON.stringify({ schemes, marks, period: PERIOD }));
