/** The few words that the map itself says, in both languages. */

/** @typedef {"id" | "en"} Language */

const WORDS = {
  id: {
    map: "Peta. Tombol panah berpindah ke wilayah tetangga, huruf mencari nama, Enter memilih, Escape membatalkan. Shift dan panah menggeser peta.",
    zoomIn: "Perbesar",
    zoomOut: "Perkecil",
    whole: "Tampilkan seluruh wilayah",
    pan: "Geser peta",
    left: "Geser ke kiri",
    up: "Geser ke atas",
    down: "Geser ke bawah",
    right: "Geser ke kanan",
  },
  en: {
    map: "Map. Arrow keys move to the neighbouring region, letters find a name, Enter chooses, Escape clears. Shift with an arrow moves the map.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Show the whole area",
    pan: "Move the map",
    left: "Move left",
    up: "Move up",
    down: "Move down",
    right: "Move right",
  },
};

/** @typedef {Record<keyof typeof WORDS.id, string>} MapWords */

/** @param {Language} language @returns {MapWords} */
export const wordsOf = (language) => WORDS[language];

/** The locale of numbers and dates. @param {Language} language */
export const localeOf = (language) => (language === "en" ? "en-GB" : "id-ID");
