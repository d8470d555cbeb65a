// Owns the keys: space plays; arrows step by day, Page Up and Down by month, Home and End to the ends, and with shift
// they draw a range; N and P step by change, with shift by those of what is followed; + and − zoom, alt and arrows
// pan, ? helps, Escape closes. `ui/help.js` tells readers of them.

import { asksForHelp, latinKey } from "./latin-key.js";

/**
 * `move`: by days, by months or to an end; with `range` the range is drawn along.
 * @typedef {{days?: number, months?: number, end?: "first" | "last"}} Way
 * @typedef {{togglePlay: () => void, move: (way: Way, range: boolean) => void,
 *   stepChange: (direction: 1 | -1, followed: boolean) => void, zoom: (levels: number) => void,
 *   pan: (x: number, y: number) => void, help: () => void, escape: () => boolean}} Commands
 */

const PAN = 80;

/**
 * @param {KeyboardEvent} event
 * @param {Commands} commands
 */
export function handleKey(event, commands) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  const target = /** @type {Element | null} */ (event.composedPath()[0] ?? null);
  if (event.key === "Escape") {
    if (commands.escape()) event.preventDefault();
    return;
  }
  if (target?.matches("input:not([type=range]):not([type=checkbox]), select, textarea")) return;
  // A button's own space and Enter stay its own, and a scrolling list keeps its keys.
  const own = target?.matches("button, a, summary, input[type=checkbox]");
  if (own && (event.key === " " || event.key === "Enter")) return;
  const scrolls = target?.matches(".scroll");
  if (scrolls && /^(Page|Home|End| )/.test(event.key) && !event.shiftKey) return;
  if (run(event, commands)) event.preventDefault();
}

/** @type {Record<string, Way>} */
const WAYS = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  PageUp: { months: -1 },
  PageDown: { months: 1 },
  Home: { end: "first" },
  End: { end: "last" },
};
/** @type {Record<string, [x: number, y: number]>} */
const PANS = {
  ArrowLeft: [-PAN, 0],
  ArrowRight: [PAN, 0],
  ArrowUp: [0, -PAN],
  ArrowDown: [0, PAN],
};

/** @param {KeyboardEvent} event @param {Commands} commands @returns {boolean} whether the key is one of ours */
function run(event, commands) {
  const { key, altKey, shiftKey } = event;
  const letter = latinKey(event);
  if (altKey) {
    if (!PANS[key]) return false;
    commands.pan(...PANS[key]);
  } else if (WAYS[key]) commands.move(WAYS[key], shiftKey);
  else if (key === " ") commands.togglePlay();
  else if (letter === "n") commands.stepChange(1, shiftKey);
  else if (letter === "p") commands.stepChange(-1, shiftKey);
  else if (key === "+" || key === "=") commands.zoom(0.5);
  else if (key === "-") commands.zoom(-0.5);
  else if (asksForHelp(event)) commands.help();
  else return false;
  return true;
}
