/** The only module that fetches: quiet retries, abort, and one error that says what came back. */

export class Answer extends Error {
  /** @param {string} url @param {number} status 0 when nobody answered */
  constructor(url, status) {
    super(`${url}: ${status || "no answer"}`);
    this.status = status;
  }
}

const PAUSES = [400, 1500, 5000];

/** Worth asking again: nobody answered, or the server says that it is busy. @param {unknown} problem */
const passing = (problem) => problem instanceof Answer && (problem.status === 0 || problem.status >= 500 || problem.status === 429);

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
const sleep = (ms, signal) =>
  new Promise((done, fail) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), fail(signal.reason)), { once: true });
  });

/**
 * @param {{ fetch?: typeof globalThis.fetch, pause?: typeof sleep, trouble?: (trying: boolean) => void, base?: () => URL }} [means]
 *   `base` gives the address that others are relative to.
 *   `trouble(true)` is called when a request has failed once and is tried again, `trouble(false)` when one gets through.
 */
export const createApi = ({ fetch = (...asked) => globalThis.fetch(...asked), pause = sleep, trouble = () => {}, base } = {}) => {
  /** @param {string} url @param {AbortSignal} [signal] */
  const once = async (url, signal) => {
    /** @type {Response} */
    let response;
    try {
      response = await fetch(base ? new URL(url, base()).href : url, { signal, credentials: "same-origin" });
    } catch (problem) {
      if (signal?.aborted) throw problem;
      throw new Answer(url, 0);
    }
    if (!response.ok) throw new Answer(url, response.status);
    return response;
  };

  /** @template T @param {string} url @param {(response: Response) => Promise<T>} read @param {AbortSignal} [signal] @returns {Promise<T>} */
  const ask = async (url, read, signal) => {
    for (let failed = 0; ; failed += 1) {
      try {
        const body = await read(await once(url, signal));
        trouble(false);
        return body;
      } catch (problem) {
        if (!passing(problem) || failed >= PAUSES.length) throw problem;
        trouble(true);
        await pause(PAUSES[failed], signal);
      }
    }
  };

  return {
    /** @param {string} url @param {AbortSignal} [signal] @returns {Promise<any>} */
    json: (url, signal) => ask(url, (response) => response.json(), signal),
    /** @param {string} url @param {AbortSignal} [signal] @returns {Promise<string>} */
    text: (url, signal) => ask(url, (response) => response.text(), signal),
    /** @param {string} url @param {AbortSignal} [signal] @returns {Promise<ArrayBuffer>} empty for 204 */
    bytes: (url, signal) => ask(url, (response) => response.arrayBuffer(), signal),
  };
};

/** @typedef {ReturnType<typeof createApi>} Api */
