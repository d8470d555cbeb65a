/**
 * A place made on the spot: the page that makes one, as a dialog over the draft. Where the point lies, and what is
 * near, is asked for as the pin moves; what is made, or found there, goes into the draft.
 */

import { combobox } from "./combobox.js";

/** @import { PointMap } from "../ui/point-map.js" */

const DELAY = 200;
/** Drawn anew when the server has looked. */
const FOUND = ["spot_found", "spot_alike"];
/** Of those that only a try to make it names. */
const NOTES = ["name", "kind", "arabic", "lat", "lon"];

/**
 * @param {HTMLFormElement} draft
 * @param {{reread: () => void}} sentence  `reread`: the same sentence again, with what the gazetteer has now
 */
export function spot(draft, { reread }) {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a[data-spot]");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void open(link, spoken(draft, link), (text) => {
      const box = boxFor(draft, link.dataset.spot ?? "");
      if (!box) {
        // Not from the chips, which are drawn anew.
        document.getElementById("id_sentence")?.focus();
        return reread();
      }
      box.value = text;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      box.focus();
    });
  });
}

/**
 * The input that it is for: of a place that the sentence names, none; else the one that is named, or the last one
 * that is empty.
 * @param {HTMLFormElement} draft @param {string} name
 */
function boxFor(draft, name) {
  if (!name) return null;
  const own = document.getElementById(`id_${name}`);
  if (own instanceof HTMLInputElement) return own;
  const boxes = [...draft.querySelectorAll('input[name="places"]')];
  const free = boxes.find((box) => box instanceof HTMLInputElement && !box.value.trim());
  const box = free ?? boxes[boxes.length - 1];
  return box instanceof HTMLInputElement ? box : null;
}

/**
 * The page's address, with the day and the places that the draft speaks of: there the map opens.
 * @param {HTMLFormElement} draft @param {HTMLAnchorElement} link
 */
function spoken(draft, link) {
  const address = new URL(link.href);
  const said = new FormData(draft);
  address.searchParams.set("date", String(said.get("date") ?? ""));
  for (const place of said.getAll("places")) address.searchParams.append("near", String(place));
  return address.href;
}

/** @param {HTMLAnchorElement} link @param {string} address @param {(text: string) => void} use */
async function open(link, address, use) {
  const page = await fetched(address);
  const form = page?.getElementById("spot");
  if (!(form instanceof HTMLFormElement)) {
    window.open(link.href, "_blank", "noopener");
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "spot-dialog desk";
  dialog.setAttribute("aria-labelledby", "spot-title");
  dialog.append(form);
  pointing(form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (document.activeElement === document.body) link.focus();
  });
  wire(form, (text) => {
    dialog.close();
    if (text !== null) use(text);
  });
  dialog.showModal();
}

/** The map's own script: most drafts never need it. @param {HTMLFormElement} form */
function pointing(form) {
  const script = document.createElement("script");
  script.type = "module";
  script.src = form.dataset.script ?? "";
  document.head.append(script);
}

/** The page by itself, without a draft beside it. */
export function spotPage() {
  const form = document.getElementById("spot");
  if (!(form instanceof HTMLFormElement)) return;
  pointing(form);
  form.querySelector("[data-spot-close]")?.remove();
  wire(form, null);
}

/**
 * @param {HTMLFormElement} form
 * @param {((text: string | null) => void) | null} done  the place's text, or null where nothing was made
 */
function wire(form, done) {
  const map = /** @type {PointMap | null} */ (form.querySelector("point-map"));
  const input = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const parent = input("parent");
  combobox(parent, { dateOf: () => "" });
  const pointed = () => {
    const [lat, lon] = [input("lat"), input("lon")].map((box) => degrees(box.value));
    if (map) map.point = lat === null || lon === null ? null : { lat, lon };
  };
  void customElements.whenDefined("point-map").then(pointed);
  map?.addEventListener("pick", (event) => {
    const { lat, lon } = /** @type {CustomEvent} */ (event).detail;
    input("lat").value = String(lat);
    input("lon").value = String(lon);
    soon();
  });
  let timer = 0;
  /** @type {AbortController | undefined} */
  let asking;
  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const page = await sent(form, "look", asking.signal);
    if (page instanceof Document) drawn(page, [...FOUND]);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, DELAY);
  };
  form.addEventListener("input", (event) => {
    if (event.target === input("lat") || event.target === input("lon")) pointed();
    soon();
  });
  form.addEventListener("change", soon);
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.spotParent !== undefined) {
      parent.value = button.dataset.spotParent;
      parent.focus();
      soon();
    } else if (button?.dataset.spotUse !== undefined) {
      done?.(button.dataset.spotUse);
    } else if (button?.dataset.spotClose !== undefined) {
      done?.(null);
    }
  });
  if (!done) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const by = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    // Enter in a field makes it too: the button that does so without a script only looks.
    const make = document.getElementById("spot-make");
    if (!(make instanceof HTMLButtonElement)) return;
    clearTimeout(timer);
    asking?.abort();
    make.disabled = true;
    const answer = await sent(form, by === make ? make.value : "make");
    make.disabled = false;
    const failed = document.getElementById("spot-failed");
    if (answer && !(answer instanceof Document)) return done(answer.text);
    const said = answer?.getElementById("spot");
    if (failed) failed.textContent = said ? "" : (form.dataset.failed ?? "");
    if (!answer || !said) return;
    make.focus();
    drawn(answer, [...FOUND, ...NOTES.map((name) => `spot_note_${name}`)]);
    const wrong = form.querySelector(".box .note--wrong")?.closest(".box")?.querySelector("input");
    const first = wrong ?? form.querySelector("[data-spot-use]");
    if (first instanceof HTMLElement) first.focus();
  });
}

/** @param {Document} page @param {string[]} ids */
function drawn(page, ids) {
  for (const id of ids) {
    const [fresh, old] = [page.getElementById(id), document.getElementById(id)];
    if (fresh && old && !old.contains(document.activeElement))
      old.replaceChildren(...fresh.childNodes);
    const box = document.getElementById(id.replace("_note", "").replace("_found", "_parent"));
    if (old?.querySelector(".note--wrong")) box?.setAttribute("aria-invalid", "true");
    else box?.removeAttribute("aria-invalid");
  }
  const [fresh, old] = [page.getElementById("spot-make"), document.getElementById("spot-make")];
  if (fresh instanceof HTMLButtonElement && old instanceof HTMLButtonElement) {
    old.value = fresh.value;
    old.textContent = fresh.textContent;
  }
}

/** In any digits that the server takes; null where it is no number. @param {string} text */
function degrees(text) {
  const plain = text.trim().replace(",", ".");
  return plain && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** @param {string} address */
async function fetched(address) {
  try {
    return parsed(await (await fetch(address)).text());
  } catch {
    return null;
  }
}

/** @param {string} text */
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

/**
 * What was made, or the page that says what is wrong; null where nothing was answered.
 * @param {HTMLFormElement} form @param {string} what @param {AbortSignal} [signal]
 * @returns {Promise<Document | {text: string} | null>}
 */
async function sent(form, what, signal) {
  const body = new FormData(form);
  body.set("do", what);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body, headers, signal });
    const json = (answer.headers.get("Content-Type") ?? "").includes("json");
    return json ? await answer.json() : parsed(await answer.text());
  } catch {
    return null;
  }
}
