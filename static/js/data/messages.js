// Owns the words in the reader's language, from Django's JSON catalogue; English on any error.

/** @typedef {Record<string, string | string[]>} Catalog */

/** @type {Catalog} */
let catalog = {};
/** Made when first asked for, which takes milliseconds. @type {Intl.PluralRules | null} */
let plurals = null;
let language = "en";

const ORDER = ["zero", "one", "two", "few", "many", "other"];

/** The language in use, as an HTML `lang`. */
export const currentLanguage = () => language;

/**
 * @param {Catalog} words
 * @param {string} lang
 */
export function use(words, lang) {
  catalog = words;
  language = lang;
  plurals = null;
}

function rules() {
  try {
    return new Intl.PluralRules(language);
  } catch {
    return new Intl.PluralRules("en");
  }
}

/**
 * @param {URL} address of a Django JSONCatalog; not asked in English, which the words are written in
 * @param {string} lang
 */
export async function loadMessages(address, lang) {
  if (lang.split("-")[0] === "en") return use({}, lang);
  address.searchParams.set("lang", lang.split("-")[0]);
  try {
    // without a connection those that the browser has kept, be they some minutes old
    const kept = () => fetch(address, { cache: "force-cache" });
    const response = await fetch(address).catch(kept);
    if (!response.ok) throw new Error(String(response.status));
    const { catalog: words } = await response.json();
    use(words && typeof words === "object" ? words : {}, lang);
  } catch {
    use({}, lang);
  }
}

/** @param {string} text */
export function gettext(text) {
  const found = catalog[text];
  return (Array.isArray(found) ? found[0] : found) || text;
}

/**
 * The catalogue's forms are in the order zero, one, two, few, many, other, less those a language lacks: no
 * expression is evaluated, as the content security policy wants it.
 * @param {string} one
 * @param {string} many
 * @param {number} number
 */
export function ngettext(one, many, number) {
  const found = catalog[one];
  if (!Array.isArray(found)) return number === 1 ? one : many;
  plurals ??= rules();
  const { pluralCategories } = plurals.resolvedOptions();
  const forms = ORDER.filter((name) => pluralCategories.some((known) => known === name));
  const at = Math.min(forms.indexOf(plurals.select(number)), found.length - 1);
  return found[Math.max(0, at)] || (number === 1 ? one : many);
}

/**
 * Fills %(name)s in a translated text.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)[sd]/g, (whole, name) => String(values[name] ?? whole));
}
