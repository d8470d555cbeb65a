// Owns the arithmetic of pixels: little-endian RGBA words, straight alpha, as ImageData has them.

const PAIRS = 0x00ff00ff;

/**
 * `over` on `under`. On an opaque pixel it is the exact rounding of (o * a + u * (255 - a)) / 255, which is what
 * a GPU's blending gives; where tiles shine through, the straight-alpha form of the same.
 * @param {number} under
 * @param {number} over
 */
export function blend(under, over) {
  const alpha = over >>> 24;
  if (alpha === 255) return over;
  if (alpha === 0) return under;
  const rest = 255 - alpha;
  if (under >>> 24 !== 255) return blendClear(under, over);
  let rb = (Math.imul(over & PAIRS, alpha) + Math.imul(under & PAIRS, rest) + 0x00800080) | 0;
  let g = ((over >>> 8) & 255) * alpha + ((under >>> 8) & 255) * rest + 128;
  rb = ((rb + ((rb >>> 8) & PAIRS)) >>> 8) & PAIRS;
  g = (g + (g >>> 8)) & 0xff00;
  return 0xff000000 | rb | g;
}

/** @param {number} under @param {number} over */
function blendClear(under, over) {
  const a = over >>> 24;
  const b = ((under >>> 24) * (255 - a)) / 255;
  const alpha = a + b;
  let word = Math.round(alpha) << 24;
  for (const shift of [0, 8, 16]) {
    const part = (((over >>> shift) & 255) * a + ((under >>> shift) & 255) * b) / alpha;
    word |= Math.round(part) << shift;
  }
  return word;
}

/** @param {number} word @param {number} share of its alpha that is left, 0 to 1 */
export const fade = (word, share) => (word & 0xffffff) | (Math.round((word >>> 24) * share) << 24);
