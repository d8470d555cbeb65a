// Owns the measure of the element's type and spaces on pages whose root has another font size than the reader's
// own: a rem counts from that root even inside a shadow tree, and many sites set it to 62.5 %.

const REM = /(?<![\w.])(\d*\.?\d+)rem\b/g;

/**
 * The reader's own font size in pixels; null where the page's root has that too, and a rem is right as it is.
 * @param {ShadowRoot} shadow
 */
export function ownRem(shadow) {
  const probe = document.createElement("span");
  probe.style.fontSize = "medium";
  shadow.append(probe);
  const own = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  const pages = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return own && own !== pages ? own : null;
}

/** The styles in pixels. @param {string} text @param {number} own pixels of a rem */
export function inPixels(text, own) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.replace(REM, (_, count) => `${Number(count) * own}px`));
  return sheet;
}
