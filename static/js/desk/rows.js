/** Repeatable rows: the same buttons as without JavaScript, but only the rows are drawn anew. */

/**
 * @param {HTMLFormElement} form
 * @param {(root: ParentNode) => void} enhance  called with rows that were drawn anew
 */
export function rows(form, enhance) {
  form.addEventListener("click", async (event) => {
    const button =
      event.target instanceof Element ? event.target.closest("button[data-rows]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    button.disabled = true;
    const body = new FormData(form);
    body.set("do", button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const id = button.dataset.rows ?? "";
      const fresh = page.getElementById(id);
      const old = document.getElementById(id);
      if (!fresh || !old) throw new Error("the answer has no such rows");
      old.replaceWith(fresh);
      enhance(fresh);
      const inputs = fresh.querySelectorAll("input[data-find]");
      const last = inputs[inputs.length - 1];
      if (last instanceof HTMLElement) last.focus();
      form.dispatchEvent(new Event("change", { bubbles: true }));
    } catch {
      // The page's own way still works: a full round trip that keeps what was typed.
      button.disabled = false;
      form.requestSubmit(button);
    }
  });
}
