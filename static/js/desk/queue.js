/** The queue and the review page by keyboard: j/k, Enter, p, r, c, e, q, and ? for the list of keys. */

import { asksForHelp, latinKey } from "../ui/latin-key.js";
import { typing } from "./keys.js";

/** Where a step chosen in the queue leads on the review page. */
const FROM_QUEUE = { p: "#step-p", r: "#step-r", c: "#step-c" };

export function queueKeys() {
  const help = document.getElementById("keys-help");
  if (!(help instanceof HTMLDialogElement)) return;
  for (const button of document.querySelectorAll("[data-help]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  const lines = [...document.querySelectorAll("[data-queue] [data-line]")];
  arrive();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || help.open) return;
    if (asksForHelp(event)) help.showModal();
    else if (lines.length > 0 ? inQueue(latinKey(event), lines) : inReview(latinKey(event))) {
      // done
    } else return;
    event.preventDefault();
  });
}

/**
 * @param {string} key
 * @param {Element[]} lines
 */
function inQueue(key, lines) {
  const now = lines.findIndex((line) => line.contains(document.activeElement));
  const link = linkOf(lines[now]);
  if (key === "j") linkOf(lines[Math.min(now + 1, lines.length - 1)])?.focus();
  else if (key === "k") linkOf(lines[Math.max(now - 1, 0)])?.focus();
  else if (link && key in FROM_QUEUE) {
    location.href = link.href + FROM_QUEUE[/** @type {keyof typeof FROM_QUEUE} */ (key)];
  } else return false;
  return true;
}

/** @param {Element | undefined} line */
function linkOf(line) {
  const link = line?.querySelector("a[data-open]");
  return link instanceof HTMLAnchorElement ? link : null;
}

/** @param {string} key */
function inReview(key) {
  const target = document.querySelector(`[data-step="${CSS.escape(key)}"]`);
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLAnchorElement) target.click();
  else target.focus();
  return true;
}

/** A step chosen in the queue: its control has the focus. */
function arrive() {
  const step = /^#step-(\w)$/.exec(location.hash);
  if (!step) return;
  inReview(step[1]);
  // It is done, and would go along with the next form that is sent.
  history.replaceState(history.state, "", location.pathname + location.search);
}
