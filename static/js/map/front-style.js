// Owns how a front line looks: plain and cased between two pieces of evidence, faint where either side is inferred.

import { palette, word } from "./palette.js";

/** From so many cells in a view on, a front is an edge between pixels instead of a line. */
export const FINE_CELLS = 2500;

/** Widths in CSS pixels; colours as pixels.
 * @typedef {{width: number, colour: number}} Pen
 * @typedef {{casing: Pen, ink: Pen}} Pens
 * @typedef {{hard: Pens, soft: Pens, edgeHard: number, edgeSoft: number}} FrontStyle */

/** @returns {FrontStyle} in the colours of the moment */
export function frontStyle() {
  const none = { width: 0, colour: 0 };
  return {
    hard: {
      casing: { width: 4, colour: word(palette.frontCasing, 0.78) },
      ink: { width: 1.7, colour: word(palette.front, 1) },
    },
    soft: { casing: none, ink: { width: 1.1, colour: word(palette.front, 0.42) } },
    edgeHard: word(palette.front, 0.72),
    edgeSoft: word(palette.front, 0.36),
  };
}
