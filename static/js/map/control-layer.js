// Owns the one picture on the Leaflet map: it follows the map's moves, and paints a date when told.
//
// A view is built once (scene.js), then dates are painted from it. When the map moves, the picture moves and scales
// with it, and a new one is built in slices of a few milliseconds, so that dates go on being painted meanwhile.
// The very first is a bare one of just what the map shows; the whole one follows as after a move.

import { nearest } from "./dots.js";
import { Atlas } from "./fills.js";
import { L } from "./leaflet.js";
import { Lit } from "./lit.js";
import { makePainter } from "./painter.js";
import { Picture } from "./picture.js";
import { Rings } from "./rings.js";
import { buildScene, chooseIn, lightUpIn } from "./scene.js";
import { Slices } from "./slices.js";
import { makeSources } from "./sources.js";
import { fitted, TILE } from "./view.js";

/** @import * as Leaflet from "leaflet" */
/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Renderer } from "./painter.js" */
/** @import { Scene, Sources } from "./scene.js" */
/** @import { View } from "./view.js" */

/** The picture is this much larger than the map on each side, so that a drag shows no edge at once. */
const PADDING = 0.08;

/** In device pixels: what a step of coarse shapes may measure before finer ones are wanted. */
const VISIBLE_STEP = 0.5;

export class ControlLayer {
  /** @type {Sources | null} */
  #sources = null;

  /**
   * @param {Leaflet.Map} map
   * @param {Replay} replay
   * @param {Geometry} geometry
   * @param {{language: string, tiles: boolean, covered: () => [number, number, number, number],
   *   renderer: Renderer, finer: () => Promise<Geometry | null>}} options `finer`: shapes for a view that is closer
   *   than those at hand are made for
   */
  constructor(map, replay, geometry, options) {
    this.map = map;
    this.replay = replay;
    this.options = options;
    this.geometry = geometry;
    this.refining = false;
    /** @type {number | null} */
    this.chosen = null;
    this.sourcedOnly = false;
    /** Places that stand otherwise in what is known now. @type {number[]} */
    this.differing = [];
    this.slices = new Slices();
    /** Until `begin`, and after a first picture that is not whole until `complete`: no other is begun. */
    this.beginning = true;
    /** @type {Picture | null} */
    this.picture = null;
    /** One that is to be shown, as of the date in view still. @type {Picture | null} */
    this.ahead = null;
    /** @type {Atlas | null} */
    this.atlas = null;
    this.element = document.createElement("div");
    this.element.className = "control-picture leaflet-zoom-animated";
    this.element.setAttribute("aria-hidden", "true");
    // A GPU's context takes its time to be had: the first map does not wait for it.
    this.painter = this.#paintWith(options.renderer === "auto" ? "canvas" : options.renderer);
    /** Resolved when a whole picture is there: names and fronts too. @type {Promise<void>} */
    this.drawn = new Promise((resolve) => {
      this.wholeIsThere = resolve;
    });
    this.rings = new Rings(this.element);
    this.lit = new Lit(this.element);
    /** Those that changed on the date in view. @type {ArrayLike<number>} */
    this.marked = [];
    map.getPane("overlayPane")?.append(this.element);
    map.on("moveend resize", () => this.#follow());
    map.on("zoom viewreset", () => this.#place());
    map.on("zoomanim", (event) => this.#animate(/** @type {Leaflet.ZoomAnimEvent} */ (event)));
    map.on("move", () => {
      if (!this.slices.busy && this.#uncovered()) this.#follow();
    });
  }

  /** What views are drawn from, made when first asked for. */
  get sources() {
    this.#sources ??= this.slices.now(this.#make());
    return this.#sources;
  }

  #make() {
    const { language, tiles } = this.options;
    return makeSources(this.replay, this.geometry, language, tiles, this.#sources?.dots);
  }

  /** Where a step of the shapes at hand can be seen, finer ones are asked for; once. @param {View} view */
  #refine(view) {
    if (this.refining || view.scale / 360 <= this.geometry.scale * VISIBLE_STEP) return;
    this.refining = true;
    void this.options.finer().then((geometry) => {
      // asked for again by the next view, where they could not be had
      this.refining = geometry !== null;
      if (!geometry) return;
      this.geometry = geometry;
      this.#sources = this.slices.now(this.#make());
      this.refresh();
    });
  }

  /**
   * The first picture: whole, and at once; with `rest` soon rather than whole, and in parts: `complete` makes it so.
   * @param {(() => Promise<void>) | null} rest between two parts
   */
  async begin(rest) {
    const view = rest && this.#viewNow(0);
    if (!rest || !view) return this.complete();
    await rest();
    this.#sources = await this.slices.soon(this.#make(), rest);
    const picture = await this.slices.soon(this.#pictureOf(view, true), rest);
    await rest();
    if (this.element.isConnected) this.#show(picture);
  }

  /** There is no more to wait for, as when the first picture has been seen: the whole one is made. */
  complete() {
    if (!this.beginning) return;
    this.beginning = false;
    this.refresh();
  }

  /** The view anew, in slices; where there is none yet, at once. */
  refresh() {
    if (this.beginning) return;
    const view = this.#viewNow(PADDING);
    if (!view) return;
    this.#refine(view);
    const work = this.#pictureOf(view, false);
    if (!this.picture) return this.#showWhole(this.slices.now(work));
    this.slices.start(work, (picture) => {
      this.#showWhole(picture);
      if (this.#uncovered()) this.#follow();
    });
  }

  /** @param {Picture} picture */
  #showWhole(picture) {
    this.#takeBestPainter();
    this.#show(picture);
    this.wholeIsThere?.();
  }

  /** The date has changed, and with it the standing of these places. @param {ArrayLike<number>} places */
  update(places) {
    this.ahead = null;
    this.picture?.update(places);
    this.painter.paint();
  }

  /** There is more of the record, or another: of which places nothing is said on some days is known now. */
  extended() {
    if (this.replay.mayLack.includes(1)) this.refresh();
  }

  /**
   * What changed on the date in view gets a ring, which goes with the next date.
   * @param {ArrayLike<number>} places @param {boolean} [playing] whether the next one is under way
   */
  mark(places, playing = false) {
    this.marked = playing ? [] : places;
    if (this.picture) this.rings.mark(this.picture, places, playing);
  }

  /** @param {number | null} place whose outline and name stand out */
  choose(place) {
    this.chosen = place;
    if (this.picture) {
      chooseIn(this.picture.scene, this.sources, place, this.differing);
      this.painter.layersChanged();
      this.painter.paint();
    }
    // what is being built has the one before
    if (this.slices.busy) this.#follow();
  }

  /** Light up the places that stand otherwise in what is known now. @param {number[]} places */
  lightUp(places) {
    if (places.join() === this.differing.join()) return;
    this.differing = places;
    if (this.picture) {
      lightUpIn(this.picture.scene, this.sources, this.chosen, places);
      this.lit.show(this.picture, places);
      this.painter.layersChanged();
      this.painter.paint();
    }
    if (this.slices.busy) this.#follow();
  }

  /** @param {boolean} only */
  showSourcedOnly(only) {
    this.sourcedOnly = only;
    this.ahead = null;
    this.picture?.all(only);
    this.painter.paint();
  }

  /** The place at a point of the map, a dot before a cell, or null. @param {Leaflet.Point} point of the container */
  placeAt(point) {
    if (!this.picture) return null;
    const { view, dots } = this.picture.scene;
    const at = this.map.project(this.map.containerPointToLatLng(point));
    const scale = view.scale / (TILE * 2 ** this.map.getZoom());
    const [x, y] = [at.x * scale - view.left, at.y * scale - view.top];
    return nearest(dots, x, y, 9 * view.ratio) ?? this.picture.placeAt(x, y);
  }

  remove() {
    this.slices.stop();
    this.element.remove();
  }

  /** The map has moved: the picture goes with it, and one of what is now in view is begun. */
  #follow() {
    this.#place();
    this.refresh();
  }

  /** @param {Renderer} renderer */
  #paintWith(renderer) {
    const painter = makePainter(this.options.tiles, renderer);
    const { canvas } = painter;
    canvas.className = "control-canvas";
    this.element.prepend(canvas);
    canvas.addEventListener("webglcontextlost", () => {
      // a driver that gave up once is not asked again
      this.settled = true;
      canvas.remove();
      this.painter = this.#paintWith("canvas");
      if (this.picture) this.#show(this.picture);
    });
    return painter;
  }

  /** Once: what the first map was painted without. */
  #takeBestPainter() {
    if (this.options.renderer !== "auto" || this.settled) return;
    this.settled = true;
    const { canvas } = this.painter;
    this.painter = this.#paintWith("auto");
    canvas.remove();
  }

  /** @param {View} view @param {boolean} bare @returns {Generator<void, Picture>} as of the date in view */
  *#pictureOf(view, bare) {
    const { sources } = this;
    const scene = yield* buildScene(sources, view, this.chosen, this.differing, bare);
    if (this.atlas?.ratio !== view.ratio) {
      this.atlas = new Atlas(this.replay, view.ratio);
      sources.dots.reset(view.ratio);
    }
    const picture = new Picture(scene, this.replay, scene.territories, sources.dots, this.atlas);
    picture.all(this.sourcedOnly);
    this.ahead = picture;
    yield;
    return picture;
  }

  /** @param {Picture} picture */
  #show(picture) {
    // a date may have come since it was made, or it has been painted elsewhere
    if (picture !== this.ahead) picture.all(this.sourcedOnly);
    this.ahead = null;
    this.picture = picture;
    const { view } = picture.scene;
    this.painter.show(this.picture);
    this.painter.paint();
    this.mark(this.marked);
    this.lit.show(this.picture, this.differing);
    const { style } = this.painter.canvas;
    style.width = `${view.width / view.ratio}px`;
    style.height = `${view.height / view.ratio}px`;
    this.#place();
  }

  /** @param {number} padding this part more on each side @returns {View | null} what the map shows now */
  #viewNow(padding) {
    const { map } = this;
    const size = map.getSize();
    if (!size.x || !size.y) return null;
    const pad = size.multiplyBy(padding).round();
    const whole = size.add(pad.multiplyBy(2));
    const ratio = fitted(globalThis.devicePixelRatio || 1, whole.x * whole.y);
    const corner = map.project(map.getCenter()).subtract(size.divideBy(2)).subtract(pad);
    const [top, right, bottom, left] = this.options.covered();
    return {
      scale: TILE * 2 ** map.getZoom() * ratio,
      left: Math.round(corner.x * ratio),
      top: Math.round(corner.y * ratio),
      width: Math.round(whole.x * ratio),
      height: Math.round(whole.y * ratio),
      ratio,
      zoom: map.getZoom(),
      covered: [top + pad.y, right + pad.x, bottom + pad.y, left + pad.x],
    };
  }

  /** Where the picture's corner lies among the map's layers at a zoom, and how much larger it is shown. @param {number} zoom */
  #at(zoom) {
    const { view } = /** @type {Picture} */ (this.picture).scene;
    const shown = (TILE * 2 ** zoom) / view.scale; // CSS pixels to one of its own
    return { corner: L.point(view.left, view.top).multiplyBy(shown), scale: shown * view.ratio };
  }

  #place() {
    if (!this.picture) return;
    const { corner, scale } = this.#at(this.map.getZoom());
    const at = corner.subtract(this.map.getPixelOrigin());
    if (scale === 1) L.DomUtil.setPosition(this.element, at.round());
    else L.DomUtil.setTransform(this.element, at, scale);
  }

  /** @param {Leaflet.ZoomAnimEvent} event */
  #animate(event) {
    if (!this.picture) return;
    const { map } = this;
    const { corner, scale } = this.#at(event.zoom);
    const pane = map.getPane("mapPane");
    const moved = pane ? L.DomUtil.getPosition(pane) : L.point(0, 0);
    const half = map.getSize().divideBy(2);
    const origin = map.project(event.center, event.zoom).subtract(half).add(moved);
    L.DomUtil.setTransform(this.element, corner.subtract(origin), scale);
  }

  /** Whether part of the map shows none of the picture. */
  #uncovered() {
    if (!this.picture) return false;
    const { view } = this.picture.scene;
    const { corner, scale } = this.#at(this.map.getZoom());
    const size = this.map.getSize();
    const seen = this.map.project(this.map.getCenter()).subtract(size.divideBy(2)).subtract(corner);
    const whole = L.point(view.width, view.height).multiplyBy(scale / view.ratio);
    return seen.x < 0 || seen.y < 0 || seen.x + size.x > whole.x || seen.y + size.y > whole.y;
  }
}
