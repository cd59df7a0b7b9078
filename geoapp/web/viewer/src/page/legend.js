/** The legend beside the map: follows the plan, shows the row of the region in hand, and can set one class apart. */

/** @import { LegendRow } from "../map/layer.js" */
/** @import { Language } from "./strings.js" */

/** Radius of the largest circle in the server's legend, px. */
const SERVED = 22;

/**
 * @param {Document} page has the server's rows, `<li data-byte>` in #legend
 * @param {(byte: number | null) => void} emphasise a class was pressed, or let go
 */
export const createLegend = (page, emphasise) => {
  /** @type {number | null} */
  let pressed = null;
  const rows = () => [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#legend [data-byte]"))];

  /** Show in the rows which one is pressed. */
  const mark = () => {
    for (const row of rows()) {
      const own = row.dataset.byte === String(pressed);
      row.querySelector("button")?.setAttribute("aria-pressed", String(own));
      row.classList.toggle("pressed", own);
    }
  };

  /** @param {number | null} byte */
  const press = (byte) => {
    pressed = byte;
    mark();
    emphasise(pressed);
  };

  /** Make the sentence of a row a toggle. @param {HTMLElement} row */
  const toggle = (row) => {
    if (row.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "legend-button";
    button.setAttribute("aria-pressed", "false");
    button.append(...row.childNodes);
    button.addEventListener("click", () => press(pressed === Number(row.dataset.byte) ? null : Number(row.dataset.byte)));
    row.append(button);
  };

  rows().forEach(toggle);
  return {
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
    /** Take over rows that are new in the page. */
    adopt() {
      rows().forEach(toggle);
      mark();
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
        row.hidden = now === undefined && Number(row.dataset.byte) > 250;
      }
      if (pressed !== null) press(null);
    },
  };
};
