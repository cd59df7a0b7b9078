// Shows another period, and tells whether the sheets around the fills stayed, and how many pixels differ from the same
// map painted anew from nothing.
async (period) => {
  const { surface } = map;
  const settled = async (holds) => {
    do await new Promise((done) => setTimeout(done, 50));
    while (surface.state.busy || surface.state.due || !holds());
  };
  const pixels = () => {
    const { front } = surface.canvases;
    const copy = Object.assign(document.createElement("canvas"), { width: front.width, height: front.height });
    const ink = copy.getContext("2d", { willReadFrequently: true });
    ink.drawImage(front, 0, 0);
    return new Uint32Array(ink.getImageData(0, 0, copy.width, copy.height).data.buffer);
  };
  await settled(() => surface.sheeted);
  const [before, sheets] = [pixels(), surface.sheeted];
  await map.show({ period });
  await settled(() => surface.seen.scene.looks === map.plan);
  const [switched, stayed] = [pixels(), surface.sheeted === sheets];
  surface.sheeted = null;
  surface.repaint("map");
  await settled(() => surface.sheeted);
  const anew = pixels();
  const differing = (one, other) => one.reduce((count, each, at) => count + Number(each !== other[at]), 0);
  return { stayed, changed: differing(before, switched), differing: differing(switched, anew) };
}
