// Owns which letter a key is, so that a shortcut works on a keyboard of any script.

/** The letter of a key, by its place where the keyboard has another script; "" for a key that is no letter.
 * @param {Pick<KeyboardEvent, "key" | "code">} event */
export function latinKey({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return key.length === 1 && /^\p{L}$/u.test(key) ? code.replace(/^Key/, "").toLowerCase() : "";
}

/** Whether a key asks for the list of keys, in Latin or Arabic script. @param {Pick<KeyboardEvent, "key">} event */
export const asksForHelp = ({ key }) => key === "?" || key === "؟";
