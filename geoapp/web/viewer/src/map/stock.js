/** What is kept of a level beside its plans: its tiles and its list of places, each fetched once. */

import { readPicture } from "./pictures.js";
import { createPlaces } from "./places.js";
import { createTiles, decode } from "./tiles.js";

/** @import { Api } from "./api.js" */
/** @import { LevelDocument } from "./layer.js" */
/** @import { PictureTile } from "./pictures.js" */
/** @import { Place, Places } from "./places.js" */
/** @import { Address, Tiles } from "./tiles.js" */

/** Levels with more regions than this do without the list of places: names come from the tiles. */
export const LISTED = 10000;

/** @typedef {ReturnType<typeof createTiles<PictureTile>>} Pictures */
/**
 * @typedef {{ tiles: Tiles, places: Places | null, known: Map<number, Place>, codes: Map<number, string>, coming: Promise<void> | null }} Shelf
 *   `coming` ends when the places are here, or did not come; `known` are places of a level without a list; `codes` are
 *   those of all regions that tiles have told of
 */

/**
 * @param {{ api: Api, changed: () => void, listed: () => void }} means `changed` is called when a tile came or failed,
 *   `listed` when a list of places came
 */
export const createStock = ({ api, changed, listed }) => {
  /** @type {Map<string, Shelf>} */
  const kept = new Map();

  /** @type {{ template: string, tiles: Pictures } | null} */
  let painted = null;

  /** @param {LevelDocument} level @param {Shelf} shelf */
  const list = async (level, shelf) => {
    try {
      shelf.places = createPlaces(await api.json(level.places));
      listed();
    } catch {
      shelf.coming = null; // asked again when the level is next shown
    }
  };

  return {
    /** @param {LevelDocument} level @returns {Shelf} */
    of(level) {
      let shelf = kept.get(level.tiles);
      if (!shelf) {
        const codes = new Map();
        /** @param {ArrayBuffer} body @param {Address} at */
        const read = (body, at) => {
          const tile = decode(body, at);
          for (const { number, code } of tile.pieces) codes.set(number, code);
          return tile;
        };
        shelf = { tiles: createTiles({ template: level.tiles, bytes: api.bytes, read, changed }), places: null, known: new Map(), codes, coming: null };
        kept.set(level.tiles, shelf);
      }
      if (!shelf.places && !shelf.coming && level.regions <= LISTED) shelf.coming = list(level, shelf);
      return shelf;
    },
    /** Bring the places of one parent, of a level without a list of all. @param {LevelDocument} level @param {string} parent a code */
    async family(level, parent) {
      const { known } = this.of(level);
      const [path, query] = level.places.split("?");
      const found = createPlaces(await api.json(`${path}/${encodeURIComponent(parent)}${query ? `?${query}` : ""}`));
      for (const place of found.all()) known.set(place.number, place);
      listed();
    },
    /** Picture tiles of a plan; null where there are none. @param {string | undefined} template @returns {Pictures | null} */
    pictures(template) {
      if (!template) return null;
      if (painted?.template !== template)
        painted = { template, tiles: createTiles({ template, bytes: api.bytes, read: readPicture, changed }) };
      return painted.tiles;
    },
  };
};

/** @typedef {ReturnType<typeof createStock>} Stock */
