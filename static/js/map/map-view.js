// Owns the Leaflet map: its making, its view, and what a pointer finds on it. The rest of the page knows
// the map by this class alone, so that the renderer can be replaced.

import { ControlLayer } from "./control-layer.js";
import { L } from "./leaflet.js";

/** @import { LatLng, Marker } from "leaflet" */
/** @import { Manifest } from "../replay/files.js" */
/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Renderer } from "./painter.js" */

/**
 * @typedef {{zoom: number, lat: number, lon: number}} Position
 * @typedef {{zoom: number, wished: {lat: number, lon: number}, middle: LatLng}} Kept
 */

export class MapView {
  /**
   * @param {HTMLElement} container
   * @param {Replay} replay
   * @param {Geometry} geometry
   * @param {Manifest} manifest
   * @param {{language: string, rtl: boolean, position: Position | null, zoomIn: string, zoomOut: string,
   *   renderer: Renderer, finer: () => Promise<Geometry | null>, covered: () => [top: number, right: number, bottom: number, left: number]}} options `covered`: CSS pixels
   *   at each side that lie under a panel
   */
  constructor(container, replay, geometry, manifest, options) {
    const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
    this.replay = replay;
    /** @type {Marker | undefined} */
    this.marker = undefined;
    /** A position that was wished for, and the middle that Leaflet has made of it. @type {Kept | null} */
    this.kept = null;
    /** While it is being brought there: what that takes is told to nobody. */
    this.bringing = false;
    /** Who is told of moves. @type {(() => void) | undefined} */
    this.tell = undefined;
    // Keys are the replay's own (ui/keyboard.js): arrows step through days.
    this.map = L.map(container, {
      keyboard: false,
      zoomControl: false,
      attributionControl: false,
      // its own way knows the window alone, and rounds: `resized`
      trackResize: false,
      zoomAnimation: !still,
      inertia: !still,
      zoomSnap: 0.25,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 120,
      minZoom: 4,
      maxZoom: 17,
    });
    L.control
      .zoom({
        position: options.rtl ? "topright" : "topleft",
        zoomInTitle: options.zoomIn,
        zoomOutTitle: options.zoomOut,
      })
      .addTo(this.map);
    const credits = [geometry.attribution, manifest.tiles?.attribution].filter(Boolean).join(" · ");
    L.control
      .attribution({ prefix: "Leaflet", position: options.rtl ? "bottomleft" : "bottomright" })
      .addAttribution(credits)
      .addTo(this.map);
    if (manifest.tiles) L.tileLayer(manifest.tiles.url).addTo(this.map);
    this.covered = options.covered;
    this.bounds = manifest.conflict.bounds ?? boundsOf(replay);
    if (options.position) this.position = options.position;
    else this.showAll();
    const { language } = options;
    this.layer = new ControlLayer(this.map, replay, geometry, {
      language,
      tiles: !!manifest.tiles,
      covered: options.covered,
      renderer: options.renderer,
      finer: options.finer,
    });
  }

  showAll() {
    const [west, south, east, north] = this.bounds;
    const [top, right, bottom, left] = this.covered();
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      {
        animate: false,
        paddingTopLeft: [left + 8, top + 8],
        paddingBottomRight: [right + 8, bottom + 8],
      },
    );
  }

  /**
   * As it was wished for, as long as nothing else has moved the map: what is drawn is of whole pixels, and may lie
   * one beside it.
   * @returns {Position}
   */
  get position() {
    const middle = this.map.getCenter();
    const zoom = this.map.getZoom();
    const { kept } = this;
    if (kept?.zoom === zoom && kept.middle.equals(middle, 0)) return { zoom, ...kept.wished };
    return { zoom, lat: middle.lat, lon: middle.lng };
  }

  set position({ zoom, lat, lon }) {
    this.#bring({ lat, lon }, () => this.map.setView([lat, lon], zoom, { animate: false }));
    this.tell?.();
  }

  /** @param {{lat: number, lon: number}} wished @param {() => void} move by whole pixels, as near as those are */
  #bring(wished, move) {
    this.bringing = true;
    move();
    this.kept = { zoom: this.map.getZoom(), wished, middle: this.map.getCenter() };
    this.bringing = false;
  }

  /** @param {() => void} tell */
  onMove(tell) {
    this.tell = tell;
    this.map.on("moveend", () => {
      if (!this.bringing) tell();
    });
  }

  /** @param {(place: number | null) => void} tell */
  onChoose(tell) {
    this.map.on("click", (event) => tell(this.layer.placeAt(event.containerPoint)));
  }

  /** Where a click points to, in degrees. @param {(at: {lat: number, lon: number}) => void} tell */
  onPoint(tell) {
    this.map.on("click", ({ latlng }) => {
      const { lat, lng } = latlng.wrap();
      tell({ lat, lon: lng });
    });
  }

  /** A pin at a point, brought into view; null: none. @param {{lat: number, lon: number} | null} at */
  pin(at) {
    if (!at) {
      this.marker?.remove();
      this.marker = undefined;
      return;
    }
    /** @type {[number, number]} */
    const where = [at.lat, at.lon];
    if (this.marker) this.marker.setLatLng(where);
    else {
      const icon = L.divIcon({ className: "pin", iconSize: [33, 33] });
      this.marker = L.marker(where, { icon, interactive: false, keyboard: false }).addTo(this.map);
    }
    if (!this.map.getBounds().pad(-0.05).contains(where)) {
      this.map.setView(where, this.map.getZoom(), { animate: false });
    }
  }

  /**
   * The point some CSS pixels from another; from the middle of the map where there is none.
   * @param {{lat: number, lon: number} | null} from @param {number} x @param {number} y
   */
  moved(from, x, y) {
    const at = this.map.latLngToContainerPoint(from ? [from.lat, from.lon] : this.map.getCenter());
    const { lat, lng } = this.map.containerPointToLatLng(at.add([x, y])).wrap();
    return { lat, lon: lng };
  }

  /** @param {(place: number | null, x: number, y: number) => void} tell */
  onHover(tell) {
    let dragged = false;
    this.map.on("dragstart", () => {
      dragged = true;
    });
    this.map.on("dragend", () => {
      dragged = false;
    });
    this.map.on("mousemove", (event) => {
      if (dragged) return;
      const { x, y } = event.containerPoint;
      const place = this.layer.placeAt(event.containerPoint);
      this.map.getContainer().classList.toggle("over-place", place !== null);
      tell(place, x, y);
    });
    this.map.on("mouseout movestart", () => tell(null, 0, 0));
  }

  /** Bring a place into view, closer where it is a quarter of a city. @param {number} place */
  show(place) {
    const { lat, lon, kind } = this.replay.places[place];
    if (lat === null || lon === null) return;
    const least = kind === "neighbourhood" ? 12 : kind === "town" || kind === "site" ? 8.5 : 7;
    const [top, right, bottom, left] = this.covered();
    const size = this.map.getSize();
    const at = this.map.latLngToContainerPoint([lat, lon]);
    const free = at.x > left && at.x < size.x - right && at.y > top && at.y < size.y - bottom;
    if (free && this.map.getZoom() >= least) return;
    const zoom = Math.max(this.map.getZoom(), least);
    // The middle of what no panel covers, not of the map.
    const aside = L.point((right - left) / 2, (bottom - top) / 2);
    const center = this.map.unproject(this.map.project([lat, lon], zoom).add(aside), zoom);
    this.map.setView(center, zoom, { animate: false });
  }

  /** @param {number} x @param {number} y CSS pixels */
  pan(x, y) {
    this.map.panBy([x, y], { animate: false });
  }

  /** @param {number} levels @param {{lat: number, lon: number} | null} [about] what stays where it is */
  zoom(levels, about = null) {
    const zoom = this.map.getZoom() + levels;
    if (about) this.map.setZoomAround([about.lat, about.lon], zoom, { animate: false });
    else this.map.setZoom(zoom);
  }

  /** The container may have another size: what is in its middle stays there. */
  resized() {
    const { map } = this;
    const { x, y } = map.getSize();
    const { clientWidth, clientHeight } = map.getContainer();
    if (x === clientWidth && y === clientHeight) return;
    const { lat, lon } = this.position;
    this.#bring({ lat, lon }, () => {
      map.invalidateSize({ animate: false });
      // halves of pixels are rounded away by that, and a growth by one pixel is none to it
      const off = map.project([lat, lon]).subtract(map.project(map.getCenter()));
      map.panBy(off.round(), { animate: false });
    });
  }

  remove() {
    // what moves it on its way out is nothing to draw for
    this.map.off("moveend resize viewreset zoom zoomanim move");
    this.layer.remove();
    this.map.remove();
  }
}

/** @param {Replay} replay @returns {[number, number, number, number]} */
function boundsOf(replay) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lat, lon } of replay.places) {
    if (lat === null || lon === null) continue;
    [west, south] = [Math.min(west, lon), Math.min(south, lat)];
    [east, north] = [Math.max(east, lon), Math.max(north, lat)];
  }
  return west > east ? [-180, -60, 180, 75] : [west, south, east, north];
}
