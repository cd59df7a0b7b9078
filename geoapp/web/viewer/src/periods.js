/** The links to other periods, as switches: they repaint instead of loading the page again. */

/** @param {ParentNode} page @param {(period: string) => void} choose */
export const createPeriods = (page, choose) => {
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("a[data-period]"))];
  for (const link of links)
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      choose(link.dataset.period ?? "");
    });
  return {
    /** Mark the period that is shown. @param {string} period @param {(period: string) => string} address */
    show(period, address) {
      for (const link of links) {
        const own = link.dataset.period ?? "";
        if (own === period) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        link.href = address(own);
      }
    },
  };
};
