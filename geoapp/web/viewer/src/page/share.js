/** The builder under "Bagikan": copy, the phone's own sharing, what the codes are like, and a preview of it. */

import { addressed, dressed, sized } from "./codes.js";

/** @import { Look } from "./codes.js" */

/** The lowest and the highest frame that is written, px. */
const [LOWEST, HIGHEST] = [200, 2000];

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

/** What is offered in the builder. @param {HTMLElement} options */
const offers = (options) => {
  /** @template {HTMLElement} T @param {string} name @returns {T} */
  const one = (name) => /** @type {any} */ (options.querySelector(`#share-${name}`));
  /** @type {HTMLSelectElement[]} */
  const [size, language, release, theme] = ["size", "language", "release", "theme"].map((name) => one(name));
  /** @type {HTMLInputElement} */
  const height = one("height");
  const parts = () => [.../** @type {NodeListOf<HTMLInputElement>} */ (options.querySelectorAll("[name=share-part]"))];
  return {
    size,
    height,
    /** What was chosen. */
    chosen: () => ({
      language: language.value,
      width: size.selectedOptions[0].dataset.width ?? "100%",
      height: String(Math.round(Math.min(HIGHEST, Math.max(LOWEST, Number(height.value) || Number(height.defaultValue))))),
      look: /** @type {Look} */ ({
        release: release.value,
        theme: theme.value,
        hide: parts().filter(({ checked }) => !checked).map(({ value }) => value).join(","),
      }),
    }),
  };
};

/** The frame as it will be seen, beside the code once it was asked for. @param {HTMLAnchorElement} look a link to the frame */
const createPreview = (look) => {
  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  return {
    /** @param {ReturnType<ReturnType<typeof offers>["chosen"]>} chosen */
    show({ language, width, height, look: seen }) {
      const address = addressed(new URL(look.dataset[language] ?? look.href, look.href).href, seen);
      look.href = address;
      if (!frame) return;
      Object.assign(frame, { width, height });
      if (frame.src !== address) frame.src = address;
    },
    open() {
      if (frame) return;
      frame = document.createElement("iframe");
      frame.title = look.dataset.title ?? "";
      frame.className = "share-frame";
      look.after(frame);
    },
  };
};

/** The codes and what is made of them follow what was chosen. @param {HTMLElement} section */
const attachBuilder = (section) => {
  const options = /** @type {HTMLElement} */ (section.querySelector(".share-options"));
  const offered = offers(options);
  const look = /** @type {HTMLAnchorElement} */ (section.querySelector(".share-preview"));
  const preview = createPreview(look);
  const fields = [.../** @type {NodeListOf<HTMLTextAreaElement>} */ (section.querySelectorAll("textarea"))];
  const code = /** @type {HTMLImageElement | null} */ (section.querySelector(".qr"));

  const write = () => {
    const chosen = offered.chosen();
    for (const field of fields) field.value = dressed(sized(field.dataset[chosen.language] ?? field.value, chosen.width, chosen.height), chosen.look);
    for (const each of section.querySelectorAll("[data-pinned]")) /** @type {HTMLElement} */ (each).hidden = (each.getAttribute("data-pinned") === "1") !== Boolean(chosen.look.release);
    if (code) code.src = addressed(code.src, chosen.look);
    const file = /** @type {HTMLAnchorElement | null} */ (section.querySelector(".share-qr a"));
    if (file && code) file.href = code.src;
    preview.show(chosen);
  };
  options.hidden = false;
  offered.size.addEventListener("change", () => (offered.height.value = offered.size.selectedOptions[0].dataset.height ?? offered.height.value));
  options.addEventListener("change", write);
  look.setAttribute("role", "button");
  look.removeAttribute("target");
  look.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), look.click()));
  look.addEventListener("click", (event) => {
    event.preventDefault();
    preview.open();
    write();
  });
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
  attachBuilder(section);
};
