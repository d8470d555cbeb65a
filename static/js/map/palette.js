// Owns the colours of the map, on paper and in the dark, and mixing them. The page's own are in css/tokens.css.

/** @typedef {[red: number, green: number, blue: number]} Rgb */

const LIGHT = {
  sea: "#d9e4ea",
  land: "#ece9e2",
  ownLand: "#faf8f4",
  landBorder: "#c4beb2",
  ownBorder: "#5b564c",
  provinceBorder: "rgba(70, 64, 52, 0.42)",
  water: "#bcd3df",
  river: "#93b8cb",
  riverCasing: "rgba(255, 254, 251, 0.5)",
  waterText: "#3f6f8a",
  front: "#1f1d1a",
  frontCasing: "#fffefb",
  ink: "#1c1b19",
  inkSoft: "#615c53",
  halo: "rgba(255, 254, 251, 0.92)",
  chosen: "#000000",
  paper: "#fffefb",
  unknown: "#807c74",
};

/** @type {typeof LIGHT} */
const DARK = {
  sea: "#10171c",
  land: "#1b1c1d",
  ownLand: "#26262a",
  landBorder: "#3b3b3d",
  ownBorder: "#b9b4aa",
  provinceBorder: "rgba(226, 221, 210, 0.34)",
  water: "#1c303b",
  river: "#3c5d6d",
  riverCasing: "rgba(16, 18, 20, 0.5)",
  waterText: "#8fb9cf",
  front: "#f6f2ea",
  frontCasing: "#121315",
  ink: "#f4f1ea",
  inkSoft: "#b9b3a7",
  halo: "rgba(20, 21, 23, 0.9)",
  chosen: "#ffffff",
  paper: "#1d1e21",
  unknown: "#8b867d",
};

/** The colours in use: those of the reader's scheme. */
export const palette = { ...LIGHT };

let dark = false;

/** @param {boolean} wanted whether it is dark */
export function useScheme(wanted) {
  dark = wanted;
  Object.assign(palette, dark ? DARK : LIGHT);
}

const preference = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
if (preference?.matches) useScheme(true);

/** When the reader's scheme is another: all that is drawn has to be drawn anew. @param {() => void} tell @param {AbortSignal} signal */
export function onScheme(tell, signal) {
  const changed = () => {
    useScheme(preference.matches);
    tell();
  };
  preference?.addEventListener("change", changed, { signal });
}

/** @param {string} hex #rrggbb @returns {Rgb} */
export function rgb(hex) {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return Number.isNaN(value) ? rgb(LIGHT.unknown) : [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * An actor's colour in the scheme in use. In the dark, lightness is brought into the upper part of its range:
 * a black would be lost in the ground, and the order of light and dark between two actors stays.
 * @param {string} hex
 * @returns {Rgb}
 */
export function actorColour(hex) {
  const colour = rgb(hex);
  if (!dark) return colour;
  const [l, a, b] = toOklab(colour);
  return fromOklab([0.46 + l * 0.5, a, b]);
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
export const pixel = ([red, green, blue]) =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** A pixel of this colour and alpha. @param {string} hex @param {number} alpha 0 to 1 */
export const word = (hex, alpha) =>
  ((pixel(rgb(hex)) & 0xffffff) | (Math.round(alpha * 255) << 24)) >>> 0;

/** @param {Rgb} colour as CSS has it */
export const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

/** Björn Ottosson's OKLab, by its published matrices. @param {Rgb} colour @returns {Rgb} l, a, b */
export function toOklab(colour) {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {Rgb} lab @returns {Rgb} */
function fromOklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => {
    const part = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
    return Math.round(Math.max(0, Math.min(1, part)) * 255);
  });
  return [red, green, blue];
}
