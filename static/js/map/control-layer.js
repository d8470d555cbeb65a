// Owns the one canvas on the Leaflet map: it follows the map's moves, and paints a date when told.

import { Base } from "./base.js";
import { Dots } from "./dots.js";
import { Labels } from "./labels.js";
import { L } from "./leaflet.js";
import { CHOSEN, HALO } from "./palette.js";
import { Territories } from "./territories.js";
import { pathOf, TILE } from "./view.js";

/** @import * as Leaflet from "leaflet" */
/** @import { GeometryFile } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { View } from "./view.js" */

/** The canvas is this much larger than the map on each side, so that a drag shows no edge at once. */
const PADDING = 0.08;

export class ControlLayer {
  /**
   * @param {Leaflet.Map} map
   * @param {Replay} replay
   * @param {GeometryFile} geometry
   * @param {{language: string, tiles: boolean, covered: () => [number, number, number, number]}} options
   */
  constructor(map, replay, geometry, options) {
    this.map = map;
    this.replay = replay;
    this.options = options;
    this.territories = new Territories(replay, geometry);
    this.base = new Base(replay, geometry);
    this.dots = new Dots(replay);
    this.labels = new Labels(replay, this.base, this.dots, options.language);
    /** @type {number | null} */
    this.chosen = null;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "control-canvas leaflet-zoom-animated";
    this.canvas.setAttribute("aria-hidden", "true");
    this.ground = document.createElement("canvas");
    this.over = document.createElement("canvas");
    this.names = document.createElement("canvas");
    /** @type {View | null} */
    this.view = null;
    map.getPane("overlayPane")?.append(this.canvas);
    map.on("moveend resize viewreset", () => this.refresh());
    map.on("zoomanim", (event) => this.#animate(/** @type {Leaflet.ZoomAnimEvent} */ (event)));
    map.on("move", () => {
      if (this.#uncovered()) this.refresh();
    });
  }

  /** The map has moved: find everything anew, then paint. */
  refresh() {
    const { map } = this;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const pad = size.multiplyBy(PADDING).round();
    const corner = map.containerPointToLayerPoint(L.point(0, 0)).subtract(pad);
    const origin = map.getPixelOrigin().add(corner);
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
    const [top, right, bottom, left] = this.options.covered();
    this.corner = corner;
    this.center = map.getCenter();
    this.cssSize = size.add(pad.multiplyBy(2));
    this.view = {
      scale: TILE * 2 ** map.getZoom() * ratio,
      left: Math.round(origin.x * ratio),
      top: Math.round(origin.y * ratio),
      width: Math.round(this.cssSize.x * ratio),
      height: Math.round(this.cssSize.y * ratio),
      ratio,
      zoom: map.getZoom(),
      covered: [top + pad.y, right + pad.x, bottom + pad.y, left + pad.x],
    };
    for (const canvas of [this.canvas, this.ground, this.over, this.names]) {
      canvas.width = this.view.width;
      canvas.height = this.view.height;
    }
    this.canvas.style.width = `${this.cssSize.x}px`;
    this.canvas.style.height = `${this.cssSize.y}px`;
    L.DomUtil.setPosition(this.canvas, corner);
    this.territories.setView(this.view);
    this.territories.paintAll();
    this.dots.setView(this.view);
    this.base.drawGround(contextOf(this.ground), this.view, this.options.tiles);
    this.base.drawOver(contextOf(this.over), this.view);
    this.labels.draw(contextOf(this.names), this.view, this.chosen);
    this.#compose();
  }

  /** The date has changed, and with it the standing of these places. @param {number[]} places */
  update(places) {
    this.territories.paint(places);
    this.#compose();
  }

  /** @param {number | null} place whose outline and name stand out */
  choose(place) {
    this.chosen = place;
    if (!this.view) return;
    this.labels.draw(contextOf(this.names), this.view, place);
    this.#compose();
  }

  /** @param {boolean} only */
  showSourcedOnly(only) {
    this.territories.sourcedOnly = only;
    this.territories.paintAll();
    this.#compose();
  }

  /** The place at a point of the map, a dot before a cell, or null. @param {Leaflet.Point} point of the container */
  placeAt(point) {
    if (!this.view || !this.corner) return null;
    const { ratio } = this.view;
    const { x, y } = this.map.containerPointToLayerPoint(point).subtract(this.corner);
    const dot = this.dots.near(x * ratio, y * ratio, 9 * ratio);
    return dot ?? this.territories.at(x * ratio, y * ratio);
  }

  #compose() {
    const { view } = this;
    if (!view) return;
    const context = contextOf(this.canvas);
    if (this.options.tiles) context.clearRect(0, 0, view.width, view.height);
    context.drawImage(this.ground, 0, 0);
    context.drawImage(this.territories.canvas, 0, 0);
    context.drawImage(this.over, 0, 0);
    this.territories.drawFronts(context, view);
    this.#drawChosen(context, view);
    this.dots.draw(context, view);
    context.drawImage(this.names, 0, 0);
  }

  /** @param {CanvasRenderingContext2D} context @param {View} view */
  #drawChosen(context, view) {
    if (this.chosen === null) return;
    const own = this.territories.all.find((cell) => cell.place === this.chosen);
    if (!own) return;
    const path = pathOf(view, own.rings, true);
    for (const [colour, width] of /** @type {[string, number][]} */ ([
      [HALO, 5],
      [CHOSEN, 2.2],
    ])) {
      context.strokeStyle = colour;
      context.lineWidth = width * view.ratio;
      context.stroke(path);
    }
  }

  /** @param {Leaflet.ZoomAnimEvent} event */
  #animate(event) {
    const { map, center } = this;
    if (!this.view || !center || !this.cssSize) return;
    const scale = map.getZoomScale(event.zoom, this.view.zoom);
    const half = map.getSize().divideBy(2);
    const pane = map.getPane("mapPane");
    const moved = pane ? L.DomUtil.getPosition(pane) : L.point(0, 0);
    const origin = map.project(event.center, event.zoom).subtract(half).add(moved).round();
    const corner = map
      .project(center, event.zoom)
      .subtract(this.cssSize.divideBy(2).multiplyBy(scale));
    L.DomUtil.setTransform(this.canvas, corner.subtract(origin), scale);
  }

  #uncovered() {
    if (!this.corner || !this.cssSize || !this.view || this.map.getZoom() !== this.view.zoom)
      return false;
    const at = this.map.layerPointToContainerPoint(this.corner);
    const size = this.map.getSize();
    return at.x > 0 || at.y > 0 || at.x + this.cssSize.x < size.x || at.y + this.cssSize.y < size.y;
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw: no 2D canvas.");
  return context;
}
