// Owns lines: from a staircase of pixel edges to the smooth line it came from, and from that to covered pixels.

const TOLERANCE = 1.1;

/**
 * Joins segments end to end into lines of grid points [x, y, …].
 * @param {number[]} segments [from, to, from, to, …]
 * @param {number} grid points in a row
 */
export function chains(segments, grid) {
  /** @type {Map<number, number[]>} */
  const at = new Map();
  for (let end = 0; end < segments.length; end += 1) {
    const known = at.get(segments[end]);
    if (known) known.push(end >> 1);
    else at.set(segments[end], [end >> 1]);
  }
  const used = new Uint8Array(segments.length / 2);
  /** @param {number} point */
  const follow = (point) => {
    const line = [point % grid, Math.floor(point / grid)];
    for (;;) {
      const segment = at.get(point)?.find((s) => !used[s]);
      if (segment === undefined) return line;
      used[segment] = 1;
      const from = segments[segment * 2];
      point = from === point ? segments[segment * 2 + 1] : from;
      line.push(point % grid, Math.floor(point / grid));
    }
  };
  /** @type {number[][]} */
  const lines = [];
  for (const [point, here] of at)
    if (here.length === 1 && !used[here[0]]) lines.push(follow(point));
  for (let s = 0; s < used.length; s += 1) if (!used[s]) lines.push(follow(segments[s * 2]));
  return lines;
}

/**
 * The middles of a staircase's steps lie nearer to the line it came from than its corners do.
 * @param {number[]} line
 */
export function midpoints(line) {
  const found = line.slice(0, 2);
  for (let at = 2; at < line.length; at += 2) {
    found.push((line[at - 2] + line[at]) / 2, (line[at - 1] + line[at + 1]) / 2);
  }
  found.push(...line.slice(-2));
  return found;
}

/**
 * Douglas and Peucker: a staircase of pixels becomes the straight line it came from.
 * @param {number[]} line
 * @param {number} ratio device pixels to a CSS pixel: a step is a device pixel whatever the ratio
 */
export function simplify(line, ratio) {
  const points = line.length / 2;
  const keep = new Uint8Array(points);
  keep[0] = keep[points - 1] = 1;
  const stack = [[0, points - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const [x, y] = [line[from * 2], line[from * 2 + 1]];
    const [dx, dy] = [line[to * 2] - x, line[to * 2 + 1] - y];
    const length = Math.hypot(dx, dy);
    let worst = Math.max(TOLERANCE, 0.7 * ratio);
    let at = -1;
    for (let i = from + 1; i < to; i += 1) {
      const [px, py] = [line[i * 2] - x, line[i * 2 + 1] - y];
      const off = length ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (at > 0) {
      keep[at] = 1;
      stack.push([from, at], [at, to]);
    }
  }
  return line.filter((_, at) => keep[at >> 1]);
}

/**
 * The pixels that lines cover, each once, with the most that any part of them covers of it (0 to 1).
 * @param {number[][]} lines [x, y, …] in device pixels
 * @param {number} half of the width
 * @param {number} width of the picture
 * @param {number} height
 * @param {Uint8Array} seen as large as the picture, all 0, and so again afterwards
 * @param {(at: number, cover: number) => void} emit
 */
export function stroke(lines, half, width, height, seen, emit) {
  /** @type {number[]} */
  const touched = [];
  const reach = half + 0.5;
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
  const segment = (x0, y0, x1, y1) => {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = Math.hypot(dx, dy);
    const aside = Math.abs(dy) > 1e-9 ? (reach * length) / Math.abs(dy) : Number.POSITIVE_INFINITY;
    const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
    for (let y = top; y <= bottom; y += 1) {
      const on = aside < width ? x0 + ((y + 0.5 - y0) * dx) / dy : (x0 + x1) / 2;
      const left = Math.max(0, Math.floor(Math.max(Math.min(x0, x1) - reach, on - aside)));
      const right = Math.min(width - 1, Math.ceil(Math.min(Math.max(x0, x1) + reach, on + aside)));
      for (let x = left; x <= right; x += 1) {
        const px = x + 0.5 - x0;
        const py = y + 0.5 - y0;
        const along = length
          ? Math.max(0, Math.min(1, (px * dx + py * dy) / (length * length)))
          : 0;
        const off = Math.hypot(px - along * dx, py - along * dy);
        const cover = Math.round(Math.min(1, reach - off) * 255);
        const at = y * width + x;
        if (cover <= seen[at]) continue;
        if (!seen[at]) touched.push(at);
        seen[at] = cover;
      }
    }
  };
  for (const line of lines) {
    for (let at = 2; at < line.length; at += 2) {
      segment(line[at - 2], line[at - 1], line[at], line[at + 1]);
    }
  }
  for (const at of touched) {
    emit(at, seen[at] / 255);
    seen[at] = 0;
  }
}
