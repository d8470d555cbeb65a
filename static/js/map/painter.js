// Owns the choice of painter: a GPU where there is one, else the 2D canvas. Both draw the same picture.

import { CanvasPainter } from "./painter-2d.js";
import { GlPainter, isHardware } from "./painter-gl.js";

/** @typedef {"auto" | "canvas" | "webgl"} Renderer */

/**
 * A canvas and what paints on it.
 * @param {boolean} clear where something lies below it
 * @param {Renderer} wanted "auto" but to compare the two
 * @returns {CanvasPainter | GlPainter}
 */
export function makePainter(clear, wanted) {
  const make = () => document.createElement("canvas");
  if (wanted !== "canvas") {
    const gl = make().getContext("webgl2", {
      alpha: clear,
      antialias: false,
      depth: false,
      failIfMajorPerformanceCaveat: wanted === "auto",
      preserveDrawingBuffer: false,
    });
    if (gl && (wanted === "webgl" || isHardware(gl))) {
      try {
        return new GlPainter(gl);
      } catch (error) {
        // a driver that refuses our programs is no reason to show no map
        console.warn(error);
      }
    }
  }
  return new CanvasPainter(make(), clear);
}
