"""Read sequential ramps off a source colour map at even steps of lightness: L* 89 to 27.

Run: python styles/ladder.py seaborn/cm.py cmcrameri/cmaps/acton.txt   (files of seaborn 0.13.2 and cmcrameri 1.10)
Prints the ``ramps`` of laut (mako), bara (rocket) and senja (acton) for palettes.toml. The five-class ramps there came
first, from the design, and differ by rounding (at most two of 255); their ends are taken over here, so that every ramp
of a palette begins and ends alike.
"""

import ast
import sys
from pathlib import Path

import numpy as np

LIGHT, DARK = 89.0, 27.0
ENDS = {"laut": ("#c2e9cd", "#403872"), "bara": ("#f8dac5", "#701f57"), "senja": ("#ecdaed", "#453867")}


def seaborn_map(path: Path, name: str) -> np.ndarray:
    """The list ``_<name>_lut`` of seaborn's ``cm.py``, shape (n, 3), 0…1."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == f"_{name}_lut":
            return np.array(ast.literal_eval(node.value))
    raise KeyError(name)


def lightness(rgb: np.ndarray) -> np.ndarray:
    """CIE L* (D65) of sRGB, shape (n, 3) → (n,)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    y = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, y * 24389 / 27)


def ramp(source: np.ndarray, n: int) -> list[str]:
    """``n`` colours from light to dark at even L*, linearly between the source's entries."""
    order = np.argsort(lightness(source))
    ladder = np.linspace(LIGHT, DARK, n)
    rgb = np.column_stack([np.interp(ladder, lightness(source)[order], source[order, c]) for c in range(3)])
    return ["#" + "".join(f"{round(255 * c):02x}" for c in colour) for colour in rgb]


if __name__ == "__main__":
    cm, acton = (Path(each) for each in sys.argv[1:3])
    sources = {"laut": seaborn_map(cm, "mako"), "bara": seaborn_map(cm, "rocket"), "senja": np.loadtxt(acton)}
    for name, source in sources.items():
        print(f"[{name}.ramps]")
        for n in range(2, 10):
            colours = [ENDS[name][0], *ramp(source, n)[1:-1], ENDS[name][1]]
            print(f"{n} = {colours}".replace("'", '"'))
