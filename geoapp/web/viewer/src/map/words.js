/** The few words that the map itself says, in both languages. */

/** @typedef {"id" | "en"} Language */

const WORDS = {
  id: {
    map: "Peta. Tombol panah berpindah ke wilayah tetangga, Enter memilih, Escape membatalkan.",
    zoomIn: "Perbesar",
    zoomOut: "Perkecil",
    whole: "Tampilkan seluruh wilayah",
  },
  en: {
    map: "Map. Arrow keys move to the neighbouring region, Enter chooses, Escape clears.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Show the whole area",
  },
};

/** @typedef {Record<keyof typeof WORDS.id, string>} MapWords */

/** @param {Language} language @returns {MapWords} */
export const wordsOf = (language) => WORDS[language];
