/** Picture tiles: for levels whose regions are smaller than a few pixels, where shapes would be heavy and show nothing. */

/** `image` is null where there is nothing. @typedef {{ image: CanvasImageSource | null }} PictureTile */

/** Sides of a picture tile, px. */
const SIDE = 256;
/** The last zoom with pictures. */
const LAST = 18;

/** The zoom of the picture tiles for a zoom of the map. @param {number} zoom */
export const pictureZoom = (zoom) => Math.max(0, Math.min(LAST, Math.round(zoom)));

/** @param {ArrayBuffer} body a PNG @returns {Promise<PictureTile>} */
export const readPicture = async (body) => {
  const blob = new Blob([body], { type: "image/png" });
  if (typeof createImageBitmap === "function") return { image: await createImageBitmap(blob) };
  const image = new Image(SIDE, SIDE);
  image.src = URL.createObjectURL(blob);
  await image.decode();
  return { image };
};
