// The admin's maps: django-leaflet's drawing tools, set going from data-… attributes so that the page has no
// inline script. Leaflet, its extras and the tools are classic scripts that come before this module.

const L = /** @type {any} */ (globalThis).L;

export {}; // a module: its names are its own

const PRECISION = 6;

/** Writes every ring and every part: django-leaflet's own store drops the holes of areas. */
const WholeStore = L.FieldStore.extend({
  /** @param {any} drawn */
  _serialize(drawn) {
    const shapes = drawn
      .getLayers()
      .map((/** @type {any} */ layer) => layer.toGeoJSON(PRECISION).geometry);
    if (!shapes.length) return "";
    const type = this.options.geom_type.toLowerCase();
    if (type === "multipolygon") {
      const parts = shapes.flatMap((/** @type {any} */ shape) =>
        shape.type === "MultiPolygon" ? shape.coordinates : [shape.coordinates],
      );
      return JSON.stringify({ type: "MultiPolygon", coordinates: parts });
    }
    return JSON.stringify(
      shapes.length === 1 ? shapes[0] : { type: "GeometryCollection", geometries: shapes },
    );
  },
});

/** @param {HTMLElement} box */
function start(box) {
  const { field, geometry, modifiable, icon, iconRetina, iconShadow } = box.dataset;
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: iconRetina, shadowUrl: iconShadow });
  const djoptions = {
    layers: [],
    overlays: [],
    attributionprefix: null,
    center: [20, 20],
    zoom: 2,
  };
  L.Map.djangoMap(box.id, {
    djoptions,
    globals: false,
    callback: (/** @type {any} */ map) => {
      const options = { fieldid: field, geom_type: geometry, modifiable: modifiable === "true" };
      const drawn = new L.GeometryField({
        ...options,
        field_store_class: WholeStore,
        precision: PRECISION,
      });
      drawn.addTo(map);
      if (box.dataset.backdrop) void backdrop(map, box.dataset.backdrop, drawn);
    },
  });
}

/**
 * The outlines of the provinces, under what is drawn: a map without tiles would be blank.
 * @param {any} map
 * @param {string} address
 * @param {any} drawn
 */
async function backdrop(map, address, drawn) {
  const response = await fetch(address);
  if (!response.ok) return;
  const outlines = L.geoJSON(await response.json(), {
    interactive: false,
    filter: (/** @type {any} */ feature) => feature.geometry && feature.geometry.type !== "Point",
    style: { color: "#667788", weight: 1, fillOpacity: 0.06 },
  }).addTo(map);
  outlines.bringToBack();
  if (!drawn.drawnItems.getLayers().length && outlines.getBounds().isValid()) {
    map.fitBounds(outlines.getBounds());
  }
}

for (const box of document.querySelectorAll(".geometry-map")) {
  start(/** @type {HTMLElement} */ (box));
}
