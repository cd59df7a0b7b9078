/** Events of a map: who listens is told, and what still holds is told at once to who comes later. */

/** @typedef {(event: any) => void} Heard */

export const createEvents = () => {
  /** @type {Map<string, Set<Heard>>} */
  const listeners = new Map();
  /** @type {Map<string, unknown>} */
  const standing = new Map();

  return {
    /** @param {string} name @param {Heard} heard @returns {() => void} stops listening */
    on(name, heard) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(heard));
      if (standing.has(name)) heard(standing.get(name));
      return () => void all.delete(heard);
    },
    /** @param {string} name @param {unknown} event */
    tell(name, event) {
      for (const heard of [...(listeners.get(name) ?? [])]) heard(event);
    },
    /** Tell something that holds until it is withdrawn. @param {string} name @param {unknown} event */
    stand(name, event) {
      standing.set(name, event);
      this.tell(name, event);
    },
    /** What was told holds no more. Says whether it did. @param {string} name */
    withdraw: (name) => standing.delete(name),
    clear() {
      listeners.clear();
      standing.clear();
    },
  };
};

/** @typedef {ReturnType<typeof createEvents>} Events */
