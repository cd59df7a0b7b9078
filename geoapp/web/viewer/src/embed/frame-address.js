/** From a map's address to that of its frame, for maps of one site alone. */

/**
 * @param {string} address of a map or of its frame
 * @param {string} site the only origin that is shown, such as https://data.example.go.id
 * @param {Readonly<Record<string, string>>} wanted parameters that go before the address's own; "" for none
 * @returns {string} the frame's address; "" for anything else
 */
export const frameAddress = (address, site, wanted = {}) => {
  let asked;
  try {
    asked = new URL(address, site);
  } catch {
    return "";
  }
  const layer = /^\/(?:maps|embed)\/([^/.]+)\/?$/.exec(asked.pathname);
  if (asked.origin !== site || !layer) return "";
  for (const [name, value] of Object.entries(wanted)) if (value) asked.searchParams.set(name, value);
  return `${site}/embed/${layer[1]}${asked.search}`;
};
