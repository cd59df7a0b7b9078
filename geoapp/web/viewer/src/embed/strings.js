/** The few sentences that only the frame's script says, in both languages. */

const SENTENCES = {
  id: {
    map: "Tombol panah berpindah ke wilayah di sebelahnya, Enter memilih, Escape membatalkan.",
    zoomIn: "Perbesar",
    zoomOut: "Perkecil",
    whole: "Tampilkan seluruh wilayah",
    two: "Pakai dua jari untuk menggeser peta.",
    blocked: "Halaman ini tidak mengizinkan jendela baru. Salin alamat peta ini:",
  },
  en: {
    map: "Arrow keys move to the region beside, Enter chooses, Escape clears.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Show the whole area",
    two: "Use two fingers to move the map.",
    blocked: "This page allows no new window. Copy the address of the map:",
  },
};

/** @param {"id" | "en"} language */
export const stringsOf = (language) => SENTENCES[language];

/** @param {string} asked anything @returns {"id" | "en"} */
export const languageOf = (asked) => (asked === "en" ? "en" : "id");
