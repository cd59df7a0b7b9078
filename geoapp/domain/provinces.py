"""Where each province lies, as a box: enough to see that a file's coordinates are somewhere else."""

from geoapp.domain.regions import Box

BOXES: dict[str, Box] = {
    "11": (94.9, 1.9, 98.3, 6.1), "12": (97.0, -0.7, 100.5, 4.4), "13": (98.5, -3.6, 101.9, 1.0),
    "14": (100.0, -1.2, 103.9, 3.0), "15": (101.1, -2.8, 104.6, -0.7), "16": (102.0, -5.0, 106.3, -1.6),
    "17": (101.0, -5.6, 103.8, -2.2), "18": (103.5, -6.2, 106.3, -3.7), "19": (105.1, -3.5, 108.9, -1.4),
    "21": (103.2, -1.3, 109.2, 4.8), "31": (106.3, -6.4, 107.0, -5.2), "32": (106.3, -7.9, 108.9, -5.8),
    "33": (108.5, -8.3, 111.7, -5.7), "34": (110.0, -8.3, 110.9, -7.5), "35": (110.8, -8.8, 116.3, -5.0),
    "36": (105.0, -7.1, 106.8, -5.8), "51": (114.4, -8.9, 115.8, -8.0), "52": (115.8, -9.2, 119.4, -8.0),
    "53": (118.9, -11.1, 125.2, -7.7), "61": (108.6, -3.1, 114.3, 2.1), "62": (110.7, -3.6, 115.9, 0.8),
    "63": (114.3, -5.0, 117.5, -1.3), "64": (113.8, -2.5, 119.1, 2.6), "65": (114.5, 1.1, 118.0, 4.5),
    "71": (123.1, 0.2, 127.2, 5.6), "72": (119.4, -3.7, 124.2, 1.4), "73": (117.0, -7.8, 122.3, -1.9),
    "74": (120.8, -6.3, 124.7, -2.7), "75": (121.1, 0.3, 123.6, 1.1), "76": (117.0, -3.6, 119.9, -0.8),
    "81": (125.7, -8.4, 135.0, -2.7), "82": (124.2, -2.5, 130.0, 2.7),
}  # fmt: skip
"""Degrees (west, south, east, north) by the first two digits of a code, in both systems the same, measured on the
public compilation of village boundaries of 2026 and rounded outward."""
PAPUA: Box = (129.2, -9.2, 141.1, 1.1)
"""The codes from 91 on name other provinces in either system, and did before 2022."""


def box_of(code: str) -> Box | None:
    """Where the province of a code lies; None for a code that is no province's.

    >>> box_of("35.73.01.1001"), box_of("9471010001") == PAPUA
    ((110.8, -8.8, 116.3, -5.0), True)
    """
    province = code[:2]
    return PAPUA if "91" <= province <= "97" else BOXES.get(province)
