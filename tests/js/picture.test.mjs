import assert from "node:assert/strict";
import { test } from "node:test";
import { blend } from "../../static/js/map/blend.js";
import { Atlas } from "../../static/js/map/fills.js";
import { frontStyle } from "../../static/js/map/front-style.js";
import { frontsOf, STRETCHES } from "../../static/js/map/fronts.js";
import { paintBlock } from "../../static/js/map/paint-block.js";
import { Picture } from "../../static/js/map/picture.js";
import { rasterise } from "../../static/js/map/raster.js";
import { flat } from "../../static/js/map/shapes.js";
import { Slices } from "../../static/js/map/slices.js";
import { stroke } from "../../static/js/map/trace.js";
import { BLOCK, columnsOf, Gathered, veilOf } from "../../static/js/map/veil.js";
import { Inference } from "../../static/js/replay/inference.js";
import { random } from "./world.mjs";

const WIDTH = 150;
const HEIGHT = 130;
const view = {
  scale: 100,
  left: 3,
  top: 5,
  width: WIDTH,
  height: HEIGHT,
  ratio: 1,
  zoom: 5,
  covered: [0, 0, 0, 0],
};
const GROUND = 0xff556677;
const held = (actor) => ({
  state: "held",
  holds: [actor],
  to: [],
  contests: [],
  besieges: [],
  present: [],
  disputed: false,
  counts: [],
});
const NOTHING = { ...held(0), state: "no_data", holds: [] };

/** A world of columns: each place is a strip from top to bottom, 0 has a quarter of its own inside. */
function world(places, { fine = false } = {}) {
  const lines = Array.from({ length: places }, (_, at) => {
    const [west, east] = [at / places + 0.03, (at + 1) / places + 0.03];
    return new Float64Array([
      west * 1.5,
      0.05,
      east * 1.5,
      0.05,
      east * 1.5,
      1.35,
      west * 1.5,
      1.35,
    ]);
  });
  const territories = {
    count: places,
    rings: flat(lines),
    first: Uint32Array.from({ length: places + 1 }, (_, at) => at),
    place: Int32Array.from({ length: places }, (_, at) => at),
    tier: new Int8Array(places),
    x: Float64Array.from({ length: places }, (_, at) => ((at + 0.5) / places + 0.03) * 1.5),
    y: new Float64Array(places).fill(0.7),
    radius: new Float64Array(places).fill(fine ? 1e9 : 9.5e6),
    box: Float64Array.from(lines.flatMap((line) => [line[0], line[1], line[2], line[5]])),
  };
  const replay = {
    actors: [
      { colour: "#d55e00", pattern: "solid" },
      { colour: "#009e73", pattern: "dots" },
    ],
    places: lines.map(() => ({ kind: "town" })),
    inference: new Inference(lines.map((_, at) => ({ lat: 35, lon: 36 + at }))),
    table: { rows: [NOTHING, held(0), held(1)] },
    standings: {
      own: new Uint32Array(places),
      shown: new Uint32Array(places),
      inside: lines.map(() => []),
      kind: lines.map(() => "town"),
      parent: lines.map(() => -1),
      table: { rows: [NOTHING, held(0), held(1)] },
    },
    isComposed: () => false,
  };
  const slices = new Slices();
  const cells = Uint32Array.from(territories.place);
  const ids = slices.now(rasterise(view, territories, cells));
  const style = frontStyle();
  const fronts = fine ? null : slices.now(frontsOf(view, ids, places, style, () => true));
  const clear = veilOf(new Uint32Array(WIDTH * HEIGHT), WIDTH);
  const columns = columnsOf(WIDTH);
  const scene = {
    view,
    cells,
    ids,
    ground: new Uint32Array(WIDTH * HEIGHT).fill(GROUND),
    over: clear,
    names: clear,
    chosen: null,
    fronts,
    active: new Uint8Array(fronts ? fronts.a.length * STRETCHES : 0),
    style,
    dots: [],
    dotsIn: Array.from({ length: columns * Math.ceil(HEIGHT / BLOCK) }, () => []),
    dotOf: new Map(),
    sprites: [],
  };
  const picture = new Picture(scene, replay, territories, {}, new Atlas(replay, 1));
  const pixels = new Uint32Array(WIDTH * HEIGHT);
  /** Paints what is dirty; returns how many blocks that were. */
  const paint = () => {
    let count = 0;
    picture.dirty.forEach((dirty, block) => {
      if (!dirty) return;
      picture.dirty[block] = 0;
      count += 1;
      paintBlock(pixels, scene, picture.fills, block % columns, Math.floor(block / columns));
    });
    return count;
  };
  const set = (place, number) => {
    replay.standings.own[place] = number;
    replay.standings.shown[place] = number;
  };
  /** As a reader's page does: what is inferred follows what is said. */
  const update = (changed) =>
    picture.update([...changed, ...replay.inference.follow(replay.standings, changed)]);
  return { replay, scene, picture, pixels, paint, set, update };
}

test("what is painted block by block over a hundred dates equals what is painted anew", () => {
  for (const fine of [false, true]) {
    const [one, other] = [world(9, { fine }), world(9, { fine })];
    const next = random(7);
    one.picture.all(false);
    one.paint();
    for (let date = 0; date < 100; date += 1) {
      const changed = [Math.floor(next() * 9), Math.floor(next() * 9)];
      const numbers = changed.map(() => Math.floor(next() * 3));
      for (const { set } of [one, other]) {
        for (const [at, place] of changed.entries()) set(place, numbers[at]);
      }
      one.update(changed);
      one.paint();
    }
    other.replay.inference.follow(other.replay.standings, [...Array(9).keys()]);
    other.picture.all(false);
    other.paint();
    assert.deepEqual(one.pixels, other.pixels);
    assert.ok(new Set(one.pixels).size > 3);
  }
});

test("a date repaints the blocks of what changed and no others", () => {
  const { picture, paint, set } = world(9);
  picture.all(false);
  assert.equal(paint(), picture.dirty.length);
  picture.update([]);
  assert.equal(paint(), 0);
  set(0, 1);
  picture.update([0]);
  const blocks = paint();
  assert.ok(blocks > 0 && blocks < picture.dirty.length, `${blocks}`);
});

test("the ground shows where there is no data", () => {
  const { picture, paint, pixels } = world(3);
  picture.all(false);
  paint();
  assert.ok(pixels.every((pixel) => pixel === GROUND));
});

test("a front runs between different holders alone, and is faint where either side is inferred", () => {
  const { picture, paint, pixels, set, scene } = world(2);
  const middle = 79; // the border between both
  const darkest = (y) => {
    let least = 255;
    for (let x = middle - 3; x <= middle + 3; x += 1)
      least = Math.min(least, pixels[y * WIDTH + x] & 255);
    return least;
  };
  set(0, 1);
  set(1, 1);
  picture.all(false);
  paint();
  const [alikeFar, alikeNear] = [darkest(10), darkest(65)];
  set(1, 2);
  picture.update([1]);
  paint();
  assert.ok(scene.active.includes(1));
  assert.ok(darkest(65) < 60, `evidence: ${darkest(65)}`);
  assert.ok(darkest(10) > 60, `inferred: ${darkest(10)}`);
  assert.ok(alikeFar > 60 && alikeNear > 60);
});

/** The colours of part of a strip. */
function colours(pixels, place, places, [top, bottom]) {
  const middle = Math.round(((place + 0.5) / places + 0.03) * 150) - 3;
  const found = new Set();
  for (let y = top; y < bottom; y += 1) {
    for (let x = middle - 8; x < middle + 8; x += 1) found.add(pixels[y * WIDTH + x]);
  }
  return found;
}

test("where nothing is said of a place, all of its cell is inferred from the nearest of which something is", () => {
  const { picture, paint, pixels, set, update, scene } = world(3);
  const [near, far] = [
    [57, 73],
    [4, 20],
  ];
  picture.all(false);
  set(0, 1);
  update([0]);
  paint();
  const inferred = colours(pixels, 0, 3, far);
  assert.ok(!inferred.has(GROUND) && inferred.size > 1);
  assert.notDeepEqual(colours(pixels, 0, 3, near), inferred);
  for (const place of [1, 2]) {
    for (const part of [near, far]) assert.deepEqual(colours(pixels, place, 3, part), inferred);
  }
  assert.ok(!scene.active.includes(1), "no front within what is one inference");
  set(2, 2);
  update([2]);
  paint();
  assert.deepEqual(colours(pixels, 1, 3, near), inferred);
  assert.ok(scene.active.includes(1));
  set(0, 0);
  set(2, 0);
  update([0, 2]);
  paint();
  assert.ok(
    pixels.every((pixel) => pixel === GROUND),
    "of no place in the province is anything said",
  );
});

test("the front of what is inferred is faint, also near the place", () => {
  for (const fine of [false, true]) {
    const { picture, paint, pixels, set, update } = world(3, { fine });
    const border = 101;
    const darkest = () => {
      let least = 255;
      for (let x = border - 3; x <= border + 3; x += 1) {
        const pixel = pixels[65 * WIDTH + x];
        least = Math.min(least, Math.max(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255));
      }
      return least;
    };
    picture.all(false);
    set(0, 1);
    set(2, 2);
    update([0, 2]);
    paint();
    const inferred = darkest();
    set(1, 1);
    update([1]);
    paint();
    assert.ok(darkest() < inferred - 20, `${darkest()} ${inferred}`);
    set(1, 0);
    update([1]);
    paint();
    assert.equal(darkest(), inferred);
  }
});

test("sourced places only: neither inference nor fronts", () => {
  const { picture, paint, pixels, set, scene, update } = world(2);
  set(0, 1);
  set(1, 2);
  picture.all(true);
  paint();
  assert.equal(pixels[10 * WIDTH + 40], GROUND);
  assert.ok(!scene.active.includes(1));
  set(1, 0);
  update([0, 1]);
  paint();
  assert.equal(pixels[65 * WIDTH + 120], GROUND, "of the second nothing is said");
  assert.notEqual(pixels[65 * WIDTH + 40], GROUND);
});

test("blending is exact to the nearest step, on an opaque pixel and on a clear one", () => {
  const next = random(3);
  for (let n = 0; n < 2000; n += 1) {
    const [under, over] = [0xff000000 + next() * 0xffffff, next() * 0xffffffff].map((x) => x >>> 0);
    const alpha = over >>> 24;
    const got = blend(under, over) >>> 0;
    for (const shift of [0, 8, 16]) {
      const [u, o] = [(under >>> shift) & 255, (over >>> shift) & 255];
      const want = Math.round((o * alpha + u * (255 - alpha)) / 255);
      assert.ok(Math.abs(((got >>> shift) & 255) - want) <= 0, `${under} ${over}`);
    }
    assert.equal(got >>> 24, 255);
  }
  assert.equal(blend(0, 0x80123456) >>> 0, 0x80123456);
});

test("a veil keeps every pixel that is not clear, in its block, in either way of making it", () => {
  const pixels = new Uint32Array(WIDTH * HEIGHT);
  const gathered = new Gathered();
  const next = random(5);
  for (let n = 0; n < 5000; n += 1) pixels[Math.floor(next() * pixels.length)] = 0x7f000000 + n;
  pixels.forEach((colour, at) => {
    if (colour) gathered.add(at, colour, 1);
  });
  const veil = veilOf(pixels, WIDTH);
  const { start, x, colour } = gathered.veil(WIDTH, HEIGHT);
  assert.deepEqual([start, x, colour], [veil.start, veil.x, veil.colour]);
  assert.equal(veil.x.length, pixels.filter((pixel) => pixel).length);
});

test("a stroked line covers its width, each pixel once, and leaves no trace in its scratch", () => {
  const seen = new Uint8Array(100 * 100);
  let area = 0;
  const at = new Set();
  stroke([[10, 50, 50, 50, 90, 50]], 1.5, 100, 100, seen, (pixel, cover) => {
    assert.ok(!at.has(pixel));
    at.add(pixel);
    area += cover;
  });
  assert.ok(Math.abs(area - 80 * 3) < 12, `${area}`);
  assert.ok(seen.every((one) => one === 0));
});
