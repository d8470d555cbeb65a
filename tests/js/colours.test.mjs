// Who can tell two actors' fills apart: simulated for readers who lack one kind of cone (the matrices of Machado,
// Oliveira and Fernandes, 2009, severity 1), in print without colour, on paper and in the dark.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { lookOf } from "../../static/js/map/looks.js";
import { toOklab, useScheme } from "../../static/js/map/palette.js";
import { PATTERNS, Tiles } from "../../static/js/map/patterns.js";
import { heldBy, unclear } from "../../static/js/map/swatch.js";

const GREY = [0.2126, 0.7152, 0.0722];
const SIGHTS = {
  "full colour": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  "print without colour": [GREY, GREY, GREY],
};

const linear = (part) => {
  const c = part / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const coded = (c) => {
  const part = Math.max(0, Math.min(1, c));
  return 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);
};

/** A tile as OKLab, as it is seen. */
function seen(tile, matrix) {
  const known = new Map();
  return Array.from(tile, (pixel) => {
    let lab = known.get(pixel);
    if (!lab) {
      const rgb = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255].map(linear);
      lab = toOklab(
        matrix.map((row) => coded(row.reduce((sum, part, at) => sum + part * rgb[at], 0))),
      );
      known.set(pixel, lab);
    }
    return lab;
  });
}

/** The mean of how far two tiles differ, pixel by pixel: 0.02 is about the least that is noticed of a plain colour. */
const apart = (one, other) =>
  one.reduce(
    (sum, lab, at) => sum + Math.hypot(...lab.map((part, of) => part - other[at][of])),
    0,
  ) / one.length;

function demoActors() {
  const csv = readFileSync(
    new URL("../../events/fixtures/syria/actors.csv", import.meta.url),
    "utf8",
  );
  // as events/exchange/actors.py gives them out, in the order of the file
  const patterns = "solid diagonal dots horizontal vertical cross grid reverse".split(" ");
  assert.deepEqual([...patterns].sort(), Object.keys(PATTERNS).sort());
  return [...csv.matchAll(/^([a-z]+),.*?(#[0-9A-F]{6})/gim)].map(([, slug, colour], at) => ({
    slug,
    colour,
    pattern: patterns[at % patterns.length],
  }));
}

const ACTORS = demoActors();
/** Those that hold a place at any time in the demo come first in its file. */
const HOLDERS = [
  "government",
  "transition",
  "rebels",
  "sna",
  "hts",
  "is",
  "sdf",
  "israel",
  "druze",
  "turkey",
];

afterEach(() => useScheme(false));

for (const dark of [false, true]) {
  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    test(`every pair of holders is told apart, ${dark ? "in the dark" : "on paper"}: ${sight}`, () => {
      useScheme(dark);
      assert.equal(ACTORS.length, 16);
      const tiles = new Tiles(ACTORS, 1);
      for (const inferred of [false, true]) {
        const pictures = HOLDERS.map((slug) => {
          const actor = ACTORS.findIndex((one) => one.slug === slug);
          return seen(tiles.of(heldBy(actor), inferred), matrix);
        });
        for (let a = 0; a < pictures.length; a += 1) {
          for (let b = 0; b < a; b += 1) {
            const far = apart(pictures[a], pictures[b]);
            const least = inferred ? 0.01 : 0.02;
            assert.ok(
              far >= least,
              `${HOLDERS[b]} and ${HOLDERS[a]}, ${inferred}: ${far.toFixed(4)}`,
            );
          }
        }
      }
    });
  }
}

test("every state of a place looks unlike every other, to every reader", () => {
  const base = {
    holds: [0],
    to: [],
    contests: [],
    besieges: [],
    present: [],
    disputed: false,
    counts: [],
  };
  const looks = [
    heldBy(0),
    unclear(),
    lookOf({ ...base, state: "contested", contests: [5] }),
    lookOf({ ...base, state: "joint", holds: [0, 5] }),
    lookOf({ ...base, state: "changing", to: [5] }),
    lookOf({
      ...base,
      state: "divided",
      holds: [0, 5],
      counts: [
        [[0], 3],
        [[5], 1],
      ],
    }),
  ];
  for (const dark of [false, true]) {
    useScheme(dark);
    const tiles = new Tiles(ACTORS, 1);
    for (const [sight, matrix] of Object.entries(SIGHTS)) {
      const pictures = [
        ...looks.map((look) => tiles.of(look, false)),
        tiles.of(looks[0], true),
      ].map((tile) => seen(tile, matrix));
      for (let a = 0; a < pictures.length; a += 1) {
        for (let b = 0; b < a; b += 1) {
          const far = apart(pictures[a], pictures[b]);
          assert.ok(far > 0.02, `${dark} ${sight}: ${b} and ${a}: ${far.toFixed(4)}`);
        }
      }
    }
  }
});
