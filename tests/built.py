"""Built scripts and style sheets of one line each, for tests that need a page and not how it looks."""

import json
from pathlib import Path

BUILT = {
    "site.css": "site-0.css",
    "site.js": "site-0.js",
    "embed.css": "embed-0.css",
    "map.css": "map-0.css",
    "map.js": "map-0.js",
    "embed.js": "embed-0.js",
    "region.css": "region-0.css",
    "catalogue.css": "catalogue-0.css",
    "noscript.css": "noscript-0.css",
    "prose.css": "prose-0.css",
    "pair.css": "pair-0.css",
    "pair.js": "pair-0.js",
    "peta-desa.js": "peta-desa-0.js",
}


def write_built(folder: Path) -> Path:
    """What the viewer's build would leave in ``folder``: the manifest and the files it names."""
    folder.mkdir(parents=True)
    for file in BUILT.values():
        (folder / file).write_text("/* built */\n", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(BUILT), encoding="utf-8")
    return folder
