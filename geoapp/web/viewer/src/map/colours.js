/** Arithmetic with colours written #rrggbb. */

/** @param {string} colour @returns {number[]} 0…255 */
const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Lightness L* of a colour, 0…100. @param {string} colour */
export const lightness = (colour) => {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
};

/** A colour laid over another, as one colour without a see-through. @param {string} over @param {string} ground @param {number} share 0…1 of `over` */
export const mixed = (over, ground, share) => {
  const [top, below] = [channels(over), channels(ground)];
  return `#${top.map((channel, at) => Math.round(channel * share + below[at] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
};

/** The ink for a letter on a colour: at least 4.5 : 1. @param {string} colour */
export const inkOn = (colour) => (lightness(colour) <= 51 ? "#ffffff" : "#10181e");
