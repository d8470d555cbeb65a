// Owns the words in a reader's language, from Django's JSON catalogue; English on any error. Nothing is kept here: each
// map of a page has its own, and hands them to its parts.

import { json, readFile } from "./fetching.js";

/** @import { Manifest } from "../replay/files.js" */

/** @typedef {Record<string, string | string[]>} Catalog */

/** Languages that write a number below a thousand as the script does. */
const PLAIN = /^(en\b|ar$)/;
const ORDER = ["zero", "one", "two", "few", "many", "other"];

export class Messages {
  /** Made when first asked for, which takes milliseconds. @type {Intl.PluralRules | null} */
  #plurals = null;
  /** Likewise. @type {Intl.NumberFormat | null} */
  #numbers = null;

  /** @param {string} language an HTML `lang` @param {Catalog} [catalog] */
  constructor(language, catalog = {}) {
    this.language = language;
    this.catalog = catalog;
  }

  // These can be taken apart from their object: a call by the bare name is what xgettext looks for.

  /** @type {(text: string) => string} */
  gettext = (text) => {
    const found = this.catalog[text];
    return (Array.isArray(found) ? found[0] : found) || text;
  };

  /**
   * The catalogue's forms are in the order zero, one, two, few, many, other, less those a language lacks: no
   * expression is evaluated, as the content security policy wants it.
   * @type {(one: string, many: string, number: number) => string}
   */
  ngettext = (one, many, number) => {
    const found = this.catalog[one];
    if (!Array.isArray(found)) return number === 1 ? one : many;
    this.#plurals ??= rules(this.language);
    const { pluralCategories } = this.#plurals.resolvedOptions();
    const forms = ORDER.filter((name) => pluralCategories.some((known) => known === name));
    const at = Math.min(forms.indexOf(this.#plurals.select(number)), found.length - 1);
    return found[Math.max(0, at)] || (number === 1 ? one : many);
  };

  /**
   * Fills %(name)s in a translated text, numbers as the language writes them.
   * @type {(text: string, values: Record<string, string | number>) => string}
   */
  interpolate = (text, values) =>
    text.replace(/%\((\w+)\)[sd]/g, (whole, name) => {
      const value = values[name] ?? whole;
      return typeof value === "number" ? this.number(value) : value;
    });

  /** A count in the digits of the language, in groups of thousands. @type {(number: number) => string} */
  number = (number) => {
    // which most of them are: a first map makes no format
    if (number < 1000 && PLAIN.test(this.language)) return String(number);
    this.#numbers ??= format(this.language);
    return this.#numbers.format(number);
  };
}

/** @param {string} language */
function rules(language) {
  try {
    return new Intl.PluralRules(language);
  } catch {
    return new Intl.PluralRules("en");
  }
}

/** @param {string} language */
function format(language) {
  try {
    return new Intl.NumberFormat(language);
  } catch {
    return new Intl.NumberFormat("en");
  }
}

/**
 * The words of a language: from the file beside the record, wherever that is, or else from the site. English, which
 * the words are written in, is not asked for; a language that the record has no words of is English, too.
 * @param {Manifest} manifest
 * @param {URL} address of the manifest
 * @param {string} language
 * @returns {Promise<Messages>}
 */
export async function loadMessages({ words, links }, address, language) {
  const [short] = language.toLowerCase().split("-");
  if (short === "en") return new Messages(language);
  const file = words && (words[language.toLowerCase()] ?? words[short]);
  if (words && !file) return new Messages(language);
  const site = new URL(links.messages, address);
  site.searchParams.set("lang", short);
  const found =
    (file && (await tried(beside(new URL(file, address))))) || (await tried(json(site)));
  return new Messages(language, found ?? {});
}

/** @param {URL} url of a file that is named by its content */
const beside = (url) => readFile(url, (data) => JSON.parse(new TextDecoder().decode(data)));

/** @param {Promise<any>} asked @returns {Promise<Catalog | null>} */
async function tried(asked) {
  try {
    const { catalog } = await asked;
    return catalog && typeof catalog === "object" ? catalog : null;
  } catch (error) {
    console.warn(error);
    return null;
  }
}
