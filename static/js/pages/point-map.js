// The entry for the desk's map to point at: defines <point-map>. Loaded when somebody makes a place.

import { PointMap } from "../ui/point-map.js";

if (!customElements.get("point-map")) customElements.define("point-map", PointMap);
