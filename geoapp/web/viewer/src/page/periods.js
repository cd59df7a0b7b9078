/** The period control: the chosen cell in view, and a button that plays the periods one after the other. */

/** @import { createPlayer } from "./player.js" */

/** How long a press lasts at most, ms. */
const PRESS = 800;
/** When a pointer last paused: at its touch, because the button may be another one before the press has ended. */
let paused = -PRESS;

/** The period that a link counts a change from. @param {HTMLAnchorElement} link */
const since = (link) => new URLSearchParams(link.search).get("since");

/**
 * The periods that play, oldest first, as the control lists them: those that show the same as the one shown, figures or
 * changes since the same period.
 * @param {ParentNode} page
 */
export const playable = (page) => {
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("#periods a[data-period]"))];
  const shown = links.find((link) => link.hasAttribute("aria-current"));
  return links.filter((link) => !shown || since(link) === since(shown)).map(({ dataset }) => dataset.period ?? "");
};

/** Bring a period's cell into the view of its row. @param {HTMLElement} link */
const bring = (link) => {
  const row = link.closest("ol");
  const cell = link.parentElement;
  if (row && cell && row.scrollWidth > row.clientWidth) row.scrollLeft = cell.offsetLeft - row.offsetLeft - (row.clientWidth - cell.offsetWidth) / 2;
};

/** Mark the period that is shown, and bring its cell into view without moving the page. @param {ParentNode} page @param {string} period */
export const markPeriod = (page, period) => {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#periods a[data-period]"))) {
    if (link.dataset.period !== period) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "true");
    requestAnimationFrame(() => bring(link)); // once the page is laid out anyway
  }
  for (const list of /** @type {NodeListOf<HTMLSelectElement>} */ (page.querySelectorAll("select[name=period]"))) list.value = period;
};

/**
 * The play button of a control that has just come into the page.
 * @param {HTMLElement} part @param {{ player: ReturnType<typeof createPlayer>, shown: () => string }} means
 */
export const attachPlay = (part, { player, shown }) => {
  const button = /** @type {HTMLButtonElement | null} */ (part.querySelector("[data-play]"));
  if (!button || playable(part).length < 2) return;
  const cell = /** @type {HTMLElement} */ (button.closest("[hidden]") ?? button);
  cell.hidden = false;
  showPlaying(part, player.playing());
  button.addEventListener("pointerdown", (event) => {
    if (event.button || !player.playing()) return;
    player.stop();
    paused = event.timeStamp;
  });
  button.addEventListener("click", (event) => {
    if (player.playing()) player.stop();
    else if (event.timeStamp - paused > PRESS) void player.play(playable(part.ownerDocument), shown());
  });
};

/** Say on the button what it does now. @param {ParentNode} page @param {boolean} playing */
export const showPlaying = (page, playing) => {
  const button = /** @type {HTMLElement | null} */ (page.querySelector("[data-play]"));
  if (!button) return;
  const { play = "", pause = "" } = button.dataset;
  button.classList.toggle("playing", playing);
  button.setAttribute("aria-label", playing ? pause : play);
  button.title = playing ? pause : play;
};
