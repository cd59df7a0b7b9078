/** Reading a map that comes as a picture: the server is asked what lies under a tap. */

/** @typedef {{ number: number, words?: string, byte?: number }} Told */

/**
 * The spot of a picture under a point of the window, as shares of its width and height; null beside it. The picture is
 * drawn as large as its element has room for, in the middle.
 * @param {{ left: number, top: number, width: number, height: number }} box of the element
 * @param {{ width: number, height: number }} own of the picture @param {number} x @param {number} y
 */
export const spotOf = (box, own, x, y) => {
  const scale = Math.min(box.width / own.width, box.height / own.height);
  const [width, height] = [own.width * scale, own.height * scale];
  const across = (x - box.left - (box.width - width) / 2) / width;
  const down = (y - box.top - (box.height - height) / 2) / height;
  return across >= 0 && across <= 1 && down >= 0 && down <= 1 ? { x: across.toFixed(4), y: down.toFixed(4) } : null;
};

/**
 * Answers taps beside the finger; what it gives back takes the answer away, as when another period comes.
 * @param {HTMLElement} stage @param {Document} page
 */
export const listenTaps = (stage, page) => {
  const tip = page.createElement("p");
  tip.className = "embed-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the line beside the legend says the same to ears
  stage.append(tip);
  let asked = 0;

  /** @param {Told} told @param {number} x @param {number} y px in the stage */
  const show = ({ words = "", byte }, x, y) => {
    tip.textContent = words;
    tip.hidden = !words;
    const said = page.querySelector(".embed-said");
    if (said) said.textContent = words;
    for (const row of page.querySelectorAll(".embed-words [data-byte]")) row.classList.toggle("pointed", row.getAttribute("data-byte") === String(byte));
    const left = Math.min(Math.max(x - tip.offsetWidth / 2, 4), stage.clientWidth - tip.offsetWidth - 4);
    Object.assign(tip.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(y - tip.offsetHeight - 12, 4)}px` });
  };

  stage.addEventListener("click", async ({ clientX, clientY }) => {
    const image = /** @type {HTMLImageElement | null} */ (stage.querySelector("img[data-at]"));
    if (!image) return;
    const spot = spotOf(image.getBoundingClientRect(), { width: image.naturalWidth || 1, height: image.naturalHeight || 1 }, clientX, clientY);
    const turn = (asked += 1);
    if (!spot) return show({ number: 0 }, 0, 0);
    const url = new URL(image.dataset.at ?? "", page.baseURI);
    for (const [name, value] of Object.entries(spot)) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url.href, { credentials: "omit" });
      const { left, top } = stage.getBoundingClientRect();
      const told = answer.ok ? await answer.json() : { number: 0 };
      if (turn === asked) show(told, clientX - left, clientY - top);
    } catch {
      if (turn === asked) show({ number: 0 }, 0, 0); // the table has every figure
    }
  });
  return () => {
    asked += 1;
    tip.hidden = true;
  };
};
