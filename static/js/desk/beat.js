/** Who else has the draft open: told at once, and to the others in turn. */

const EVERY = 10_000;

/**
 * @typedef {{said: string, by: string, url: string}} Same
 * @typedef {{here: string[], version: number, status: string, newer: string, same: Same[]}} Told
 */

/** @param {() => string} versionShown  the version that the page shows */
export function beat(versionShown) {
  const box = document.getElementById("presence");
  if (!box) return { told: () => {}, from: () => {} };
  const words = wordsOf(box);

  /** @param {string} [leaving] */
  const body = (leaving) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token());
    data.set("version", versionShown());
    if (leaving) data.set("leaving", leaving);
    return data;
  };

  /** @param {Told} told */
  const show = (told) => {
    const fresh = document.createElement("div");
    if (told.here.length > 0) fresh.append(line(words.here, { names: told.here.join(", ") }));
    if (told.newer) {
      const newer = line(words.newer, { by: told.newer });
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = words.show;
      newer.append(" ", link);
      fresh.append(newer);
    }
    if (told.same.length > 0) fresh.append(sameFall(words.same, told.same));
    const shown = box.querySelector("[data-live]");
    if (shown?.innerHTML === fresh.innerHTML) return;
    fresh.dataset.live = "";
    for (const old of [...box.children]) if (!(old instanceof HTMLTemplateElement)) old.remove();
    box.prepend(fresh);
  };

  const ask = async () => {
    const address = box.dataset.beat;
    if (!address || document.hidden) return;
    try {
      const answer = await fetch(address, { method: "POST", body: body() });
      if (answer.ok && !answer.redirected) show(await answer.json());
    } catch {
      // The next beat asks again.
    }
  };
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => {
    if (box.dataset.beat) navigator.sendBeacon(box.dataset.beat, body("1"));
  });
  return {
    told: show,
    /** @param {string} address */
    from: (address) => {
      box.dataset.beat = address;
    },
  };
}

export function token() {
  const input = document.querySelector("input[name=csrfmiddlewaretoken]");
  return input instanceof HTMLInputElement ? input.value : "";
}

/** @param {Element} root */
export function wordsOf(root) {
  /** @type {Record<string, string>} */
  const words = {};
  for (const template of root.querySelectorAll("template[data-words]")) {
    if (!(template instanceof HTMLTemplateElement)) continue;
    words[template.dataset.words ?? ""] = template.content.textContent?.trim() ?? "";
  }
  return words;
}

/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function filled(text, values) {
  return text.replaceAll(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
function line(text, values) {
  const p = document.createElement("p");
  p.className = "notice notice--here";
  p.textContent = filled(text, values);
  return p;
}

/**
 * @param {string} title
 * @param {Same[]} same
 */
function sameFall(title, same) {
  const box = document.createElement("div");
  box.className = "notice notice--here";
  const head = document.createElement("p");
  head.textContent = title;
  const list = document.createElement("ul");
  for (const other of same) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = other.url;
    link.textContent = other.said;
    item.append(link, ` (${other.by})`);
    list.append(item);
  }
  box.append(head, list);
  return box;
}
