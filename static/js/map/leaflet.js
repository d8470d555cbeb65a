// Owns the way to Leaflet: the only module that loads it. It is UMD, so it sets a global.

import "../../leaflet/leaflet.js";

/** @import * as Leaflet from "leaflet" */

/** @type {typeof Leaflet} */
export const L = /** @type {any} */ (globalThis).L;
