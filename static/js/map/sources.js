// Owns what views are drawn from: cells, ground, names and dots, made in parts, as building a view is.

import { Base } from "./base.js";
import { Dots } from "./dots.js";
import { Labels } from "./labels.js";
import { Territories } from "./shapes.js";

/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Sources } from "./scene.js" */

/**
 * @param {Replay} replay
 * @param {Geometry} geometry
 * @param {string} language of the names
 * @param {boolean} tiles whether some lie below
 * @param {Dots} [kept] which do not go by the geometry
 * @returns {Generator<void, Sources>}
 */
export function* makeSources(replay, geometry, language, tiles, kept) {
  const territories = new Territories(replay, geometry);
  yield;
  const base = new Base(replay, geometry);
  yield;
  const dots = kept ?? new Dots(replay);
  yield;
  return { replay, territories, base, dots, labels: new Labels(replay, base, language), tiles };
}
