/** The scale bar: one step of 1, 2 or 5 × 10ⁿ, as long as fits. */

import * as L from "leaflet";
import { lengthWord, step } from "./lengths.js";

/** The longest bar, px. */
const LONGEST = 100;

export class Scale extends L.Control {
  constructor() {
    super({ position: "bottomleft" });
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const bar = L.DomUtil.create("div", "map-scale");
    const [none, long] = ["0", ""].map((text) => {
      const word = L.DomUtil.create("span", "", bar);
      word.textContent = text;
      return word;
    });
    none.setAttribute("aria-hidden", "true");
    const measure = () => {
      const { x, y } = map.getSize().divideBy(2);
      const across = map.distance(map.containerPointToLatLng([x - LONGEST / 2, y]), map.containerPointToLatLng([x + LONGEST / 2, y]));
      if (!(across > 0)) return;
      const metres = step(across);
      bar.style.width = `${((metres / across) * LONGEST).toFixed(1)}px`;
      long.textContent = lengthWord(metres);
    };
    map.on("move zoomend resize", measure);
    map.whenReady(measure);
    return bar;
  }
}
