// Owns the making of elements: no markup in strings, so nothing from the record is ever read as HTML.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | EventListener | undefined>} [attributes] functions listen
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child || child === "").map((child) => child || ""));
  return element;
}

/** @param {HTMLElement} element @param {string} text written only where it differs */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What is there has been painted when it resolves; on a page that nobody sees, at once. @returns {Promise<void>} */
export function painted() {
  return new Promise((done) => {
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });
}

/**
 * Between two parts of long work: what a reader has done meanwhile is heard, and what is there painted.
 * @returns {Promise<void>}
 */
export function pause() {
  const { scheduler } = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (globalThis);
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}

/**
 * A picture of an icon by its path in a 24 × 24 box.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.2v15H6zM13.8 4.5H18v15h-4.2z",
  dayBack: "M15.5 5 8 12l7.5 7 1.6-1.7L11.4 12l5.7-5.3z",
  dayOn: "M8.5 5 16 12l-7.5 7-1.6-1.7L12.6 12 6.9 6.7z",
  changeBack: "M5 5h2.4v14H5zM19 5v14L8.6 12z",
  changeOn: "M16.6 5H19v14h-2.4zM5 5l10.4 7L5 19z",
  close:
    "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
};
