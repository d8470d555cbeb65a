// Owns the colours of the canvas, and mixing them. The page's own colours are in css/tokens.css.

/** @typedef {[red: number, green: number, blue: number]} Rgb */

export const SEA = "#d9e4ea";
export const LAND = "#ece9e2";
export const OWN_LAND = "#faf8f4";
export const LAND_BORDER = "#c4beb2";
export const OWN_BORDER = "#5b564c";
export const PROVINCE_BORDER = "rgba(70, 64, 52, 0.42)";
export const WATER = "#bcd3df";
export const RIVER = "#93b8cb";
export const WATER_TEXT = "#3f6f8a";
export const FRONT = "#1f1d1a";
export const FRONT_CASING = "rgba(255, 254, 251, 0.75)";
export const RIVER_CASING = "rgba(255, 254, 251, 0.5)";
export const INK = "#1c1b19";
export const INK_SOFT = "#615c53";
export const HALO = "rgba(255, 254, 251, 0.92)";
export const CHOSEN = "#000000";

/** @type {Rgb} */
export const UNKNOWN = [128, 124, 116];
/** @type {Rgb} */
export const PAPER = [255, 254, 251];

/** @param {string} hex #rrggbb @returns {Rgb} */
export function rgb(hex) {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return Number.isNaN(value) ? UNKNOWN : [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} colour
 * @param {Rgb} ground
 * @param {number} share of the colour, 0 to 1
 * @returns {Rgb}
 */
export function mix(colour, ground, share) {
  /** @param {0 | 1 | 2} at */
  const part = (at) => Math.round(colour[at] * share + ground[at] * (1 - share));
  return [part(0), part(1), part(2)];
}

/** @param {Rgb} colour as a little-endian pixel of ImageData, opaque */
export const pixel = ([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red;
