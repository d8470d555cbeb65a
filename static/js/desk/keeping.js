/** Nothing lost and nothing twice: a warning before leaving unsaved text, and one submission at a time. */

/** @param {HTMLFormElement} form */
export function keeping(form) {
  let unsaved = form.dataset.unsaved === "yes";
  let sent = false;
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("change", () => {
    unsaved = true;
  });
  // Saved on the server since the last stroke: there is nothing to warn of.
  form.addEventListener("saved", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.all) unsaved = false;
  });
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
  });
  // A preview that the next page would cut off is not begun.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (sent) event.preventDefault();
  });
  // Coming back by the browser's own button finds the form usable.
  addEventListener("pageshow", () => {
    sent = false;
    form.removeAttribute("aria-busy");
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !sent) event.preventDefault();
  });
}
