/** The legend beside the map: follows the plan, shows the row of the region in hand, and sets classes apart. */

/** @import { LegendRow } from "../map/layer.js" */
/** @import { Language } from "../map/words.js" */

/** Radius of the largest circle in the server's legend, px. */
const SERVED = 22;

/**
 * @param {Document} page has the server's rows, `<li data-byte>` in #legend, and `#legend-all` that undoes
 * @param {(bytes: number[] | null) => void} emphasise classes were pressed or let go; null for all alike
 */
export const createLegend = (page, emphasise) => {
  /** @type {Set<number>} */
  const pressed = new Set();
  const rows = () => [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#legend [data-byte]"))];
  /** @param {HTMLElement} row */
  const byteOf = (row) => Number(row.dataset.byte);

  /** Show in the rows which are pressed. */
  const mark = () => {
    for (const row of rows()) {
      const own = pressed.has(byteOf(row));
      row.querySelector("button")?.setAttribute("aria-pressed", String(own));
      row.classList.toggle("pressed", own);
    }
    page.getElementById("legend")?.classList.toggle("some-pressed", pressed.size > 0);
    const all = page.getElementById("legend-all");
    if (all) all.hidden = pressed.size === 0;
  };

  const tell = () => {
    mark();
    emphasise(pressed.size ? [...pressed] : null);
  };

  /** Make the sentence of a row a toggle. @param {HTMLElement} row */
  const toggle = (row) => {
    const line = row.querySelector(".legend-line");
    if (!line || row.querySelector("button")) return;
    const button = page.createElement("button");
    button.type = "button";
    button.className = "legend-line legend-button";
    button.append(...line.childNodes);
    button.addEventListener("click", () => {
      if (!pressed.delete(byteOf(row))) pressed.add(byteOf(row));
      tell();
    });
    line.replaceWith(button);
  };

  return {
    /** Take over rows that are new in the page; classes that are gone are no longer pressed. */
    adopt() {
      rows().forEach(toggle);
      const here = new Set(rows().map(byteOf));
      const gone = [...pressed].filter((byte) => !here.has(byte));
      gone.forEach((byte) => pressed.delete(byte));
      const hint = page.getElementById("legend-hint");
      if (hint) hint.hidden = rows().length < 2;
      page.getElementById("legend-all")?.addEventListener("click", this.release);
      if (gone.length) tell();
      else mark();
    },
    /** All classes alike again. */
    release() {
      if (!pressed.size) return;
      pressed.clear();
      tell();
      /** @type {HTMLElement | null} */ (page.querySelector("#legend [data-byte] button"))?.focus({ preventScroll: true });
    },
    /** Make the legend's circles as large as the map's. @param {number} largest radius of the largest figure, px */
    scale(largest) {
      for (const circle of page.querySelectorAll(".swatch-circle circle")) {
        const drawn = (circle.getAttribute("data-share") ?? Number(circle.getAttribute("r")) / SERVED).toString();
        const radius = Number(drawn) * largest;
        circle.setAttribute("data-share", drawn);
        circle.setAttribute("r", radius.toFixed(1));
        circle.parentElement?.classList.remove("waiting");
        for (const side of ["width", "height"]) circle.parentElement?.setAttribute(side, String(Math.max(24, Math.ceil(2 * radius + 2))));
      }
    },
    /** Highlight the row of the region in hand; null for none. @param {number | null} byte */
    point(byte) {
      for (const row of rows()) row.classList.toggle("pointed", row.dataset.byte === String(byte));
    },
    /** Write the counts of another plan; rows it has none of say so with 0. @param {LegendRow[]} plan @param {Language} language */
    follow(plan, language) {
      for (const row of rows()) {
        const now = plan.find(({ byte }) => String(byte) === row.dataset.byte);
        const count = row.querySelector(".count");
        if (count) count.textContent = new Intl.NumberFormat(language === "en" ? "en-GB" : "id-ID").format(now?.count ?? 0);
        const label = row.querySelector(".label");
        if (label && now) label.textContent = now.label[language];
        row.hidden = now === undefined && byteOf(row) > 250;
      }
    },
  };
};

/** @typedef {ReturnType<typeof createLegend>} Legend */
