"""A region in figures at ``/regions/<code>``: by its code in either system, or as one edition has it.

An undotted code of ten digits means one village to Kemendagri and another to BPS: it answers 300 with both.
"""

from dataclasses import dataclass

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from geoapp.atlas import geography
from geoapp.atlas import portrait as portraits
from geoapp.atlas.heirs import heirs, history
from geoapp.atlas.search import Findings, resolve, search
from geoapp.domain.codes import CodeSystem, RegionCode, canonical
from geoapp.domain.lineage import Change
from geoapp.domain.regions import Edition
from geoapp.domain.words import Language
from geoapp.i18n import dates, speak
from geoapp.store import places as links
from geoapp.store.search import Known
from geoapp.web import dress, locator, places
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates, base
from geoapp.web.pages.areas import areas
from geoapp.web.pages.portrait import PortraitView
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.pages.search import dressed
from geoapp.web.request import Question, ask_kindly
from geoapp.web.service import service

_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an undotted code means in one system; ``name`` is empty where nothing here has that code."""

    code: str
    name: str
    facts: str
    href: str


@BLUEPRINT.get("/regions")
def regions_page() -> Response:
    """200 the areas that have maps, with the regions to begin with; 304 unchanged."""
    question = ask_kindly(request.args, "lang")
    html = dress.page(
        "regions.html",
        lang=question.lang,
        areas=areas(question.lang),
        notices=question.notices,
        alternates=alternates("/regions"),
        canonical=absolute(address("/regions", lang=question.lang)),
    )
    return answer(Body(html, HTML), Keep.MOVING)


@BLUEPRINT.get("/regions/<code>")
def region_page(code: str) -> AnyResponse:
    """200 the region; 300 two regions have this code; 302 to how we write it, or to its other code; 304; 404."""
    question = ask_kindly(request.args, "lang")
    found = _meanings(code)
    there = [(system, text, known) for system, text in found if (known := resolve(service().store, system, text))]
    if not there:
        other = _by_other_code(found)
        return redirect(places.href_of(*other, question.lang)) if other else _missing(code, question)
    if len(found) > 1:
        return _two_meanings(code, found, question)
    system, text, known = there[0]
    if f"/regions/{code}" != places.href_of(system, text, "id"):
        return redirect(places.href_of(system, text, question.lang))
    return _page(text, tuple(known), question, pinned=False)


@BLUEPRINT.get("/regions/<edition>/<code>")
def region_of_edition(edition: str, code: str) -> Response:
    """200 the region as this edition has it; 304 unchanged; 404 no such edition, or with suggestions."""
    question = ask_kindly(request.args, "lang")
    asked = geography.edition(service().store, edition)
    known = resolve(service().store, asked.code_system, canonical(asked.code_system, code) or code, edition)
    if not known or known[0].edition != edition:
        return _missing(code, question)
    return _page(known[0].code, tuple(known), question, pinned=True)


def _meanings(raw: str) -> list[tuple[CodeSystem, str]]:
    """The systems in which a text is a code, with its canonical text; both for most undotted ones."""
    systems = tuple(CodeSystem)
    if raw.lower().startswith("bps-"):
        raw, systems = raw[4:], (CodeSystem.BPS,)
    found = [(system, text) for system in systems if (text := canonical(system, raw))]
    return found[:1] if len({text for _, text in found}) < 2 else found


def _by_other_code(found: list[tuple[CodeSystem, str]]) -> tuple[CodeSystem, str] | None:
    """The one region that is here under its code of the other system, where a crosswalk links the two one to one."""
    here: list[tuple[CodeSystem, str]] = []
    for system, text in found:
        other = CodeSystem.BPS if system is CodeSystem.KEMENDAGRI else CodeSystem.KEMENDAGRI
        with service().store.read() as connection:
            linked = links.crosswalk(connection, system, [text]).get(text, ())
        here.extend((other, each.code) for each in linked if each.alone and resolve(service().store, other, each.code))
    return here[0] if len(here) == 1 else None


def _page(code: str, known: tuple[Known, ...], question: Question, pinned: bool) -> Response:
    store, lang = service().store, question.lang
    edition = geography.edition(store, known[0].edition)
    shown = portraits.live(store, edition.id)
    others, past = _other_codes(edition, code), history(store, edition.code_system, code)
    key = ("region", base(), code, known, shown, others, past, lang, pinned, repr(question.notices))

    def rendered() -> Body:
        found = portraits.portrait(store, edition, code, shown, [each.edition for each in known])
        assert found is not None  # it was resolved above, and editions never change
        view = PortraitView(found, lang, service().catalogue.indicators, known, others, pinned)
        html = dress.page(
            "region.html",
            lang=lang,
            portrait=view,
            history=[_told(each, lang) for each in past],
            locator=locator.inline(found, view.name, lang),
            notices=question.notices,
            alternates=alternates(view.path),
        )
        return Body(html, HTML)

    return answer(service().kept.get(key, rendered), Keep.MOVING)


def _told(change: Change, lang: Language) -> str:
    """What happened to a code, when and by which act."""
    olds, news = ", ".join(sorted(change.olds)), ", ".join(sorted(change.news))
    said = {"day": dates.day(lang, change.since), "olds": olds, "news": news, "act": change.act}
    return speak(lang, f"lineage.history.{change.kind.value}", **said)


def _other_codes(edition: Edition, code: str) -> tuple[str, ...]:
    """The codes of the other system that a crosswalk gives, one to one."""
    if RegionCode(edition.code_system, code).local:
        return ()
    with service().store.read() as connection:
        found = links.crosswalk(connection, edition.code_system, [code])
    return tuple(each.code for each in found.get(code, ()) if each.alone)


def _two_meanings(raw: str, found: list[tuple[CodeSystem, str]], question: Question) -> Response:
    lang, store = question.lang, service().store
    meanings = []
    for system, text in found:
        regions = search(store, f"{system.value} {text}", most=1).regions if resolve(store, system, text) else ()
        name = places.full_name(regions[0].name, regions[0].level, regions[0].kind, regions[0].code) if regions else ""
        facts = places.parents_line(regions[0].above) if regions else ""
        line = places.code_line(lang, system, text)
        meanings.append(Meaning(line, name, facts, places.href_of(system, text, lang)))
    html = dress.page(
        "region_two.html", lang=lang, asked=raw, meanings=meanings, notices=question.notices,
        alternates=alternates(f"/regions/{raw}"),
    )  # fmt: skip
    response = answer(Body(html, HTML), Keep.MOVING)
    if response.status_code == 200:
        response.status_code = 300
    return response


def _missing(raw: str, question: Question) -> Response:
    """The page of a region that is not here: what may have been meant, and the search."""
    followed = heirs(service().store, _meanings(raw))
    found = _suggested(raw) if followed.nothing else followed
    html = dress.page(
        "region_missing.html",
        lang=question.lang,
        asked=raw[:60],
        results=dressed(found, "", question.lang),
        followed=not followed.nothing,
        notices=question.notices,
        alternates=alternates(f"/regions/{raw[:60]}"),
    )
    response = answer(Body(html, HTML), Keep.MOVING)
    response.status_code = 404
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _suggested(raw: str) -> Findings:
    """Regions whose code begins like the one asked for, or whose name is like it."""
    store = service().store
    if not _meanings(raw):
        return search(store, raw.replace("-", " "), most=_SUGGESTED)
    for length in range(len(raw) - 1, 4, -1):
        found = search(store, raw[:length], most=_SUGGESTED)
        if not found.nothing:
            return found
    return search(store, "")
