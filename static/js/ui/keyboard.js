// Owns the keys: space plays, arrows step by day and with shift by change, Home and End, Page Up and Down by
// month, + and − zoom, alt and arrows pan, Escape closes.

/** @typedef {{togglePlay: () => void, stepDay: (days: number) => void, stepChange: (direction: 1 | -1) => void,
 *   stepMonth: (months: number) => void, toEnd: (end: "first" | "last") => void, zoom: (levels: number) => void,
 *   pan: (x: number, y: number) => void, escape: () => boolean}} Commands */

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
  if (scrolls && /^(Page|Home|End| )/.test(event.key)) return;
  if (run(event, commands)) event.preventDefault();
}

/** @param {KeyboardEvent} event @param {Commands} commands whether the key is one of ours */
function run(event, commands) {
  const arrow = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (arrow && event.altKey) commands.pan(sideways ? arrow * PAN : 0, sideways ? 0 : arrow * PAN);
  else if (event.altKey) return false;
  else if (arrow && sideways && event.shiftKey) commands.stepChange(arrow === 1 ? 1 : -1);
  else if (arrow && sideways) commands.stepDay(arrow);
  else if (event.key === " ") commands.togglePlay();
  else if (event.key === "Home") commands.toEnd("first");
  else if (event.key === "End") commands.toEnd("last");
  else if (event.key === "PageUp") commands.stepMonth(-1);
  else if (event.key === "PageDown") commands.stepMonth(1);
  else if (event.key === "+" || event.key === "=") commands.zoom(0.5);
  else if (event.key === "-") commands.zoom(-0.5);
  else return false;
  return true;
}
