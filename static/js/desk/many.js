/** Many at once: the paste is kept as it is made, proposals are decided without a round trip, by keyboard too. */

import { latinKey } from "../ui/latin-key.js";
import { autosave } from "./autosave.js";
import { filled } from "./beat.js";
import { bounded, bytes, megabytes } from "./bounded.js";
import { combobox } from "./combobox.js";
import { keeping } from "./keeping.js";
import { typing } from "./keys.js";

const MEGABYTE = 1_000_000;
/** Letters from which on a text has one direction, as events/drafting/many/pastes.py has it. */
const LONG = 100_000;

/** The form that one pastes into. */
export function pasting() {
  const form = document.getElementById("paste-form");
  const text = document.getElementById("id_text");
  if (!(form instanceof HTMLFormElement) || !(text instanceof HTMLTextAreaElement)) return;
  names(form);
  bounded(form);
  directed(form, text);
  limited(form, text);
  keeping(form);
  autosave(form, {
    onSaved: (saved) => {
      if (form.dataset.draft) return;
      form.dataset.draft = String(saved.draft);
      history.replaceState(history.state, "", saved.address);
    },
  });
}

/**
 * Each line has its own direction, which takes a browser a time that grows with the square of the text: with
 * megabytes it stands still for minutes. A long text has the direction of its first letter.
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} text
 */
function directed(form, text) {
  /** @param {string} whole */
  const direct = (whole) => {
    const dir = whole.length > LONG ? directionOf(whole) : "auto";
    if (text.dir !== dir) text.dir = dir;
  };
  // before it is laid out: what is pasted is laid out as soon as it is there
  text.addEventListener("beforeinput", ({ data, defaultPrevented }) => {
    if (data && !defaultPrevented) direct(text.value + data);
  });
  form.addEventListener("input", () => direct(text.value), true);
}

/** Of the first letter. @param {string} text */
function directionOf(text) {
  const letter = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(letter) ? "rtl" : "ltr";
}

/**
 * More than the server takes is said at once, and stays in the box.
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} text
 */
function limited(form, text) {
  const note = document.getElementById("too-long");
  const most = Number(form.dataset.most);
  const check = () => {
    const size = bytes(text.value);
    const long = size > most;
    if (note) {
      note.hidden = !long;
      note.textContent = long
        ? filled(form.dataset.tooLong ?? "", {
            megabytes: megabytes(size),
            most: String(most / MEGABYTE),
          })
        : "";
    }
    if (long) text.setAttribute("aria-invalid", "true");
    else text.removeAttribute("aria-invalid");
    return long;
  };
  form.addEventListener("input", (event) => check() && event.stopImmediatePropagation(), true);
  // No store takes it: the page itself is where it is.
  addEventListener("beforeunload", (event) => {
    if (text.getAttribute("aria-invalid")) event.preventDefault();
  });
  form.addEventListener(
    "submit",
    (event) => {
      if (!check()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      text.focus();
    },
    true,
  );
}

/** @param {ParentNode} root */
function names(root) {
  for (const input of root.querySelectorAll("input[data-find]")) {
    if (input instanceof HTMLInputElement) combobox(input, { dateOf: () => "" });
  }
}

/** The list of proposals. */
export function proposals() {
  const list = document.getElementById("proposal-list");
  if (!list) return;
  names(list);
  list.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
    if (button.hasAttribute("data-leaves") || form.querySelector("[name=alike]:checked")) return;
    event.preventDefault();
    void decide(form, button);
  });
  document.addEventListener("keydown", byKey);
  paired(list);
}

/**
 * One proposal is decided: its card and the counts are drawn anew.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function decide(form, button) {
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const body = new FormData(form, button);
  try {
    const answer = await fetch(location.href, {
      method: "POST",
      body,
      headers: { "X-Card": "1" },
      redirect: "error",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = form.closest("[data-proposal]");
    const fresh = page.querySelector("[data-proposal]");
    if (!answer.ok || !old || !fresh) throw new Error("no card in the answer");
    old.replaceWith(fresh);
    names(fresh);
    for (const id of ["paste-counts", "paste-said"]) {
      const part = page.getElementById(id);
      if (part) document.getElementById(id)?.replaceChildren(...part.childNodes);
    }
    for (const help of document.querySelectorAll("#paste-counts [data-help]")) {
      if (help instanceof HTMLElement) help.hidden = false;
    }
    if (fresh.matches(".proposal--waiting")) linkOf(fresh)?.focus();
    else next(fresh, 1);
  } catch {
    // The page's own way: a whole round trip, which says what is wrong.
    form.removeAttribute("aria-busy");
    const leave = document.createElement("input");
    leave.type = "hidden";
    leave.name = button.name;
    leave.value = button.value;
    form.append(leave);
    form.submit();
  }
}

/** @param {Element} card */
const linkOf = (card) =>
  /** @type {HTMLElement | null} */ (card.querySelector("[data-proposal-link]"));

/**
 * The focus goes to the next proposal that waits; where there is none, it stays.
 * @param {Element} card
 * @param {number} step
 */
function next(card, step) {
  const cards = [...document.querySelectorAll("[data-proposal]")];
  const at = cards.indexOf(card);
  const waiting = cards.slice(at + step).find((one) => one.matches(".proposal--waiting"));
  linkOf(waiting ?? card)?.focus();
}

/** @param {KeyboardEvent} event */
function byKey(event) {
  const help = document.getElementById("keys-help");
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (help instanceof HTMLDialogElement && help.open) return;
  const cards = [...document.querySelectorAll("[data-proposal]")];
  const now = cards.findIndex((card) => card.contains(document.activeElement));
  const card = cards[now];
  const letter = latinKey(event);
  if (letter === "j") linkOf(cards[Math.min(now + 1, cards.length - 1)])?.focus();
  else if (letter === "k") linkOf(cards[Math.max(now - 1, 0)])?.focus();
  else if (card && letter === "m") {
    const input = card.querySelector(".entry input, .entry select");
    input?.closest("details")?.setAttribute("open", "");
    if (input instanceof HTMLElement) input.focus();
  } else {
    const button = letter && card?.querySelector(`[data-do="${letter}"]`);
    if (!(button instanceof HTMLButtonElement)) return;
    button.click();
  }
  event.preventDefault();
}

/**
 * A proposal and its words point at each other.
 * @param {Element} list
 */
function paired(list) {
  const article = document.querySelector(".article");
  if (!article) return;
  /** @param {Event} event */
  const point = (event) => {
    const here = event.target instanceof Element ? event.target : null;
    const card = here?.closest("[data-proposal]");
    const mark = here?.closest("mark");
    const numbers = card instanceof HTMLElement ? [card.dataset.proposal ?? ""] : [];
    if (mark instanceof HTMLElement) numbers.push(...(mark.dataset.of ?? "").trim().split(/\s+/));
    for (const one of list.querySelectorAll("[data-proposal]")) {
      const own = one instanceof HTMLElement ? (one.dataset.proposal ?? "") : "";
      one.classList.toggle("paired", Boolean(mark) && numbers.includes(own));
    }
    for (const one of article.querySelectorAll("mark")) {
      const of = (one.dataset.of ?? "").trim().split(/\s+/);
      const meant = of.some((number) => numbers.includes(number));
      one.classList.toggle("paired", meant);
      if (meant && card && event.type === "focusin") one.scrollIntoView({ block: "nearest" });
    }
  };
  for (const type of ["focusin", "pointerover"]) {
    list.addEventListener(type, point);
    article.addEventListener(type, point);
  }
}
