"""Tokens of the drawn map, and the patterns by which states, zero and estimates are told from classes."""

from geoapp.domain.observations import Mark, State
from geoapp.layers.plan import BYTE_STATES, MARK_BITS, STATE_BYTES, Plan

INK = "#14212b"
INK_2 = "#46535d"
PAPER = "#ffffff"
RULE = "#dcdedb"
LAND = "#f2f0ea"
WATER = "#dbe6ec"
BEYOND = "#cfcabd"
"""Borders of neighbours, and their coast."""
SEA_NAME = "#456878"
NEIGHBOUR_NAME = "#6b675c"
OUTLINE = "#3a4650"
SELECTED = "#10181e"
CIRCLE = "#37689f"
PATTERN_INK = "#6f695d"
PATTERN_GROUND = "#fbfaf7"
DARKER_THAN = 60
"""Classes up to this L* carry white dots, lighter ones ink."""
DARK_GROUND = 51
"""Up to this L* white letters stand out more than dark ones."""
SERIF = "Georgia, Gelasio, Noto Serif, DejaVu Serif, serif"
FAMILY = "Inter, Noto Sans, Segoe UI, Roboto, Ubuntu, Cantarell, Arial, DejaVu Sans, sans-serif"

_INNER = {
    State.MISSING: (6, 6, '<path d="M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5" stroke-width="1.4"/>'),
    State.SUPPRESSED: (
        6,
        6,
        '<path d="M-1.5 1.5 1.5-1.5M0 6 6 0M4.5 7.5 7.5 4.5M-1.5 4.5 1.5 7.5M0 0 6 6M4.5-1.5 7.5 1.5"'
        ' stroke-width="1.2"/>',
    ),
    State.NOT_APPLICABLE: (10, 14, '<path d="M1 3.5h4M6 10.5h4" stroke-width="1.3"/>'),
}
_ZERO = (9, 9, '<circle cx="4.5" cy="4.5" r="2.2" stroke-width="1.2"/>')


NIGHT = (
    "@media(prefers-color-scheme:dark){"
    ".water{fill:#0b1217}.land,.c254,.circles .regions path:not([fill^=url]){fill:#1d252b}"
    "path.land,.beyond{stroke:#36424b}.outline{stroke:#c9d3da}.casing,.between,.parents{stroke:#0b1014}"
    "g.circles{fill:#7fb3e6;stroke:#12181d}.pattern-ground{fill:#222b32}.pattern-line{stroke:#98a5ae}}"
)
"""Ground, borders and circles of a small picture on a dark page: classes never change their colour."""


def has_zero_class(plan: Plan) -> bool:
    """Whether class 0 is the figure zero, which is drawn as rings and not as a colour."""
    return any(row.kind == "zero" for row in plan.legend)


def estimated(plan: Plan, number: int) -> bool:
    """Whether the figure of the region with this number is an estimate."""
    return bool(plan.marks) and bool(plan.marks[number - 1] & MARK_BITS[Mark.ESTIMATED])


def has_estimates(plan: Plan, first: int, last: int) -> bool:
    """Whether any region of a range of numbers is an estimate."""
    return any(each & MARK_BITS[Mark.ESTIMATED] for each in set(plan.marks[first - 1 : last]))


def fill(plan: Plan, number: int, prefix: str) -> str:
    """The ``fill`` of a region: its colour, or the pattern of its state, of zero or of an estimate."""
    byte = plan.classes[number - 1]
    if byte in BYTE_STATES:
        return state_fill(BYTE_STATES[byte], prefix)
    if plan.kind == "circles":
        return LAND
    if byte == 0 and has_zero_class(plan):
        return f"url(#{prefix}zero)"
    return f"url(#{prefix}e{byte})" if estimated(plan, number) else plan.colours[byte]


def state_fill(state: State, prefix: str) -> str:
    """The ``fill`` of a state; a region out of scope is land."""
    return LAND if state is State.OUT_OF_SCOPE else f"url(#{prefix}{state.value})"


def patterns(plan: Plan, prefix: str, scale: float = 1.0) -> str:
    """The ``<pattern>`` elements a plan needs; ``scale`` undoes that of the group they are used in."""
    drawn = [_pattern(prefix + state.value, *_INNER[state], scale) for state in _INNER if _occurs(plan, state)]
    if has_zero_class(plan):
        drawn.append(_pattern(prefix + "zero", *_ZERO, scale))
    if plan.kind != "circles":
        drawn += [
            _dotted(prefix, byte, plan.colours[byte], scale)
            for byte in _estimated_bytes(plan)
            if byte not in BYTE_STATES
        ]
    return "".join(drawn)


def lightness(colour: str) -> float:
    """L* of a colour ``#rrggbb``.

    >>> round(lightness("#ffffff")), round(lightness("#3498a9"))
    (100, 58)
    """
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def letter_ink(colour: str) -> str:
    """The ink for a letter on a class colour: at least 4.5 : 1."""
    return PAPER if lightness(colour) <= DARK_GROUND else SELECTED


def _occurs(plan: Plan, state: State) -> bool:
    return STATE_BYTES[state] in plan.classes


def _estimated_bytes(plan: Plan) -> list[int]:
    pairs = set(zip(plan.classes, plan.marks, strict=False))
    return sorted({byte for byte, mark in pairs if mark & MARK_BITS[Mark.ESTIMATED]})


def _pattern(name: str, width: int, height: int, inner: str, scale: float) -> str:
    ground = f'<rect width="{width}" height="{height}" fill="{PATTERN_GROUND}" class="pattern-ground"/>'
    lines = f'<g stroke="{PATTERN_INK}" fill="none" class="pattern-line">{inner}</g>'
    return _wrapped(name, width, height, ground + lines, scale)


def _dotted(prefix: str, byte: int, colour: str, scale: float) -> str:
    dark = lightness(colour) <= DARKER_THAN
    dot, opacity = (PAPER, ".85") if dark else (INK, ".75")
    dots = "".join(f'<circle cx="{at}" cy="{at}" r=".9"/>' for at in (1.5, 4.5))
    inner = f'<rect width="6" height="6" fill="{colour}"/><g fill="{dot}" fill-opacity="{opacity}">{dots}</g>'
    return _wrapped(f"{prefix}e{byte}", 6, 6, inner, scale)


def _wrapped(name: str, width: int, height: int, inner: str, scale: float) -> str:
    zoom = f' patternTransform="scale({scale:g})"' if scale != 1 else ""
    size = f'width="{width}" height="{height}" patternUnits="userSpaceOnUse"'
    return f'<pattern id="{name}" {size}{zoom}>{inner}</pattern>'
