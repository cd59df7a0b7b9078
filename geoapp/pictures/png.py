"""PNG from SVG by resvg, with fonts of our own and nothing from anywhere else."""

from functools import cache
from pathlib import Path

from geoapp.settings import HOME

OURS = HOME / "geoapp/web/viewer/node_modules/@expo-google-fonts"
FOLDERS = (OURS, Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
_WANTED = (
    ("Inter", ("Inter_400Regular", "Inter_700Bold")),
    ("Inter", ("Inter-Regular", "Inter-Bold")),
    ("Noto Sans", ("NotoSans-Regular", "NotoSans-Bold")),
    ("DejaVu Sans", ("DejaVuSans", "DejaVuSans-Bold")),
    ("Liberation Sans", ("LiberationSans-Regular", "LiberationSans-Bold")),
)
"""Families with their files, by name; the first that is there is used, the last helps out with signs it lacks."""
_SERIF = (("Gelasio", "Gelasio_400Regular_Italic"), ("Noto Serif", "NotoSerif-Italic"))


def render(svg: str, width: int) -> bytes:
    """The picture as PNG, ``width`` pixels wide.

    Only the wanted fonts are read (a machine may hold hundreds); where there is none, whatever the machine has.
    """
    import resvg_py

    family, serif, files = _fonts()
    # resvg takes no fractional scale from a width alone: the SVG's own width divides it
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        dpi=96,
        skip_system_fonts=bool(files),
        font_files=files or None,
        font_family=family,
        sans_serif_family=family,
        serif_family=serif,
    )
    return bytes(drawn)


@cache
def _fonts() -> tuple[str | None, str | None, list[str]]:
    """The families to use for text and for the sea's names, and the files to read."""
    there = {path.stem: str(path) for folder in FOLDERS for path in sorted(folder.rglob("*.[to]tf"))}
    found = [(family, names) for family, names in _WANTED if names[0] in there]
    serifs = [(family, there[name]) for family, name in _SERIF if name in there]
    if not found:
        return None, None, []
    chosen = dict.fromkeys([*found[0][1], *found[-1][1]])
    files = [there[name] for name in chosen if name in there] + [path for _, path in serifs[:1]]
    return found[0][0], serifs[0][0] if serifs else found[0][0], files
