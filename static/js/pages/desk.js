/** The desk's pages: wires the form's parts together. Without it every button still works. */

import { actor } from "../desk/actor.js";
import { autosave, done } from "../desk/autosave.js";
import { beat } from "../desk/beat.js";
import { bounded } from "../desk/bounded.js";
import { combobox } from "../desk/combobox.js";
import { keeping } from "../desk/keeping.js";
import { keys } from "../desk/keys.js";
import { pasting, proposals } from "../desk/many.js";
import { queueKeys } from "../desk/queue.js";
import { rows } from "../desk/rows.js";
import { sentence } from "../desk/sentence.js";
import { spot, spotPage } from "../desk/spot.js";

document.documentElement.classList.add("has-script");
keys();
done();
queueKeys();
spotPage();
actor();
const heart = beat(() => {
  const input = document.querySelector("#change-form input[name=version]");
  const shown = document.getElementById("presence")?.dataset.version ?? "";
  return input instanceof HTMLInputElement ? input.value : shown;
});

pasting();
proposals();
const form = document.getElementById("change-form");
if (form instanceof HTMLFormElement) {
  /** @param {ParentNode} root */
  const enhance = (root) => {
    for (const input of root.querySelectorAll("input[data-find]")) {
      if (input instanceof HTMLInputElement) combobox(input, { dateOf: () => textOf("id_date") });
    }
  };
  bounded(form);
  enhance(form);
  rows(form, enhance);
  spot(form, sentence(form, enhance));
  keeping(form);
  autosave(form, {
    onSaved: (saved) => {
      heart.from(saved.beat);
      heart.told(saved.told);
      if (!form.dataset.draft) {
        form.dataset.draft = String(saved.draft);
        history.replaceState(history.state, "", saved.address);
      }
    },
  });
  verb();
  picking();
  // The input being typed into is not found fault with until it is left.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { parameters } = /** @type {CustomEvent} */ (event).detail;
    parameters.set("focused", document.activeElement?.id ?? "");
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    markWrong(form);
    reachable();
  });
  reachable();
  const preview = document.getElementById("preview");
  form.addEventListener("focusout", (event) => {
    // What the preview itself replaces loses its focus too, and must not ask for the next one.
    if (event.target instanceof Node && preview?.contains(event.target)) return;
    preview?.dispatchEvent(new Event("refresh"));
  });
  // A tick in the preview, and why, are for publishing: they change nothing that would have to be shown anew,
  // and outlive an answer that was under way when they were made; the tick as long as the warnings are the same.
  let ticked = "";
  /** @type {string | null} */
  let why = null;
  for (const type of ["input", "change"]) {
    preview?.addEventListener(type, (event) => {
      event.stopPropagation();
      const box = event.target;
      if (box instanceof HTMLInputElement) ticked = box.checked ? box.value : "";
      if (box instanceof HTMLTextAreaElement) why = box.value;
    });
  }
  document.body.addEventListener("htmx:afterSwap", () => {
    const box = document.getElementById("id_confirm");
    if (box instanceof HTMLInputElement && box.value === ticked) box.checked = true;
    const reason = document.getElementById("id_override_reason");
    if (reason instanceof HTMLTextAreaElement && why !== null) reason.value = why;
  });
}

/** @param {string} id */
function textOf(id) {
  const input = document.getElementById(id);
  return input instanceof HTMLInputElement ? input.value : "";
}

/**
 * An input is invalid as long as its note says so.
 * @param {HTMLFormElement} form
 */
function markWrong(form) {
  for (const notes of form.querySelectorAll(".notes")) {
    const input = document.getElementById(notes.id.replace(/^note_/, "id_"));
    if (notes.querySelector(".note--wrong")) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
}

/** A long preview scrolls by keyboard too. */
function reachable() {
  const card = document.getElementById("what-it-does");
  if (!card) return;
  if (card.scrollHeight > card.clientHeight) card.tabIndex = 0;
  else card.removeAttribute("tabindex");
}

/** The line under the verb, and the other actor's label, follow the verb. */
function verb() {
  document.addEventListener("change", (event) => {
    const select = event.target;
    const line = document.getElementById("verb_line");
    const label = document.querySelector('label[for="id_other_actor"]');
    if (!(select instanceof HTMLSelectElement) || select.id !== "id_verb" || !line || !label)
      return;
    const chosen = select.selectedOptions[0];
    line.textContent = chosen?.dataset.line ?? "";
    label.textContent = chosen?.dataset.other ?? label.textContent;
  });
}

/** A candidate that is clicked goes into its input at once. */
function picking() {
  document.addEventListener("click", (event) => {
    const button =
      event.target instanceof Element ? event.target.closest("button[data-pick]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    const id = button.dataset.pickInto ?? `id_${button.value.split("=")[0]}`;
    const input = document.getElementById(id);
    if (
      !(input instanceof HTMLInputElement) &&
      !(input instanceof HTMLTextAreaElement) &&
      !(input instanceof HTMLSelectElement)
    ) {
      return;
    }
    event.preventDefault();
    input.value = button.dataset.pick ?? "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}
