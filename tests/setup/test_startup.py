"""A web worker starts light: what only imports and drawings need is loaded when one of them is asked for."""

import os
import subprocess
import sys
from pathlib import Path

from geoapp.settings import HOME
from geoapp.store.cluster import Urls
from tests.built import write_built

HEAVY = ("geopandas", "pandas", "pyogrio", "pyproj", "rasterio", "folium", "branca", "scipy", "mapclassify", "resvg_py",
         "python_calamine")  # fmt: skip
STARTED = f"""
import sys, wsgi
assert wsgi.app.url_map
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_a_web_worker_starts_without_the_libraries_of_imports_and_drawings(urls: Urls, tmp_path: Path) -> None:
    settings = {
        "GEOAPP_VAR": str(tmp_path),
        "GEOAPP_ASSETS": str(write_built(tmp_path / "assets")),
        "GEOAPP_DATABASE_URL": urls.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "",
    }

    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=HOME,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
