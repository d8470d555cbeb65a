// Owns how much of the map lies under panels, for what should stay clear of them.

/**
 * Where they leave little, none.
 * @param {HTMLElement} root
 * @param {HTMLElement} stage
 * @returns {[number, number, number, number]} top, right, bottom, left
 */
export function covered(root, stage) {
  /** @param {string} name */
  const size = (name) => root.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
  const [tabs, credits] = [size(".tabs").height, size(".leaflet-control-attribution").height];
  if (tabs) return [48, 0, tabs + Math.max(credits, size(".side").height), 0];
  const [side, legend] = [size(".side").width + 12, size(".legend").width + 12];
  if (side + legend > stage.clientWidth * 0.6) return [0, 0, credits, 0];
  return root.dir === "rtl" ? [0, legend, credits, side] : [0, side, credits, legend];
}
