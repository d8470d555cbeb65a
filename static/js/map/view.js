// Owns projection and view: Web Mercator as a unit square, and the rectangle of it that a canvas shows.

import { decodeLine } from "../replay/decode.js";

/**
 * A point of the unit square (x, y) lies on the canvas at device pixel (x * scale - left, y * scale - top).
 * @typedef {{scale: number, left: number, top: number, width: number, height: number, ratio: number,
 *   zoom: number, covered: [top: number, right: number, bottom: number, left: number]}} View
 * `width`, `height` in device pixels; `ratio` of them to CSS pixels; `covered`: CSS pixels at each side that
 * lie outside the map or under a panel
 */

export const TILE = 256;
const EARTH = 40_075_016.686;

/** Of a picture, at most: some 14 bytes each are kept for a view. */
const MOST_PIXELS = 6e6;

/**
 * Device pixels to a CSS pixel, up to 3, and less where a large screen would make too many.
 * @param {number} ratio of the device @param {number} area in CSS pixels
 */
export const fitted = (ratio, area) =>
  Math.min(ratio, 3, Math.max(1, Math.floor(Math.sqrt(MOST_PIXELS / area) * 4) / 4));

/** @param {number} lon */
export const worldX = (lon) => lon / 360 + 0.5;

/** @param {number} lat */
export function worldY(lat) {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * [x, y, …] in the unit square from a line of the geometry file.
 * @param {ArrayLike<number>} coded
 * @param {number} scale steps to a degree
 */
export function worldLine(coded, scale) {
  const line = decodeLine(coded, scale);
  for (let at = 0; at + 1 < line.length; at += 2) {
    line[at] = worldX(line[at]);
    line[at + 1] = worldY(line[at + 1]);
  }
  return line;
}

/**
 * A length on the ground, in device pixels, at a latitude given by its y in the unit square.
 * @param {View} view
 * @param {number} metres
 * @param {number} y
 */
export function pixelsOf(view, metres, y) {
  const latitude = 2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2;
  return (metres / (EARTH * Math.cos(latitude))) * view.scale;
}

/**
 * @param {View} view
 * @param {Float64Array[]} lines
 * @param {boolean} closed
 */
export function pathOf(view, lines, closed) {
  const path = new Path2D();
  for (const line of lines) {
    for (let at = 0; at + 1 < line.length; at += 2) {
      const x = line[at] * view.scale - view.left;
      const y = line[at + 1] * view.scale - view.top;
      if (at === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    if (closed) path.closePath();
  }
  return path;
}
