// The entry for any page, ours or another's: defines <control-map>.

import { ControlMap } from "../ui/control-map.js";

if (!customElements.get("control-map")) customElements.define("control-map", ControlMap);
