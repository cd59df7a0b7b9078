/** The codes of the ladder as plain values: how size, release, theme and what is shown change the text of a code. */

/** @typedef {{ release: string, theme: string, hide: string }} Look "" for the newest, the reader's own theme, nothing hidden */

/**
 * A code for another size: the first width and height in it change; codes without them stay.
 * @param {string} code @param {string} width @param {string} height
 */
export const sized = (code, width, height) => {
  const framed = code.startsWith("<iframe");
  return code.replace(/ width="[^"]*"/, (found) => (framed ? ` width="${width}"` : found)).replace(/ height="[^"]*"/, ` height="${height}"`);
};

/** Set what is said and take away what is not; says whether anything changed. @param {URLSearchParams} query @param {Record<string, string>} wanted */
const settle = (query, wanted) => {
  let changed = false;
  for (const [name, value] of Object.entries(wanted)) {
    if ((query.get(name) ?? "") === value) continue;
    changed = true;
    if (value) query.set(name, value);
    else query.delete(name);
  }
  return changed;
};

/** An address of a map, a picture or a frame under a look; the frame alone has theme and parts. @param {string} address absolute @param {Look} look */
export const addressed = (address, { release, theme, hide }) => {
  const url = new URL(address);
  const framed = /\/embed\/[^/]+$/.test(url.pathname);
  if (!framed && !/\/(maps\/[^/]+|embed\/[^/]+\/qr\.svg)$/.test(url.pathname)) return address;
  return settle(url.searchParams, framed ? { release, theme, hide } : { release }) ? url.href : address;
};

const ADDRESS = /https?:\/\/[^"<>\s]+/g;

/** A code whose addresses are of that look; the element says by itself what its frame shows. @param {string} code @param {Look} look */
export const dressed = (code, look) => {
  const markup = code.startsWith("<");
  const turned = code.replace(ADDRESS, (found) => {
    const address = addressed(markup ? found.replace(/&amp;/g, "&") : found, look);
    return markup ? address.replace(/&/g, "&amp;") : address;
  });
  const said = Object.entries({ theme: look.theme, hide: look.hide }).filter(([, value]) => value);
  return turned.replace(/<peta-desa/, `<peta-desa${said.map(([name, value]) => ` ${name}="${value}"`).join("")}`);
};
