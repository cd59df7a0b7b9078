/**
 * `<peta-desa>`: a link that becomes the map it leads to. Without this script the link stays a link.
 *
 *   <script src="https://SITE/peta-desa.js" async></script>
 *   <peta-desa height="520"><a href="https://SITE/maps/LAYER?period=2024">Title of the map</a></peta-desa>
 *
 * Only maps of the site this script comes from are shown. `height` is in px, `theme` is light or dark, `hide` names parts
 * to leave out (title, reading, periods); all may be left out.
 */
import { frameAddress } from "./embed/frame-address.js";

const USUAL = 520;
/** Attributes that are parameters of the frame. */
const PASSED = ["lang", "theme", "hide"];
const STYLE = ":host{display:block}iframe{display:block;width:100%;border:0}";

/** Where this script was fetched from: an element shows the maps of that site alone. */
const SITE = new URL(/** @type {HTMLScriptElement | null} */ (document.currentScript)?.src || location.href).origin;

class PetaDesa extends HTMLElement {
  static get observedAttributes() {
    return ["src", "height", "lang", "theme", "hide"];
  }

  connectedCallback() {
    // the link inside may still be on its way when the element is met while the page is being read
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.show(), { once: true });
    else this.show();
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.show();
  }

  /** Put the frame in the place of the link, or leave the link where it leads elsewhere. */
  show() {
    const link = this.querySelector("a");
    const address = frameAddress(this.getAttribute("src") || link?.href || "", SITE, Object.fromEntries(PASSED.map((name) => [name, this.getAttribute(name) ?? ""])));
    if (!address) return;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = STYLE;
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("title") || link?.textContent?.trim() || address;
    frame.height = String(Number(this.getAttribute("height")) || USUAL);
    frame.loading = "lazy";
    frame.src = address;
    shadow.textContent = "";
    shadow.append(style, frame);
  }
}

if (!customElements.get("peta-desa")) customElements.define("peta-desa", PetaDesa);
