/** The desk's keyboard: Ctrl+Enter publishes, Ctrl+S saves, n begins a new change. */

import { latinKey } from "../ui/latin-key.js";

/** @param {EventTarget | null} target */
export const typing = (target) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** @param {string} key */
const thing = (key) => document.querySelector(`[data-key="${key}"]`);

export function keys() {
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && event.key === "Enter") press(event, thing("publish"));
    else if (control && !event.altKey && latinKey(event) === "s") press(event, thing("save"));
    else if (latinKey(event) === "n" && !control && !event.altKey && !typing(event.target)) {
      press(event, thing("new"));
    }
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {Element | null} control
 */
function press(event, control) {
  if (!(control instanceof HTMLElement)) return;
  event.preventDefault();
  control.click();
}
