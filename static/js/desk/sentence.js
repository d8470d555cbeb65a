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
    const box = chip.closest(".heard-chip");
    box?.classList.remove("heard-chip--guess");
    box?.querySelector("em")?.remove();
  });
  return { reread };
}
