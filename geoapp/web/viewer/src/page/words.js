/**
 * The page's words for another view: the server writes them, and what changed is exchanged in place.
 *
 * The words of a view are those parts of its page that people have before their eyes: each is an element with an id.
 * What is long (`LONG`) is exchanged when it comes near the screen or is asked for; until then it is marked stale.
 */

/** The long parts: what they are called in addresses, and where they stand. @type {Record<string, string>} */
const LONG = { table: "#table", more: "#more" };
/** How far a long part must come into sight, px. */
const NEAR = "-48px 0px";

/** How to find again what has the focus in a part. @param {Element} part */
const focused = (part) => {
  const active = part.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || !part.contains(active)) return "";
  if (active.id) return `#${CSS.escape(active.id)}`;
  if (active.dataset.period) return `[data-period="${CSS.escape(active.dataset.period)}"]`;
  const row = active.closest("[data-byte]");
  if (row instanceof HTMLElement) return `[data-byte="${row.dataset.byte}"] ${active.tagName}`;
  const name = active.getAttribute("name");
  if (name) return `${active.tagName}[name="${CSS.escape(name)}"]`;
  return active instanceof HTMLAnchorElement ? `a[href="${CSS.escape(active.getAttribute("href") ?? "")}"]` : "";
};

/** What was unfolded stays so, and the focus where it was. @param {Element} old @param {Element} other */
const exchange = (old, other) => {
  const back = focused(old);
  const put = /** @type {Element} */ (document.importNode(other, true));
  for (const fold of old.querySelectorAll("details[id][open]")) put.querySelector(`#${CSS.escape(fold.id)}`)?.setAttribute("open", "");
  old.replaceWith(put);
  if (back) /** @type {HTMLElement | null} */ (put.querySelector(back))?.focus({ preventScroll: true });
};

/** Say that a part was written into here: it no longer says what the server last wrote. @param {Element | null | undefined} within */
export const overwritten = (within) => void within?.closest("[data-words]")?.setAttribute("data-own", "");

/** The parts of an answer: the elements with an id right below its body. @param {ParentNode} body */
const partsOf = (body) => [...body.children].filter(({ id }) => id);

/**
 * @param {{ text: (url: string, signal: AbortSignal) => Promise<string>, exchanged: () => void, calm: () => Promise<unknown> }} means
 *   `exchanged` is called when new parts are in the page, which wait for `calm`
 */
export const createWords = ({ text, exchanged, calm }) => {
  /** What the server last wrote of each part: one that says the same is left alone. @type {Map<string, string>} */
  const written = new Map();
  /** The address whose words the long parts lack. @type {Map<string, string>} */
  const stale = new Map();
  let asking = new AbortController();

  /** @param {string} url @param {AbortSignal} signal */
  const bring = async (url, signal) => {
    const markup = await text(url, signal);
    await calm();
    const fresh = new DOMParser().parseFromString(markup, "text/html");
    if (signal.aborted) return false;
    for (const part of partsOf(fresh.body)) {
      const old = document.getElementById(part.id);
      const markup = part.outerHTML;
      if (!old || (written.get(part.id) === markup && !old.hasAttribute("data-own")) || old.outerHTML === markup) continue;
      written.set(part.id, markup);
      exchange(old, part);
    }
    if (fresh.title) document.title = fresh.title;
    exchanged();
    return true;
  };

  /** Bring a long part that lacks its words. @param {string} name */
  const complete = async (name) => {
    const [url, own] = [stale.get(name), asking];
    if (!url) return;
    stale.delete(name);
    try {
      if (await bring(`${url.split("?")[0]}/${name}?${url.split("?")[1] ?? ""}`, own.signal)) watch(name);
    } catch {
      if (asking === own) stale.set(name, url);
    }
  };

  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        const name = Object.keys(LONG).find((each) => target.matches(LONG[each]));
        if (isIntersecting && name) void complete(name);
      }
    },
    { rootMargin: NEAR },
  );

  /** Look out for a long part, and show whether it waits. @param {string} name */
  const watch = (name) => {
    const element = document.querySelector(LONG[name]);
    if (!element) return;
    near.unobserve(element);
    element.classList.toggle("stale", stale.has(name));
    if (stale.has(name)) near.observe(element);
  };

  return {
    /**
     * Bring the words of the view at an address, and say whether they came; else the page keeps those it has.
     * @param {string} url @param {string[]} [right] the long parts that say it already
     */
    async turn(url, right = []) {
      asking.abort();
      const own = (asking = new AbortController());
      for (const name of Object.keys(LONG)) {
        if (right.includes(name) && !stale.has(name)) continue;
        stale.set(name, url);
        watch(name);
      }
      try {
        return await bring(url, own.signal);
      } catch {
        return false; // the viewer's own sentences stand; the next view brings the page's again
      }
    },
    /** Everything that waits for its words, for print. */
    complete: () => Promise.all(Object.keys(LONG).map(complete)),
  };
};

/** @typedef {ReturnType<typeof createWords>} Words */
