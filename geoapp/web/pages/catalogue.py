"""The catalogue at ``/``: every public map, kept while the same releases are shown."""

from flask import Response, request

from geoapp.atlas.shelf import live
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates, base
from geoapp.web.pages.cards import SORTS, Contents, contents
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.request import Notice, Question, ask_kindly
from geoapp.web.service import service


@BLUEPRINT.get("/")
def catalogue() -> Response:
    """200 every public map, or those of one theme or area; 304 unchanged."""
    question = ask_kindly(request.args, "lang", "theme", "area", "sort")
    shown = live(service().store)

    def rendered() -> Body:
        made = contents(question, shown)
        html = dress.page(
            "catalogue.html",
            lang=question.lang,
            contents=made,
            notices=(*question.notices, *_unfollowed(question, made)),
            alternates=alternates("/", **made.query),
            canonical=absolute(address("/", **made.query, lang=question.lang)),
        )
        return Body(html, HTML)

    asked = (question.lang, question.theme, question.area, question.sort, repr(question.notices))
    return answer(service().kept.get(("catalogue", base(), shown, *asked), rendered), Keep.MOVING)


def _unfollowed(question: Question, made: Contents) -> list[Notice]:
    """A sentence for each choice that no map answers to."""
    notices = []
    if question.theme and not made.query["theme"]:
        notices.append(Notice("notice.theme", {"asked": question.theme}))
    if question.area and not made.query["area"]:
        notices.append(Notice("notice.catalogue_area", {"asked": question.area}))
    if question.sort and question.sort not in SORTS:
        notices.append(Notice("notice.value", {"name": "sort"}))
    return notices
