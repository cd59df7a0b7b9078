"""PNG from SVG by resvg, with the machine's own fonts and nothing from anywhere else."""

from functools import cache
from pathlib import Path

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
_WANTED = (
    ("Inter-Regular", "Inter-Bold"),
    ("NotoSans-Regular", "NotoSans-Bold"),
    ("DejaVuSans", "DejaVuSans-Bold"),
    ("LiberationSans-Regular", "LiberationSans-Bold"),
)
"""Fonts by file name, the first that is there is used; the others help out with signs it lacks."""
_FAMILIES = {
    "Inter": "Inter",
    "NotoSans": "Noto Sans",
    "DejaVuSans": "DejaVu Sans",
    "LiberationSans": "Liberation Sans",
}


def render(svg: str, width: int) -> bytes:
    """The picture as PNG, ``width`` pixels wide.

    Only the wanted fonts are read (a machine may hold hundreds); where there is none, whatever the machine has.
    """
    import resvg_py

    family, files = _fonts()
    # resvg takes no fractional scale from a width alone: the SVG's own width divides it
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=bool(files),
        font_files=files or None,
        font_family=family,
        sans_serif_family=family,
    )
    return bytes(drawn)


@cache
def _fonts() -> tuple[str | None, list[str]]:
    """The family to use and the files to read."""
    there = {path.stem: str(path) for folder in FOLDERS for path in sorted(folder.rglob("*.[to]tf"))}
    found = [pair for pair in _WANTED if pair[0] in there]
    files = [there[name] for pair in found for name in pair if name in there]
    return (_FAMILIES[found[0][0].split("-")[0]], files) if found else (None, [])
