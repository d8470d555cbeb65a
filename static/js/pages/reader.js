// The reader's page: the view in the address and the map, each following the other.

import { ask, follow, look } from "../ui/address.js";
import { ControlMap } from "../ui/control-map.js";
import { share } from "../ui/share.js";

if (!customElements.get("control-map")) customElements.define("control-map", ControlMap);

const map = document.querySelector("control-map");
if (map instanceof ControlMap) {
  look(map);
  ask(map);
  void map.ready.then(() => follow(map));
  void map.ready.then(() => share(map));
}
