/** The address bar owns the state: read it here, write it here, nowhere else. */

/**
 * The whole view of a map, each "" where unset: the same query as every address of the view has. `sort` is the order of
 * the table's rows, such as `-name`.
 * @typedef {Readonly<{ period: string, level: string, area: string, region: string, compare: string, classes: string,
 *   palette: string, since: string, change: string, sort: string, release: string, lang: string }>} State
 */

/** @type {State} */
export const UNSET = Object.freeze({
  period: "", level: "", area: "", region: "", compare: "", classes: "", palette: "", since: "", change: "", sort: "", release: "", lang: "",
});

const NAMES = /** @type {(keyof State)[]} */ (Object.keys(UNSET));

/** @param {string} search the query with or without "?" @returns {State} */
export const parse = (search) => {
  const asked = new URLSearchParams(search);
  return /** @type {State} */ (Object.freeze(Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""]))));
};

/**
 * The query of a state. Parameters that are not ours stay as they are in `search`; Indonesian is the default.
 * @param {Partial<State>} state @param {string} [search]
 */
export const write = (state, search = "") => {
  const query = new URLSearchParams(search);
  for (const name of NAMES) {
    const value = state[name];
    if (value && !(name === "lang" && value === "id")) query.set(name, value);
    else query.delete(name);
  }
  const written = query.toString();
  return written ? `?${written}` : "";
};

/** Parameters of an address that are no part of the state. @param {string} search */
export const foreign = (search) => [...new URLSearchParams(search).keys()].filter((name) => !NAMES.includes(/** @type {keyof State} */ (name)));

/**
 * A state after a change. What hangs on something else goes with it: a region to compare with on the one chosen, both
 * on the level, the way of counting a change on the period it is counted from.
 * @param {State} state @param {Partial<State>} change @returns {State}
 */
export const turn = (state, change) => {
  const next = { ...state, ...change };
  if (next.level !== state.level && !("region" in change)) next.region = "";
  if (!next.region || next.compare === next.region) next.compare = "";
  if (!next.since) next.change = "";
  return Object.freeze(next);
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
    const before = write(state);
    state = parse(location.search);
    if (write(state) !== before) changed(state);
  });
  return {
    /** @returns {State} */
    state: () => state,
    /** Another view: Back returns to this one, unless it takes this one's `place`. @param {Partial<State>} change @param {boolean} [place] */
    push(change, place = false) {
      const next = turn(state, change);
      if (write(next) === write(state)) return;
      state = next;
      const url = location.pathname + write(state, location.search) + location.hash;
      if (place) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
      changed(state);
    },
  };
};

/** @typedef {ReturnType<typeof addressBar>} Bar */
