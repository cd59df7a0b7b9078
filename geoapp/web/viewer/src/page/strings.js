/** The few sentences that only the viewer says, in both languages. */

import { localeOf } from "../map/words.js";

/** @import { Language } from "../map/words.js" */

const SENTENCES = {
  id: {
    trying: "Koneksi terputus. Kami sedang mencoba lagi.",
    lost: "Sebagian peta belum termuat. Kami akan mencoba lagi.",
    withdrawn: "Peta ini ditarik. Muat ulang halaman untuk membaca alasannya.",
    loading: "memuat angka…",
    still: "Koneksi terputus. Yang tampil angka {period}. Kami akan mencoba lagi.",
    again: "Coba lagi sekarang",
    place: "Lokasi saya",
    finding: "Mencari lokasi Anda…",
    outside: "Lokasi Anda di luar daerah peta ini.",
    placeRefused: "Lokasi tidak dibuka. Izinkan di setelan peramban, lalu tekan lagi.",
    noPlace: "Lokasi Anda tidak dapat ditemukan. Coba lagi di tempat terbuka.",
    code: "kode",
    chosen: "Dipilih:",
    rank: "ke-{rank} tertinggi dari {known}",
    cleared: "Pilihan dibatalkan.",
    provisional: "angka sementara",
    revised: "angka diperbaiki",
    estimated: "angka perkiraan",
    small_denominator: "penyebutnya kecil, baca dengan hati-hati",
    partial: "belum lengkap",
    semester: "semester {part} {year}",
    quarter: "triwulan {part} {year}",
    parts: "I II III IV",
  },
  en: {
    trying: "The connection is broken. Trying again.",
    lost: "Part of the map has not loaded. We will try again.",
    withdrawn: "This map was withdrawn. Reload the page to read why.",
    loading: "loading the figure…",
    still: "The connection is broken. You see the figures of {period}. We will try again.",
    again: "Try again now",
    place: "My location",
    finding: "Looking for your location…",
    outside: "Your location is outside the area of this map.",
    placeRefused: "Your location was not shared. Allow it in the browser's settings, then press again.",
    noPlace: "Your location could not be found. Try again in the open.",
    code: "code",
    chosen: "Chosen:",
    rank: "rank {rank} of {known} from the highest",
    cleared: "Nothing is chosen.",
    provisional: "provisional figure",
    revised: "revised figure",
    estimated: "estimated figure",
    small_denominator: "small denominator, read with care",
    partial: "incomplete",
    semester: "half-year {part} of {year}",
    quarter: "quarter {part} of {year}",
    parts: "1 2 3 4",
  },
};

/** @typedef {keyof typeof SENTENCES.id} Sentence */
/** @typedef {Record<Sentence, string>} Strings */

/** @param {Language} language @returns {Strings} */
export const stringsOf = (language) => SENTENCES[language];

/** @param {string} asked anything @returns {Language} */
export const languageOf = (asked) => (asked === "en" ? "en" : "id");

/**
 * A period as people read it.
 * @param {Language} language @param {string} period such as 2024, 2024-S1, 2024-Q3, 2024-08, 2020-04-30, 2023-2024
 */
export const periodWord = (language, period) => {
  const [year, part, day] = period.split("-");
  if (!part) return year;
  if (/^\d{4}$/.test(part)) return `${year}/${part}`;
  const { semester, quarter, parts } = SENTENCES[language];
  if (/^[SQ]\d$/.test(part)) {
    const words = part[0] === "S" ? semester : quarter;
    return words.replace("{part}", parts.split(" ")[Number(part[1]) - 1]).replace("{year}", year);
  }
  const date = new Date(Date.UTC(Number(year), Number(part) - 1, Number(day ?? 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { year: "numeric", month: "long", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(localeOf(language), form).format(date);
};
