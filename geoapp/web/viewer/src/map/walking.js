/** A walk through all regions without a pointer: by the list of them, and by the letters of a name. */

/** @import { Place } from "./places.js" */
/** @import { Roster } from "./roster.js" */

/** Letters typed within this time belong to one name, ms. */
export const PAUSE = 900;
/** How far Page Up and Page Down go in the list. */
const PAGE = 10;

/** Where a key leads in a list of so many: their places are 0 … last, -1 stands before the first. @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  Home: () => 0,
  End: (_, last) => last,
  PageDown: (at, last) => Math.min(last, at < 0 ? 0 : at + PAGE),
  PageUp: (at) => Math.max(0, at - PAGE),
};

/** Whether a key walks the list. @param {string} key */
export const walks = (key) => key in STEPS;

/**
 * The region a key leads to in the list of all, which runs by parent and code, as numbers do; 0 where there is none.
 * @param {Roster} places @param {number} from the region in hand, 0 for none @param {string} key
 */
export const step = (places, from, key) => {
  const numbers = [...places.all()].map(({ number }) => number).sort((a, b) => a - b);
  if (!numbers.length || !walks(key)) return 0;
  return numbers[STEPS[key](numbers.indexOf(from), numbers.length - 1)];
};

/** Without case and accents. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/**
 * The region meant by letters: the next one by name that begins so, the one in hand included once more letters came;
 * 0 where none does.
 * @param {Roster} places @param {number} from @param {string} letters
 */
export const named = (places, from, letters) => {
  const begin = plain(letters);
  const found = [...places.all()].filter(({ name }) => plain(name).startsWith(begin)).sort(byName);
  const at = found.findIndex(({ number }) => number === from);
  return (found[begin.length > 1 ? Math.max(0, at) : (at + 1) % Math.max(1, found.length)] ?? { number: 0 }).number;
};

/** @param {Place} a @param {Place} b */
const byName = (a, b) => a.name.localeCompare(b.name, "id", { numeric: true }) || a.number - b.number;

/** Gathers letters into the beginning of a name. @param {() => number} [now] ms */
export const createLetters = (now = () => Date.now()) => {
  let [letters, last] = ["", 0];
  return {
    /** Whether a name is being typed, so that a space belongs to it. */
    open: () => letters !== "" && now() - last <= PAUSE,
    /** What has been typed with this letter. @param {string} letter */
    add(letter) {
      letters = this.open() ? letters + letter : letter;
      last = now();
      return letters;
    },
  };
};
