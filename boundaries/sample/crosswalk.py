"""A crosswalk of the island's city: BPS codes that read as Kemendagri codes of other villages, as in real cities.

BPS counts its districts in steps of ten and squeezes new ones between, so ``9971011001`` is a village of Bandar Hulu
that looks like ``99.71.01.1001`` of Bandar Lama. One village of the regency was split since BPS gave its code, so that
code has two partners; the last village of the city has none yet.
"""

from collections.abc import Iterable, Mapping

HEADER = "kode_bps,nama_bps,kode_kemendagri,nama_kemendagri"
DISTRICTS = {"99.71.02": "9971010", "99.71.03": "9971011", "99.71.01": "9971020", "99.01.04": "9901040"}


def lines(called: Mapping[str, str], split: Iterable[str]) -> list[str]:
    """The file's lines for villages by code; ``split`` are the codes of those that were one."""
    found = [HEADER]
    for kemendagri, bps in DISTRICTS.items():
        if kemendagri.startswith("99.71"):
            here = sorted(code for code in called if code.startswith(kemendagri))
            found += [_line(f"{bps}{n:03d}", called[code], code, called[code]) for n, code in enumerate(here, 1)]
    one, *others = split
    old = f"{DISTRICTS[one[:8]]}001"
    found += [_line(old, called[one], code, called[code]) for code in (one, *others)]
    *kept, last = found[: -1 - len(others)]
    return [*kept, last.rsplit(",", 2)[0] + ",,", *found[-1 - len(others) :]]


def _line(bps: str, bps_name: str, code: str, name: str) -> str:
    return f"{bps},{bps_name.upper()},{code},{name}"
