/** Links out of the frame: where the page around forbids new windows, the address is shown to be copied instead. */

/** @param {Document} page @param {string} words "the page around this map allows no new window; here is the address:" */
export const listenWayOut = (page, words) => {
  const shown = page.createElement("p");
  shown.className = "embed-blocked";
  shown.setAttribute("role", "status");
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (event.target.closest('a[target="_blank"]')) : null;
    if (!link || window.parent === window || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const opened = window.open(link.href, "_blank");
    if (opened) opened.opener = null;
    else tell(page, shown, words, link.href);
  });
};

/** @param {Document} page @param {HTMLElement} shown @param {string} words @param {string} address */
const tell = (page, shown, words, address) => {
  const field = page.createElement("input");
  Object.assign(field, { type: "text", readOnly: true, value: address });
  field.setAttribute("aria-label", words);
  shown.textContent = words;
  shown.append(field);
  page.querySelector(".embed-foot")?.before(shown);
  field.select();
};
