"""The history of releases and corrections: of one map at ``/maps/<layer>/releases``, of all at ``/releases``."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request

from geoapp.atlas.history import Changes, Entry, releases
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import address, alternates, base
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.request import Question, ask_kindly
from geoapp.web.service import service

_CHANGES: Mapping[str, str] = {
    "changed": "releases.changed",
    "added": "releases.added",
    "removed": "releases.removed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One release in words; ``href`` leads to the map as it was then, and is empty for a withdrawn one."""

    map: str
    of_map: str
    date: str
    number: int
    what: str
    withdrawn: str
    shown: bool
    href: str


@BLUEPRINT.get("/releases")
def every_release() -> Response:
    """200 what was published, corrected and withdrawn on this site; 304 unchanged."""
    return _page(ask_kindly(request.args, "lang"), None)


@BLUEPRINT.get("/maps/<layer>/releases")
def map_releases(layer: str) -> Response:
    """200 the same of one map, withdrawn or not; 304 unchanged; 404 no such map."""
    return _page(ask_kindly(request.args, "lang"), layer)


def _page(question: Question, layer: str | None) -> Response:
    found = releases(service().store, layer)
    lang, path = question.lang, f"/maps/{layer}/releases" if layer else "/releases"

    def rendered() -> Body:
        html = dress.page(
            "releases.html",
            lang=lang,
            told=[_told(each, lang) for each in found],
            layer=layer,
            withdrawn=bool(found) and all(each.withdrawn_at for each in found if each.shown),
            notices=question.notices,
            alternates=alternates(path),
        )
        return Body(html, HTML)

    key = ("releases", base(), layer, found, lang, repr(question.notices))
    return answer(service().kept.get(key, rendered), Keep.MOVING)


def _told(entry: Entry, lang: Language) -> Told:
    withdrawn = ""
    if entry.withdrawn_at is not None:
        said = {"date": dates.day(lang, entry.withdrawn_at), "reason": entry.reason}
        withdrawn = speak(lang, "releases.withdrawn", **said)
    pinned = None if entry.shown else entry.release
    return Told(
        map=entry.name[lang],
        of_map=speak(lang, "region.edition", area=entry.area, dated=entry.dated),
        date=dates.day(lang, entry.published_at),
        number=entry.release,
        what=_what(entry.changes, lang),
        withdrawn=withdrawn,
        shown=entry.shown and not withdrawn,
        href="" if withdrawn else address(f"/maps/{entry.layer}", release=pinned, lang=lang),
    )


def _what(changes: Changes | None, lang: Language) -> str:
    """What a release changed, as a sentence."""
    if changes is None:
        return speak(lang, "releases.first")
    said = [
        speak(lang, _CHANGES[name], n=n, count=numbers.figure(lang, n, 0)) for name, n in changes._asdict().items() if n
    ]
    return f"{', '.join(said)}." if said else speak(lang, "releases.same")
