/**
 * What is pasted or dropped and is more than a field takes is not put into it: a browser lays megabytes out for half
 * a minute, in which the page stands still, and no server would take them.
 */

import { filled } from "./beat.js";

const MEGABYTE = 1_000_000;
/** Bytes of UTF-8 that a code unit can take. */
const WIDEST = 3;

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @param {string} text */
export const bytes = (text) => new Blob([text]).size;

/** @param {number} size */
export const megabytes = (size) => (size / MEGABYTE).toFixed(1);

/**
 * `data-most` bytes in any one field, and `data-not-taken`, the sentence that says so.
 * @param {HTMLFormElement} form
 */
export function bounded(form) {
  const most = Number(form.dataset.most);
  const note = document.createElement("p");
  note.className = "note note--wrong";
  note.setAttribute("role", "alert");
  const refuse = (/** @type {InputEvent} */ event) => {
    const field = event.target;
    const fresh = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (!isField(field) || fresh.length <= 1) return;
    if ((field.value.length + fresh.length) * WIDEST <= most) return;
    const chosen = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    const size = bytes(field.value) - bytes(chosen) + bytes(fresh);
    if (size <= most) return;
    event.preventDefault();
    field.closest(".box, .paste-text")?.append(note);
    note.textContent = filled(form.dataset.notTaken ?? "", {
      megabytes: megabytes(size),
      most: String(most / MEGABYTE),
    });
  };
  // before the field's own listeners, which prepare it for what it gets
  form.addEventListener("beforeinput", refuse, true);
  form.addEventListener("input", () => note.remove());
}

/** @param {EventTarget | null} target @returns {target is Field} */
const isField = (target) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
