// Owns the dialog that gives the map to take along: link, element, frame and citation, each to copy.
// Its words and boxes are the page's own (templates/partials/share.html); here they are filled.

import { elementOf, frameOf, inUtc, linkTo } from "../data/snippets.js";
import { parse } from "../data/url-state.js";
import { setText } from "./dom.js";

/** @import { About } from "../data/snippets.js" */
/** @import { UrlState } from "../data/url-state.js" */
/** @import { ControlMap } from "./control-map.js" */

/** @param {ControlMap} map */
export function share(map) {
  const button = document.getElementById("share");
  const dialog = document.getElementById("share-dialog");
  if (!(button instanceof HTMLButtonElement) || !(dialog instanceof HTMLDialogElement)) return;
  const {
    slug = "",
    title = "",
    script = "",
    credit = "",
    zone = "UTC",
    name = "",
  } = dialog.dataset;
  /** @type {About} */
  const about = {
    site: location.origin,
    slug,
    title,
    script: new URL(script, location.href).href,
    manifest: new URL(map.src ?? "", location.href).href,
    lang: document.documentElement.lang,
  };
  const { gettext, interpolate } = map.messages;
  const latest = /** @type {HTMLInputElement} */ (dialog.querySelector("[name=latest]"));
  const said = /** @type {HTMLElement} */ (dialog.querySelector("[role=status]"));
  const day = /** @type {HTMLElement} */ (dialog.querySelector(".share-day"));

  const fill = () => {
    const date = map.date ?? "";
    const now = { at: latest.checked ? null : date, known: map.getAttribute("known") };
    const place = map.getAttribute("place");
    const state = { ...now, place, from: null, to: null, position: parse(location).position };
    // what is cited stays as it was said, whatever is published after
    const cited = { ...state, at: date, known: inUtc(now.known ?? map.knownAt) };
    setText(day, dayIn(about.lang, date));
    put("link", linkTo(about, state));
    put("element", elementOf(about, state));
    put("frame", frameOf(about, state));
    put("citation", citation(linkTo(about, cited), date, cited.known));
  };

  /** @param {string} box @param {string} text */
  const put = (box, text) => {
    const area = dialog.querySelector(`[name=${box}]`);
    if (area instanceof HTMLTextAreaElement) area.value = text;
  };

  /** @param {string} address @param {string} date @param {string | null} known */
  const citation = (address, date, known) => {
    const text = known
      ? gettext(
          "%(title)s: map of control on %(day)s, as published by %(known)s. %(site)s, %(address)s (read on %(today)s).",
        )
      : gettext("%(title)s: map of control on %(day)s. %(site)s, %(address)s (read on %(today)s).");
    const values = {
      title,
      day: dayIn(about.lang, date),
      known: known ? instantIn(about.lang, known, zone) : "",
      site: name,
      address,
      today: dayIn(about.lang, new Date().toISOString().slice(0, 10)),
    };
    return [interpolate(text, values), credit].filter(Boolean).join(" ");
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    map.pause();
    setText(said, "");
    fill();
    dialog.showModal();
  });
  latest.addEventListener("change", fill);
  dialog.addEventListener("click", (event) => {
    const { target } = event;
    // a press outside of it, on the backdrop, is on the dialog itself
    if (target === dialog) dialog.close();
    if (target instanceof HTMLTextAreaElement) target.select();
    const copied = target instanceof Element ? target.closest("button[data-copy]") : null;
    if (copied instanceof HTMLButtonElement) void copy(copied);
  });

  /** @param {HTMLButtonElement} from */
  const copy = async (from) => {
    const area = dialog.querySelector(`[name=${from.dataset.copy}]`);
    if (!(area instanceof HTMLTextAreaElement)) return;
    const label = area.labels?.[0]?.textContent?.trim() ?? "";
    const done = await copied(area);
    setText(said, "");
    const text = done
      ? gettext("Copied: %(what)s")
      : gettext("Select it, and copy it with your keys.");
    setText(said, interpolate(text, { what: label }));
  };
}

/** Whether the text is in the clipboard; it is selected in any case. @param {HTMLTextAreaElement} area */
async function copied(area) {
  area.focus();
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // not a secure page, or not allowed: the older way
    return document.execCommand("copy");
  }
}

/** Day before month, as everywhere on these pages. @param {string} lang */
const dated = (lang) => (lang === "en" ? "en-GB" : lang);

/** @param {string} lang @param {string} iso a day */
const dayIn = (lang, iso) =>
  new Intl.DateTimeFormat(dated(lang), { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(iso),
  );

/** @param {string} lang @param {string} iso an instant @param {string} timeZone */
const instantIn = (lang, iso, timeZone) =>
  new Intl.DateTimeFormat(dated(lang), {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(new Date(iso));
