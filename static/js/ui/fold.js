// Owns the folding of names for search: case, accents, Arabic letter forms and signs make no difference.

/** @type {[RegExp, string][]} */
const FORMS = [
  [/[أإآٱ]/g, "ا"],
  [/[ىئ]/g, "ي"],
  [/ؤ/g, "و"],
  [/ة/g, "ه"],
  [/ک/g, "ك"],
  [/ـ/g, ""],
];

/** @param {string} name */
export function fold(name) {
  let text = name;
  for (const [form, plain] of FORMS) text = text.replace(form, plain);
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’ʿʾ`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^(al|as|ar|ad|an|ash|at|az|el) (?=.)/, "")
    .replace(/^ال(?=..)/, "");
}
