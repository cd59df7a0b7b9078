/** What did not come in spite of all retries: told once, asked for again by and by, told again when it is here. */

/** @import { Events } from "./events.js" */

/** Time until what was lost is asked for again, ms. */
const RETRY = 15000;

/** @param {{ events: Events, again: (what: string) => void }} means `again` asks for "tiles", "classes" or "canvas" anew */
export const createLosses = ({ events, again }) => {
  /** @type {Set<string>} */
  const missing = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const own = {
    /** Say that something is lost, and ask again later. @param {string} what @param {{ status?: number } | null} [problem] */
    lose(what, problem) {
      missing.add(what);
      events.stand("lost", { what, status: problem?.status ?? 0 });
      clearTimeout(waiting);
      waiting = setTimeout(own.retry, RETRY);
    },
    /** Ask at once. */
    retry() {
      clearTimeout(waiting);
      for (const what of [...missing]) again(what);
    },
    /** What was lost is here. @param {string} what */
    restore(what) {
      if (!missing.delete(what)) return;
      if (!missing.size) events.withdraw("lost");
      events.tell("restored", { what });
    },
    /** Ask no more. */
    stop: () => clearTimeout(waiting),
  };
  return own;
};

/** @typedef {ReturnType<typeof createLosses>} Losses */
