/** The address bar owns the state: read it here, write it here, nowhere else. */

/** @typedef {Readonly<{ period: string, level: string, region: string, lang: string }>} State "" where unset */

/** @type {State} */
export const UNSET = Object.freeze({ period: "", level: "", region: "", lang: "" });

/** @param {string} search the query with or without "?" @returns {State} */
export const parse = (search) => {
  const asked = new URLSearchParams(search);
  return Object.freeze({
    period: asked.get("period") ?? "",
    level: asked.get("level") ?? "",
    region: asked.get("region") ?? "",
    lang: asked.get("lang") ?? "",
  });
};

/**
 * The query of a state. Parameters that are not ours (a pinned release) stay as they are in `search`.
 * @param {State} state @param {string} [search]
 */
export const write = (state, search = "") => {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(state)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const written = query.toString();
  return written ? `?${written}` : "";
};

/**
 * The address bar of a window. `changed` is called with the new state after every change, by us or by Back.
 * @param {Pick<Window, "location" | "history" | "addEventListener">} window
 * @param {(state: State) => void} changed
 */
export const addressBar = (window, changed) => {
  const { location, history } = window;
  let state = parse(location.search);
  window.addEventListener("popstate", () => {
    state = parse(location.search);
    changed(state);
  });
  return {
    /** @returns {State} */
    state: () => state,
    /** Another view: Back returns to this one. @param {Partial<State>} change */
    push(change) {
      const next = Object.freeze({ ...state, ...change });
      if (write(next) === write(state)) return;
      state = next;
      history.pushState(null, "", location.pathname + write(state, location.search) + location.hash);
      changed(state);
    },
  };
};
