// A release's scripts and styles: each entry becomes one file with all that it imports, an element's styles included,
// so that a reader asks once instead of some seventy times. Called by events/staticfiles.py (collectstatic).
//
// stdin: {"sources": {name: path}, "entries": [name], "sheets": name}, names as under STATIC_URL, which relative
// imports are read by, whichever app or package a file comes from. stdout: {name: text}.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const { sources, entries, sheets } = JSON.parse(await text(process.stdin));

// What every browser with `adoptedStyleSheets` takes.
const target = ["chrome111", "firefox111", "safari16.4"];

/** @param {string} name */
function read(name) {
  if (!(name in sources)) throw new Error(`${name} is imported, and is not among the static files`);
  return readFileSync(sources[name], "utf8");
}

/**
 * Leaflet without its wrapper for three kinds of loaders, inside which a browser parses it three times.
 * @param {string} text
 */
function unwrapped(text) {
  const [, head, own, body] =
    /^(\/\*[^]*?\*\/\s*)!function\([^{]*\{[^{}]*\{\}[^{}]*\}\(this,function\((\w+)\)\{([^]*)\}\);/.exec(text) ?? [];
  return body ? `${head}const ${own} = {};\n${body}` : text;
}

/** Names in place of paths. Leaflet's pictures are left out: nothing that they are for is used. */
const byName = {
  name: "static names",
  setup(bundle) {
    bundle.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (kind === "url-token" && importer.startsWith("leaflet/")) return { path, namespace: "none" };
      if (kind === "url-token") return { path, external: true };
      const name = kind === "entry-point" ? path : join(dirname(importer), path);
      return { path: name, namespace: "static" };
    });
    bundle.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "", loader: "dataurl" }));
    bundle.onLoad({ filter: /.*/, namespace: "static" }, async ({ path }) => {
      if (path === sheets) return { contents: await styled(path), loader: "js" };
      const contents = path === "leaflet/leaflet.js" ? unwrapped(read(path)) : read(path);
      return { contents, loader: path.endsWith(".css") ? "css" : "js" };
    });
  },
};

/** @param {string} entry @param {object} [more] @returns {Promise<string>} */
async function bundled(entry, more = {}) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    legalComments: "eof",
    logLevel: "error",
    plugins: [byName],
    target,
    ...more,
  });
  return outputFiles[0].text;
}

/** The module of styles, with the sheets that it names brought along instead of asked for. @param {string} name */
async function styled(name) {
  const named = [...read(name).matchAll(/new URL\("([^"]+\.css)", import\.meta\.url\)/g)];
  if (!named.length) throw new Error(`${name} names no styles`);
  const texts = named.map(([, path]) => bundled(join(dirname(name), path)));
  const text = (await Promise.all(texts)).join("");
  return `
    import { inPixels, ownRem } from "./own-rem.js";
    const text = ${JSON.stringify(text)};
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    export function dress(shadow) {
      const own = ownRem(shadow);
      shadow.adoptedStyleSheets = [own ? inPixels(text, own) : sheet];
      return Promise.resolve();
    }`;
}

const made = {};
for (const entry of entries) made[entry] = await bundled(entry, { format: "esm" });
process.stdout.write(JSON.stringify(made));
