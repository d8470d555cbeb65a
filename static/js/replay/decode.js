// Owns the decoding of columns and shapes: from delta-coded lists to typed arrays.

/**
 * [3, 0, 2] -> [3, 3, 5].
 * @param {ArrayLike<number>} coded
 * @returns {Int32Array}
 */
export function undelta(coded) {
  const values = new Int32Array(coded.length);
  let last = 0;
  for (let at = 0; at < coded.length; at += 1) {
    last += coded[at];
    values[at] = last;
  }
  return values;
}

/**
 * [x0, y0, dx, dy, …] in steps -> [lon, lat, …] in degrees.
 * @param {ArrayLike<number>} coded
 * @param {number} scale steps to a degree
 * @returns {Float64Array}
 */
export function decodeLine(coded, scale) {
  const degrees = new Float64Array(coded.length);
  let x = 0;
  let y = 0;
  for (let at = 0; at + 1 < coded.length; at += 2) {
    x += coded[at];
    y += coded[at + 1];
    degrees[at] = x / scale;
    degrees[at + 1] = y / scale;
  }
  return degrees;
}

/**
 * How many of the sorted `values` are at most `limit`.
 * @param {ArrayLike<number>} values
 * @param {number} limit
 */
export function countUpTo(values, limit) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
