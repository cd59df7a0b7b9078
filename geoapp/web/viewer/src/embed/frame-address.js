/** From a map's address to that of its frame, for maps of one site alone. */

/**
 * @param {string} address of a map or of its frame
 * @param {string} site the only origin that is shown, such as https://data.example.go.id
 * @param {string} language that goes before the address's own; "" for none
 * @returns {string} the frame's address; "" for anything else
 */
export const frameAddress = (address, site, language = "") => {
  let asked;
  try {
    asked = new URL(address, site);
  } catch {
    return "";
  }
  const layer = /^\/(?:maps|embed)\/([^/.]+)\/?$/.exec(asked.pathname);
  if (asked.origin !== site || !layer) return "";
  if (language) asked.searchParams.set("lang", language);
  return `${site}/embed/${layer[1]}${asked.search}`;
};
