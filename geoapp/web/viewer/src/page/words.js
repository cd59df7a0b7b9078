/** The page's words for another view: the server writes them, the viewer exchanges them in place. */

/** Parts of the page that speak of the view; what a page does not have is passed over. */
const PARTS = ["h1", ".periods-part", ".legend-part", "#reading", "#table", "#sources", "#download", "#share", ".languages"];

/** How to find again what has the focus in a part. @param {Element} part */
const focused = (part) => {
  const active = part.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || !part.contains(active)) return "";
  if (active.dataset.period) return `[data-period="${CSS.escape(active.dataset.period)}"]`;
  return active instanceof HTMLAnchorElement ? `a[href="${CSS.escape(active.getAttribute("href") ?? "")}"]` : "";
};

/** @param {string} part a selector @param {Document} fresh the page of the other view */
const exchange = (part, fresh) => {
  const [old, other] = [document.querySelector(part), fresh.querySelector(part)];
  if (!old || !other) return;
  const back = focused(old);
  const put = document.importNode(other, true);
  old.replaceWith(put);
  if (back) /** @type {HTMLElement | null} */ (put.querySelector(back))?.focus({ preventScroll: true });
};

/**
 * @param {{ text: (url: string, signal: AbortSignal) => Promise<string>, exchanged: () => void }} means
 *   `exchanged` is called when new parts are in the page
 */
export const createWords = ({ text, exchanged }) => {
  let asking = new AbortController();
  return {
    /** Bring the words of the view at an address. When they do not come, the page keeps those it has. @param {string} url */
    async turn(url) {
      asking.abort();
      const own = (asking = new AbortController());
      try {
        const fresh = new DOMParser().parseFromString(await text(url, own.signal), "text/html");
        if (own.signal.aborted || !fresh.getElementById("map")) return;
        document.title = fresh.title;
        for (const part of PARTS) exchange(part, fresh);
        exchanged();
      } catch {
        // The viewer's own sentences stand; the next view brings the page's again.
      }
    },
  };
};
