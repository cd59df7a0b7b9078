// Makers of small true things: a tile of four unit squares, its plan and its places.

/** @param {number} left @param {number} top @param {number} side */
export const square = (left, top, side) =>
  Int32Array.from([left, top, left + side, top, left + side, top + side, left, top + side, left, top]);

/** @param {number} number @param {Int32Array[]} rings */
export const piece = (number, ...rings) => {
  const xs = rings.flatMap((ring) => [...ring].filter((_, at) => at % 2 === 0));
  const ys = rings.flatMap((ring) => [...ring].filter((_, at) => at % 2 === 1));
  return { number, code: `36.04.01.200${number}`, name: `Desa ${number}`, rings, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
};

/** Four squares of 500 units, numbered 1 2 over 3 4. */
export const fourSquares = () => ({
  z: 3, x: 6, y: 4, extent: 1000,
  pieces: [piece(1, square(0, 0, 500)), piece(2, square(500, 0, 500)), piece(3, square(0, 500, 500)), piece(4, square(500, 500, 500))],
});

export const words = (text) => ({ id: text, en: text });

export const planDocument = (more = {}) => ({
  version: "abc", kind: "choropleth", classes: "/values/l/abc/2024", figures: "/values/l/abc/2024/{parent}", title: words("Judul"),
  known: 3, total: 4, largest: null, colours: ["#c2e9cd", "#403872"], whole: null,
  legend: [
    { kind: "class", byte: 1, count: 1, colour: "#403872", label: words("di atas 5") },
    { kind: "class", byte: 0, count: 2, colour: "#c2e9cd", label: words("sampai 5") },
    { kind: "state", byte: 251, count: 1, state: "missing", label: words("tidak ada data") },
  ],
  ...more,
});

/** Class bytes as the server sends them. */
export const classBytes = (edition, ...bytes) => new Uint8Array([...new TextEncoder().encode(`${edition}\n`), ...bytes]).buffer;

export const placesDocument = () => ({
  edition: "e", level: "village", numbers: [1, 2, 3, 4],
  codes: ["1.1", "1.2", "2.1", "2.2"], names: ["Satu", "Dua", "Tiga", "Empat"], kinds: ["desa", "desa", "desa", null],
  parents: ["1", "1", "2", "2"], parentNames: ["Utara", "Utara", "Selatan", "Selatan"],
  inside: [[106, -6], [107, -6], [106, -7], [107, -7]],
  boxes: [[105.5, -6.5, 106.5, -5.5], [106.5, -6.5, 107.5, -5.5], [105.5, -7.5, 106.5, -6.5], [106.5, -7.5, 107.5, -6.5]],
  neighbours: [[2, 3], [1, 4], [1, 4], [2, 3]],
});
