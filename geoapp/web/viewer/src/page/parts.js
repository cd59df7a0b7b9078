/** Parts of the page that behave: each is registered by selector and attached whenever its element comes into the page. */

/** What undoes a behaviour when its element has left the page. @typedef {() => void} Cleanup */
/** @typedef {(element: HTMLElement) => Cleanup | void} Attach */
/** @typedef {{ selector: string, attach: Attach, live: Map<HTMLElement, Cleanup | void> }} Behaviour */

/** @param {Pick<Document, "querySelectorAll" | "contains">} page */
export const createParts = (page) => {
  /** @type {Behaviour[]} */
  const behaviours = [];
  let started = false;

  /** @param {Behaviour} behaviour */
  const renew = ({ selector, attach, live }) => {
    for (const [element, cleanup] of live) {
      if (page.contains(element)) continue;
      live.delete(element);
      cleanup?.();
    }
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(selector)))
      if (!live.has(element)) live.set(element, attach(element));
  };

  return {
    /**
     * `attach` is called for every element that `selector` finds: at the start, and again for those that an exchange
     * brings; what it returns is called when its element is gone.
     * @param {string} selector @param {Attach} attach
     */
    register(selector, attach) {
      const behaviour = { selector, attach, live: new Map() };
      behaviours.push(behaviour);
      if (started) renew(behaviour);
    },
    /** Attach what is new in the page, let go of what left it. */
    renew() {
      started = true;
      behaviours.forEach(renew);
    },
  };
};

/** The register of this page. */
const parts = typeof document === "undefined" ? null : createParts(document);

/** @param {string} selector @param {Attach} attach */
export const register = (selector, attach) => parts?.register(selector, attach);

/** At the start of the page, and after every exchange. */
export const renew = () => parts?.renew();
