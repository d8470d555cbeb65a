/**
 * A combobox (ARIA 1.2, editable, with list) over a text input that has `data-find`: names are looked up at
 * that address as one types. The text stays the input's own value; choosing only fills it in.
 *
 * @typedef {{value: string, name: string, matched: string, kind: string, where: string, standing: string}} Option
 */

const DELAY = 120;
let made = 0;

/**
 * @param {HTMLInputElement} input
 * @param {{dateOf: () => string}} context  `dateOf`: the day whose standing is shown beside places
 */
export function combobox(input, { dateOf }) {
  const list = document.createElement("ul");
  made += 1;
  list.id = `options-${made}`;
  list.className = "options";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = input.form?.dataset.found ?? "";
  input.after(list);
  input.role = "combobox";
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  /** @type {Option[]} */
  let options = [];
  let active = -1;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let asking;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  /** @param {number} index */
  const point = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const item = list.children[active];
    if (!item) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };

  /** @param {number} index */
  const choose = (index) => {
    const option = options[index];
    if (!option) return;
    input.value = option.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = () => {
    list.replaceChildren(...options.map((option, index) => drawn(option, `${list.id}-${index}`)));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    point(-1);
  };

  const ask = async () => {
    asking?.abort();
    const text = input.value.trim();
    if (!text) return close();
    asking = new AbortController();
    const address = new URL(input.dataset.find ?? "", location.href);
    address.search = new URLSearchParams({ q: text, at: dateOf() }).toString();
    try {
      const answer = await fetch(address, {
        signal: asking.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) return;
      options = (await answer.json()).options;
      if (document.activeElement === input) show();
    } catch (error) {
      if (!(error instanceof DOMException)) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, DELAY);
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest("li") : null;
    if (item) choose([...list.children].indexOf(item));
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden;
    const last = options.length - 1;
    if (event.key === "ArrowDown") {
      if (open) point(active >= last ? 0 : active + 1);
      else void ask();
    } else if (event.key === "ArrowUp" && open) {
      point(active <= 0 ? last : active - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      choose(active);
    } else if (event.key === "Escape" && open) {
      close();
    } else if (event.key === "Tab") {
      if (open && active >= 0) choose(active);
      return;
    } else {
      return;
    }
    event.preventDefault();
  });
}

/**
 * @param {Option} option
 * @param {string} id
 */
function drawn(option, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.setAttribute("aria-selected", "false");
  const parts = [
    ["option-name", option.name],
    ["option-matched", option.matched],
    ["option-where", [option.kind, option.where].filter(Boolean).join(" · ")],
    ["option-standing", option.standing],
  ];
  for (const [name, text] of parts) {
    if (!text) continue;
    const part = document.createElement("bdi");
    part.className = name;
    part.textContent = text;
    item.append(part, " ");
  }
  return item;
}
