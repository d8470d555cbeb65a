// Owns what lights up the places that differ from what is known now: a sign at each, beside the dashed outline of its
// cell. Signs and dashes, not a colour: those say who holds it.

/** @import { Picture } from "./picture.js" */

/** Signs at once, the largest places first: more would cover each other; the list has all. */
const MOST = 60;

export class Lit {
  /** @param {HTMLElement} parent which moves and scales with the picture */
  constructor(parent) {
    this.parent = parent;
    /** @type {HTMLElement[]} */
    this.signs = [];
  }

  /** @param {Picture} picture @param {number[]} places */
  show({ scene }, places) {
    const dots = places.flatMap((place) => scene.dotOf.get(place) ?? []).sort((a, b) => a - b);
    const wanted = dots.slice(0, MOST);
    while (this.signs.length < wanted.length) this.signs.push(this.#made());
    const { ratio } = scene.view;
    this.signs.forEach((sign, at) => {
      sign.hidden = at >= wanted.length;
      if (sign.hidden) return;
      const { x, y, radius } = scene.dots[wanted[at]];
      sign.style.left = `${x / ratio}px`;
      sign.style.top = `${(y - radius) / ratio}px`;
    });
  }

  #made() {
    const sign = document.createElement("span");
    sign.className = "differs-sign";
    this.parent.append(sign);
    return sign;
  }
}
