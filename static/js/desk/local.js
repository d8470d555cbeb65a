/** Copies of unsaved text in this browser, by person and desk, then by form: forgotten when the server has them. */

const PREFIX = "desk:";
const FORGOTTEN_AFTER = 14 * 24 * 3600 * 1000;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "do", "confirm"]);
/** Kept, but no text of the draft: set by the page, or meant for one publication. */
const ASIDE = new Set(["key", "read", "nth", "alone_reason"]);

/**
 * @typedef {{key: string, at: number, said: string, address: string, draft: boolean,
 *   into: (form: HTMLFormElement) => void, sameAs: (form: HTMLFormElement) => boolean}} Copy
 */

/**
 * @param {string} place
 * @param {string} key
 * @param {HTMLFormElement} form
 */
export function keep(place, key, form) {
  const copy = {
    at: Date.now(),
    address: form.getAttribute("action"),
    draft: Boolean(form.dataset.draft),
    fields: fieldsOf(form),
  };
  try {
    localStorage.setItem(`${PREFIX}${place}:${key}`, JSON.stringify(copy));
  } catch {
    // A full or forbidden store: the server's copy is what remains.
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
function fieldsOf(form) {
  /** @type {[string, string][]} */
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (!NOT_TYPED.has(name) && typeof value === "string") fields.push([name, value]);
  }
  return fields;
}

/** @param {[string, string][]} fields */
const words = (fields) =>
  JSON.stringify(fields.filter(([name, value]) => value.trim() && !ASIDE.has(name)).sort());

/**
 * @param {string} place
 * @param {string} key
 */
export function forget(place, key) {
  try {
    localStorage.removeItem(`${PREFIX}${place}:${key}`);
  } catch {
    // There was none.
  }
}

/**
 * Newest first.
 * @param {string} place
 * @returns {Copy[]}
 */
export function kept(place) {
  const found = [];
  const start = `${PREFIX}${place}:`;
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(start)) continue;
      const copy = read(localStorage.getItem(name));
      if (!copy || Date.now() - copy.at > FORGOTTEN_AFTER) localStorage.removeItem(name);
      else found.push({ ...copy, key: name.slice(start.length) });
    }
  } catch {
    return [];
  }
  return found.sort((a, b) => b.at - a.at);
}

/** @param {string | null} text */
function read(text) {
  try {
    const { at, address, draft, fields } = JSON.parse(text ?? "");
    const typed = fields.filter(
      (/** @type {string[]} */ [name, value]) =>
        value.trim() && !["key", "ruling", "stance"].includes(name),
    );
    if (typed.length === 0) return null;
    const said = typed.map((/** @type {string[]} */ pair) => pair[1]).join(" · ");
    return {
      at,
      address,
      draft,
      said: said.slice(0, 200),
      into: (/** @type {HTMLFormElement} */ form) => fill(form, fields),
      sameAs: (/** @type {HTMLFormElement} */ form) => words(fields) === words(fieldsOf(form)),
    };
  } catch {
    return null;
  }
}

/**
 * Text by name, in order; what has no input of its own joins the last of that name, so that no word is lost.
 * @param {HTMLFormElement} form
 * @param {[string, string][]} fields
 */
function fill(form, fields) {
  /** @type {Map<string, number>} */
  const used = new Map();
  for (const [name, value] of fields) {
    const inputs = [...form.elements].filter((e) => /** @type {any} */ (e).name === name);
    const at = used.get(name) ?? 0;
    used.set(name, at + 1);
    const input = /** @type {HTMLInputElement | undefined} */ (inputs[at]);
    if (input) input.value = value;
    else if (value.trim()) {
      const last = /** @type {HTMLInputElement | undefined} */ (inputs[inputs.length - 1]);
      if (last && !["stance", "key"].includes(name)) last.value = `${last.value}; ${value}`;
    }
  }
}
