"""Names of districts, regencies and provinces as tables write them: the kind in front, abbreviated or left out."""

import re
from collections.abc import Mapping

from geoapp.domain.names import normalise

_KIND = re.compile(
    r"^\s*(?P<kind>kabupaten|kab|kota|kotamadya|kodya|provinsi|propinsi|prov|kecamatan|kec|distrik|kapanewon|kemantren)"
    r"\b[\s.]*((administrasi|adm|administratif)\b[\s.]*)?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(kecamatan|kec|distrik|kapanewon|kemantren|kabupaten|kab|kota|provinsi|prov)\b[\s.:=]*((?:administrasi|adm)\b[\s.]*)?"
    r"([^\W_][\w'’.-]*(?:\s+[^\W_][\w'’-]*){0,5})",
    re.IGNORECASE,
)
_LEVELS = {"kec": "district", "dis": "district", "kap": "district", "kem": "district"}


def bare(name: str) -> str:
    """The name of an upper region without its kind, normalised.

    >>> bare("KAB.ADM.KEP.SERIBU"), bare("Kota Administrasi Jakarta Selatan"), bare("KABUPATEN BOGOR")
    ('kepulauanseribu', 'jakartaselatan', 'bogor')
    """
    rest = _KIND.sub("", name, count=1)
    text = rest if any(map(str.isalpha, rest)) else name
    return normalise(re.sub(r"\bkep(ulauan)?\b\.?\s*", "kepulauan ", text, flags=re.IGNORECASE))


def kind_of_name(name: str) -> str:
    """``kota`` or ``kabupaten`` where the name says so, else an empty text.

    >>> kind_of_name("KOTA BATU"), kind_of_name("Kab. Malang"), kind_of_name("Malang")
    ('kota', 'kabupaten', '')
    """
    match = _KIND.match(name)
    said = match["kind"].lower() if match and name[match.end() :].strip() else ""
    if said in ("kota", "kotamadya", "kodya"):
        return "kota"
    return "kabupaten" if said in ("kabupaten", "kab") else ""


def kind_of_code(code: str) -> str:
    """``kota`` or ``kabupaten`` as the number of the regency says in both systems; empty above the regency.

    >>> kind_of_code("35.73.02.1005"), kind_of_code("3507"), kind_of_code("35")
    ('kota', 'kabupaten', '')
    """
    digits = code.replace(".", "")[2:4]
    if len(digits) < 2 or not digits.isdigit():
        return ""
    return "kota" if digits >= "71" else "kabupaten"


def named_in(text: str, known: Mapping[tuple[str, str], str]) -> set[str]:
    """The upper regions that a title names with their kind; ``known`` is (kind, bare name) → code.

    The kinds are ``district``, ``kota``, ``kabupaten`` and ``province``; the longest name that is known counts.

    >>> named_in("Penduduk di Kecamatan Lowokwaru Kota Malang, 2010", {("district", "lowokwaru"): "35.73.05"})
    {'35.73.05'}
    >>> named_in("KECAMATAN : LOWOKWARU", {("district", "lowokwaru"): "35.73.05"})
    {'35.73.05'}
    """
    found = set()
    for start in re.finditer(r"\b(?=\w)", text):
        match = _SAID.match(text, start.start())
        if match is None:
            continue
        said = match[1].lower()[:3]
        kind = _LEVELS.get(said, {"kab": "kabupaten", "kot": "kota", "pro": "province"}.get(said, ""))
        words = match[3].split()
        for length in range(len(words), 0, -1):
            if code := known.get((kind, bare(" ".join(words[:length]).strip(".,;")))):
                found.add(code)
                break
    return found
