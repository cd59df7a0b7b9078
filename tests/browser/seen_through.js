// How many pixels show the ground under the map, inside the area and outside: the map is painted on two grounds, and
// what differs was seen through. `more` is how far to zoom in first.
async (more) => {
  const breath = () => new Promise((done) => setTimeout(done, 100));
  const until = async (holds) => {
    while (!holds()) await breath();
  };
  if (more) map.leaflet.setZoom(map.leaflet.getZoom() + more, { animate: false });
  await until(() => map.surface.seen.sight.zoom === map.leaflet.getZoom() && map.shown.tiles.complete());
  const dyed = async (colour) => {
    map.dye({ ...map.shown.theme, water: colour, land: colour });
    await until(() => map.surface.seen.scene.theme.land === colour && !map.surface.state.busy);
    const { front } = map.surface.canvases;
    const copy = Object.assign(document.createElement("canvas"), { width: front.width, height: front.height });
    const ink = copy.getContext("2d", { willReadFrequently: true });
    ink.fillStyle = colour;
    ink.fillRect(0, 0, copy.width, copy.height);
    ink.drawImage(front, 0, 0);
    return ink.getImageData(0, 0, copy.width, copy.height);
  };
  const [one, other] = [await dyed("#ff00ff"), await dyed("#00ff00")];
  const { sight } = map.surface.seen;
  const corner = map.leaflet.getPixelBounds().min;
  const [left, top] = [sight.origin[0] - corner.x, sight.origin[1] - corner.y];
  // A region that nobody asked about is land itself.
  const filled = (x, y) => map.under([x, y], 0).some((number) => map.plan.look(number).fill || map.plan.look(number).pattern);
  const around = [[4, 0], [-4, 0], [0, 4], [0, -4], [3, 3], [-3, 3], [3, -3], [-3, -3], [0, 0]];
  let [inside, outside] = [0, 0];
  for (let at = 0; at < one.data.length; at += 4) {
    if (Math.abs(one.data[at] - other.data[at]) <= 2 && Math.abs(one.data[at + 1] - other.data[at + 1]) <= 2) continue;
    const [x, y] = [((at / 4) % one.width) / sight.density + left, Math.floor(at / 4 / one.width) / sight.density + top];
    if (around.every(([across, down]) => filled(x + across, y + down))) inside += 1;
    else outside += 1;
  }
  return { inside, outside };
}
