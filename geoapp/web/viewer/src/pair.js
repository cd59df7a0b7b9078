/** Two maps on one page that move together; a region chosen on one is read on both. */

import { createMap, linked } from "./map/index.js";

/** What a choice changes on the page. */
const EXCHANGED = ["#pair-reading-1", "#pair-reading-2"];

/** @param {HTMLElement} element */
const open = (element) => {
  const { layer = "", level, period, area, region, lang } = element.dataset;
  return createMap(element, { document: layer, level, period, area, region, lang: lang === "en" ? "en" : "id" });
};

/** The address of this page with another region. @param {string} code */
const addressOf = (code) => {
  const address = new URL(window.location.href);
  if (code) address.searchParams.set("region", code);
  else address.searchParams.delete("region");
  return address;
};

/** Bring the words of an address into the page. @param {URL} address */
const exchange = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of EXCHANGED) {
    const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
    if (here && there) here.replaceChildren(...there.childNodes);
  }
};

const start = async () => {
  const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".pair-map[data-layer]")]);
  if (elements.length !== 2) return;
  const [first, second] = await Promise.all(elements.map(open));
  linked(first, second);
  /** @param {string} code */
  const choose = (code) => {
    for (const map of [first, second]) map.choose(code || 0);
    const address = addressOf(code);
    window.history.replaceState(null, "", address);
    void exchange(address);
  };
  for (const map of [first, second]) map.on("choose", ({ code }) => choose(code ?? ""));
};

start().catch((problem) => console.warn("The live maps could not start; the pictures stay.", problem));
