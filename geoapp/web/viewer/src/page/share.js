/** The builder under "Bagikan": copy, the phone's own sharing, size and language of the codes, a preview. */

/**
 * A code for another size: the first width and height in it change; codes without them stay.
 * @param {string} code @param {string} width @param {string} height
 */
export const sized = (code, width, height) => {
  const framed = /^<iframe/.test(code);
  return code.replace(/ width="[^"]*"/, (found) => (framed ? ` width="${width}"` : found)).replace(/ height="[^"]*"/, ` height="${height}"`);
};

/** @param {HTMLTextAreaElement} field @returns {Promise<boolean>} whether it was copied */
const copied = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // plain http, or an old browser: the field itself is copied
    field.focus({ preventScroll: true });
    field.select();
    return document.execCommand("copy");
  }
};

/** A button beside a code. @param {HTMLElement} code @param {HTMLElement} section @param {HTMLElement} live */
const copyButton = (code, section, live) => {
  const field = /** @type {HTMLTextAreaElement} */ (code.querySelector("textarea"));
  const button = document.createElement("button");
  const { copy = "", copied: done = "", failed = "" } = section.dataset;
  Object.assign(button, { type: "button", className: "button share-copy", textContent: copy });
  button.setAttribute("aria-describedby", field.getAttribute("aria-labelledby") ?? "");
  button.addEventListener("click", async () => {
    live.textContent = "";
    const whether = await copied(field);
    if (!whether) field.select();
    live.textContent = button.textContent = whether ? done : failed;
    setTimeout(() => (button.textContent = copy), 2500);
  });
  return button;
};

/** @param {HTMLElement} section #share */
export const attachShare = (section) => {
  const live = /** @type {HTMLElement} */ (section.querySelector(".share-live"));
  const codes = [.../** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".share-code"))];
  const buttons = codes.map((code) => copyButton(code, section, live));
  codes.forEach((code, at) => code.append(buttons[at]));

  const apps = /** @type {HTMLButtonElement | null} */ (section.querySelector(".share-apps"));
  if (apps && "share" in navigator) {
    const { title, text, url } = apps.dataset;
    apps.hidden = false;
    apps.addEventListener("click", () => navigator.share({ title, text, url }).catch(() => {})); // closed again: nothing was asked
  }

  const options = /** @type {HTMLElement} */ (section.querySelector(".share-options"));
  const [size, language] = /** @type {HTMLSelectElement[]} */ ([...options.querySelectorAll("select")]);
  const look = /** @type {HTMLAnchorElement} */ (section.querySelector(".share-preview"));
  /** @type {HTMLIFrameElement | null} */
  let preview = null;

  const write = () => {
    const { width = "100%", height = "520" } = size.selectedOptions[0].dataset;
    for (const field of section.querySelectorAll("textarea")) field.value = sized(field.dataset[language.value] ?? field.value, width, height);
    if (preview) Object.assign(preview, { width, height, src: look.dataset[language.value] });
  };
  options.hidden = false;
  options.addEventListener("change", write);
  look.setAttribute("role", "button");
  look.removeAttribute("target");
  look.addEventListener("click", (event) => {
    event.preventDefault();
    if (!preview) {
      preview = document.createElement("iframe");
      preview.title = look.dataset.title ?? "";
      preview.className = "share-frame";
      look.after(preview);
    }
    write();
  });
};
