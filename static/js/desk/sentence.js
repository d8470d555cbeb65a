/**
 * The sentence: read at the server while it is typed, its chips and the fields below drawn anew. A chip is a
 * list of its own; what is chosen goes into the field that it stands for.
 */

const DELAY = 150;
/** Drawn anew with each reading, by id. */
const PARTS = ["heard", "fields-what", "rows-citations"];

/**
 * @param {HTMLFormElement} form
 * @param {(root: ParentNode) => void} enhance  called with fields that were drawn anew
 * @returns {{reread: () => void}}  `reread`: the same words anew, with another day of entry or another gazetteer
 */
export function sentence(form, enhance) {
  const input = document.getElementById("id_sentence");
  const entered = document.getElementById("id_entered");
  if (!(input instanceof HTMLInputElement)) return { reread: () => {} };
  const address = input.dataset.read ?? "";
  let timer = 0;
  /** @type {AbortController | undefined} */
  let asking;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const body = new FormData(form);
      const answer = await fetch(address, { method: "POST", body, signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Signed out, or a fault: the form stays, and its own buttons say what is wrong.
      if (!page.getElementById("heard")) return;
      for (const id of PARTS) {
        const fresh = page.getElementById(id);
        const old = document.getElementById(id);
        // What somebody is typing into is not taken from under his fingers.
        if (!fresh || !old || old.contains(document.activeElement)) continue;
        old.replaceWith(fresh);
        enhance(fresh);
      }
      const count = page.getElementById("id_place_count");
      const own = document.getElementById("id_place_count");
      if (count instanceof HTMLInputElement && own instanceof HTMLInputElement) {
        own.value = count.value;
      }
      form.dataset.heard = input.value;
      document.getElementById("preview")?.dispatchEvent(new Event("refresh"));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, DELAY);
  };
  input.addEventListener("input", soon);
  const reread = () => {
    const read = form.querySelector("input[name=read]");
    if (read instanceof HTMLInputElement) read.value = "";
    soon();
  };
  entered?.addEventListener("change", reread);
  form.addEventListener("change", (event) => {
    const chip = event.target;
    if (!(chip instanceof HTMLSelectElement) || !chip.dataset.into) return;
    event.stopPropagation();
    const field = document.getElementById(chip.dataset.into);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    field.value = chip.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    settled(chip);
  });
  form.addEventListener("keydown", (event) => {
    const chip = event.target;
    if (event.key !== "Enter" || !(chip instanceof HTMLSelectElement)) return;
    if (!chip.dataset.into || !chip.closest(".heard-chip--guess")) return;
    event.preventDefault();
    sure(chip.dataset.into.replace(/^id_/, ""), chip.value);
  });
  form.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("button[data-sure]");
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const [box] = button.value.split("=", 1);
    sure(box, button.value.slice(box.length + 1));
    document.getElementById(`id_${box}`)?.focus();
  });
  return { reread };
}

/** @param {Element | null} chip no guess any more */
function settled(chip) {
  const box = chip?.closest(".heard-chip");
  box?.classList.remove("heard-chip--guess");
  for (const mark of box?.querySelectorAll("em, kbd") ?? []) mark.remove();
}

/**
 * Somebody says that what was guessed is right; it goes along with the draft.
 * @param {string} box @param {string} text
 */
function sure(box, text) {
  const said = document.createElement("input");
  said.type = "hidden";
  said.name = "sure";
  said.value = `${box}=${text}`;
  document.getElementById("heard")?.append(said);
  settled(document.getElementById(`chip_${box}`));
  const note = document.querySelector(`#note_${CSS.escape(box)} .note--guess`);
  note?.classList.replace("note--guess", "note--read");
  for (const mark of note?.querySelectorAll("em, button") ?? []) mark.remove();
  said.dispatchEvent(new Event("input", { bubbles: true }));
}
