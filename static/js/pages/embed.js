// The map in a frame: begins where the address says, and hands its view to the link that opens the whole page.
// The frame's own address stays as it is: each entry of its history would be one of the page around it.

import { format, parse } from "../data/url-state.js";
import { ControlMap } from "../ui/control-map.js";

if (!customElements.get("control-map")) customElements.define("control-map", ControlMap);

const map = document.querySelector("control-map");
const whole = document.getElementById("whole");
// Said below a map that has no time bar of its own.
const day = document.getElementById("day");

if (map instanceof ControlMap && whole instanceof HTMLAnchorElement) {
  let { position } = parse(location);
  const { from, to } = parse(location);
  if (position) map.position = position;
  if (from && to) {
    map.setAttribute("from", from);
    map.setAttribute("to", to);
  }
  const { pathname } = new URL(whole.href);
  const { lang } = document.documentElement;
  const inWords = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    dateStyle: "long",
    timeZone: "UTC",
  });
  const follow = () => {
    if (day && map.date) day.textContent = inWords.format(new Date(`${map.date}T00:00:00Z`));
    const place = map.getAttribute("place");
    const known = map.getAttribute("known");
    const [from, to] = [map.getAttribute("from"), map.getAttribute("to")];
    whole.href = pathname + format({ at: map.date, place, known, from, to, position });
  };
  void map.ready.then(() => {
    follow();
    for (const name of ["seek", "placeselect", "rangechange"]) map.addEventListener(name, follow);
    map.addEventListener("viewchange", () => {
      position = map.position;
      follow();
    });
  });
}
