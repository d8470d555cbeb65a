/**
 * Nothing typed is lost: each stroke is kept in this browser at once, and on the server a moment later.
 * What the server has, the browser forgets; what it could not have is offered again on the next visit.
 */

import { filled, token, wordsOf } from "./beat.js";
import { forget, keep, kept } from "./local.js";

const AFTER = 1000;
const LATEST = 5000;
const AGAIN = [2000, 5000, 10_000, 30_000];

/**
 * @param {HTMLFormElement} form
 * @param {{onSaved: (saved: {draft: number, version: number, address: string, beat: string, told: any}) => void}} page
 */
export function autosave(form, { onSaved }) {
  const box = document.getElementById("autosave");
  if (!box || !form.dataset.autosave) return;
  const words = wordsOf(box);
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-status]"));
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const place = form.dataset.place ?? `${form.dataset.user}:${form.dataset.conflict}`;
  let timer = 0;
  let first = 0;
  let failures = 0;
  let saving = false;
  let stopped = form.dataset.unsaved === "yes";
  let changed = 0;
  const name = () => field("key").value || `draft-${form.dataset.draft}`;
  /** @type {Promise<void> | undefined} */
  let under;

  /** @param {string} text @param {boolean} [bad] */
  const say = (text, bad = false) => {
    status.textContent = text;
    box.classList.toggle("autosave--bad", bad);
  };

  /** @param {number} wait */
  const later = (wait) => {
    clearTimeout(timer);
    timer = window.setTimeout(start, wait);
  };

  const touched = () => {
    changed += 1;
    keep(place, name(), form);
    if (stopped) return;
    first ||= Date.now();
    later(Math.max(0, Math.min(AFTER, first + LATEST - Date.now())));
  };

  const start = () => {
    under = save();
  };

  const save = async () => {
    if (saving || stopped || form.getAttribute("aria-busy")) return;
    saving = true;
    const at = changed;
    try {
      const data = new FormData(form);
      data.set("do", "autosave");
      data.set("csrfmiddlewaretoken", token());
      const answer = await fetch(form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      if (answer.status === 401 || answer.status === 403) return signedOut();
      const said = await answer.json();
      if (answer.status === 409) return conflict(said);
      if (!answer.ok) throw new Error(String(answer.status));
      failures = first = 0;
      if (said.draft === null) return;
      field("version").value = String(said.version);
      form.action = said.address;
      if (changed === at) forget(place, name());
      form.dispatchEvent(new CustomEvent("saved", { detail: { all: changed === at } }));
      say(filled(words.saved, { at: said.at }));
      onSaved(said);
      if (changed !== at) later(AFTER);
    } catch {
      say(words.offline, true);
      later(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
    } finally {
      saving = false;
    }
  };

  /** The text is in this browser; it is tried again, for another tab may sign in meanwhile. */
  const signedOut = () => {
    say(words["signed-out"], true);
    const link = document.createElement("a");
    link.href = form.dataset.signIn ?? "/accounts/login/";
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words["sign-in"];
    status.append(" ", link);
    later(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
  };

  /** @param {{why: string, by: string}} said */
  const conflict = (said) => {
    stopped = true;
    say(filled(words[said.why] ?? words.stale, { by: said.by }), true);
    const button = document.createElement("button");
    button.name = "do";
    button.value = "save";
    button.setAttribute("form", form.id);
    button.textContent = words.both;
    status.append(" ", button);
  };

  // A button that is pressed while a save is under way waits for it, so that one does not overtake oneself.
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(timer);
      // Who drops a draft wants none of it offered again.
      if (event.submitter?.hasAttribute("data-drops")) forget(place, name());
      if (!saving) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void under?.then(() => {
        clearTimeout(timer);
        form.requestSubmit(event.submitter);
      });
    },
    true,
  );
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  addEventListener("online", () => changed && later(0));
  // Another tab has signed in: the token is new, and the cookie with it.
  addEventListener("focus", () => failures > 0 && refreshToken(form.id).then(() => later(0)));
  offer(form, box, words, place, name(), touched);
}

/** A page that shows what became of a draft: the copy of its text is of no more use. */
export function done() {
  const shown = document.querySelector("[data-done]");
  if (!(shown instanceof HTMLElement)) return;
  const { done, place } = shown.dataset;
  for (const key of (done ?? "").split(" ")) forget(place ?? "", key);
}

/**
 * After a sign-in in another tab the old token fits no more.
 * @param {string} id
 */
async function refreshToken(id) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`#${id} input[name=csrfmiddlewaretoken]`);
    if (!(fresh instanceof HTMLInputElement)) return;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]"))
      if (input instanceof HTMLInputElement) input.value = fresh.value;
  } catch {
    // Still no connection.
  }
}

/**
 * What an earlier visit typed and no server has.
 * @param {HTMLFormElement} form
 * @param {Element} box
 * @param {Record<string, string>} words
 * @param {string} place
 * @param {string} key
 * @param {() => void} touched
 */
function offer(form, box, words, place, key, touched) {
  const list = box.querySelector("[data-kept]");
  for (const copy of kept(place)) {
    const here = copy.key === key;
    if (!list || (!here && form.dataset.draft)) continue;
    if (here && form.dataset.draft && form.dataset.unsaved !== "yes" && copy.sameAs(form)) {
      // A button saved it before the page could by itself.
      forget(place, copy.key);
      continue;
    }
    const item = document.createElement("p");
    item.className = "notice notice--here";
    item.textContent = filled(words.kept, {
      at: new Date(copy.at).toLocaleString(document.documentElement.lang),
      text: copy.said,
    });
    const back = button(words.back, () => {
      if (copy.address !== form.getAttribute("action") && copy.draft) {
        location.href = copy.address;
        return;
      }
      copy.into(form);
      item.remove();
      touched();
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const drop = button(words.forget, () => {
      forget(place, copy.key);
      item.remove();
    });
    item.append(" ", back, " ", drop);
    list.append(item);
  }
}

/**
 * @param {string} text
 * @param {() => void} press
 */
function button(text, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}
