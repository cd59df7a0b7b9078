"""What every template can say: sentences in its language, addresses, built files, the site's own name."""

import re
from typing import Any

from flask import Flask, render_template
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from geoapp.i18n import speak
from geoapp.web.links import address
from geoapp.web.service import service

_HARMFUL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that show nothing themselves, but turn the words behind them round or break the page."""

_HYPHENED = re.compile(r"\b(\w{1,3}-\d+)\b")
_UNBROKEN = Markup('<span class="unbroken">{}</span>')


def install(app: Flask) -> None:
    """Give ``app`` its words for templates; a name that a template misspells is an error, not an empty text."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.finalize = harmless
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    app.jinja_env.filters["unbroken"] = unbroken
    app.jinja_env.globals.update(say=_say, address=address, asset=_asset, site=_site)


def harmless(said: Any) -> Any:
    """What a template is about to write, text or markup, without signs that would act on the words around it."""
    return type(said)(_HARMFUL.sub("", said)) if isinstance(said, str) and _HARMFUL.search(said) else said


def unbroken(said: str) -> Markup:
    """``said`` with its ordinals (``ke-27``) kept on one line; browsers break behind a hyphen."""
    parts = enumerate(_HYPHENED.split(said))
    return Markup().join(_UNBROKEN.format(each) if number % 2 else each for number, each in parts)


def page(template: str, **values: Any) -> bytes:
    """A rendered page as bytes."""
    return render_template(template, **values).encode()


@pass_context
def _say(context: Context, message: str, **values: Any) -> str:
    return speak(context["lang"], message, **values)


def _asset(name: str) -> str:
    return service().assets.url(name)


def _site() -> Any:
    return service().catalogue.site
