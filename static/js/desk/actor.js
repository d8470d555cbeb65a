/** The forms of a source, which warns before it is left, and of an actor: a paint that is offered goes into its two fields at once, and the picker follows the text. */

import { keeping } from "./keeping.js";

const COLOUR = /^#[0-9a-f]{6}$/i;

export function actor() {
  const source = document.getElementById("source-form");
  if (source instanceof HTMLFormElement) keeping(source);
  const form = document.getElementById("actor-form");
  const colour = document.getElementById("id_colour");
  const pattern = document.getElementById("id_pattern");
  const picker = document.getElementById("pick_colour");
  if (
    !(form instanceof HTMLFormElement) ||
    !(colour instanceof HTMLInputElement) ||
    !(pattern instanceof HTMLSelectElement) ||
    !(picker instanceof HTMLInputElement)
  ) {
    return;
  }
  keeping(form);
  form.addEventListener("click", (event) => {
    const offer =
      event.target instanceof Element ? event.target.closest("button[data-paint]") : null;
    if (!(offer instanceof HTMLButtonElement)) return;
    event.preventDefault();
    [colour.value, pattern.value] = offer.value.split(" ");
    picker.value = colour.value;
    colour.dispatchEvent(new Event("input", { bubbles: true }));
  });
  colour.addEventListener("input", () => {
    if (COLOUR.test(colour.value)) picker.value = colour.value;
  });
  picker.addEventListener("input", () => {
    colour.value = picker.value.toUpperCase();
  });
}
