// Owns the fetching of one file: whole, of the content that its name promises, or a LoadError that says why not.

import { FormatError, FutureFormatError } from "../replay/columns.js";

/**
 * What is wrong: `offline` the network, `missing` the file, `server` its answer, `damaged` its content,
 * `future` a format that this code is too old for.
 * @typedef {"offline" | "missing" | "server" | "damaged" | "future"} Fault
 */
export class LoadError extends Error {
  /** @param {Fault} fault @param {string} text @param {unknown} [cause] */
  constructor(fault, text, cause) {
    super(text, { cause });
    this.fault = fault;
  }
}

// A release shortens the name of the class, and the console would say “U: 404”.
LoadError.prototype.name = "LoadError";

/** @param {unknown} error whatever was thrown while a file was read @param {string | URL} url */
export function asLoadError(error, url) {
  if (error instanceof LoadError) return error;
  if (error instanceof FutureFormatError) return new LoadError("future", `${url}: ${error}`, error);
  return new LoadError("damaged", `${url}: ${error}`, error);
}

/** @param {string | URL} url @param {RequestInit} [options] */
async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw new LoadError("offline", `${url}: ${error}`, error);
  }
  if (response.ok) return response;
  const gone = response.status === 404 || response.status === 410 || response.status === 403;
  throw new LoadError(gone ? "missing" : "server", `${response.status}: ${url}`);
}

/** @param {string | URL} url @param {RequestInit} [options] @returns {Promise<any>} */
export async function json(url, options) {
  const response = await answer(url, options);
  try {
    return await response.json();
  } catch (error) {
    throw new LoadError("damaged", `${url}: ${error}`, error);
  }
}

/** A file named by its content. @param {URL} url @returns {Promise<Uint8Array>} */
export async function bytes(url) {
  const response = await answer(url);
  let data;
  try {
    data = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    // cut off on its way, or not what its encoding says
    throw new LoadError("damaged", `${url}: ${error}`, error);
  }
  const [, promised] = /\.([0-9a-f]{20})\.[a-z]+$/.exec(url.pathname) ?? [];
  // a page without TLS has no digests; then the container's own checks have to do
  if (promised && globalThis.crypto?.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!found.startsWith(promised)) throw new LoadError("damaged", `${url}: not what it was`);
  }
  return data;
}

/**
 * What `read` makes of a file; what it finds wrong becomes a LoadError.
 * @template T
 * @param {URL} url
 * @param {(bytes: Uint8Array) => T} read
 * @returns {Promise<T>}
 */
export async function readFile(url, read) {
  const data = await bytes(url);
  try {
    return read(data);
  } catch (error) {
    if (
      error instanceof FormatError ||
      error instanceof SyntaxError ||
      error instanceof TypeError
    ) {
      throw asLoadError(error, url);
    }
    throw error;
  }
}
