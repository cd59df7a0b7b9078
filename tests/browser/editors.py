"""What the editors and page builders of other systems make of HTML that somebody pastes into them.

Each takes what was pasted and gives what a visitor's browser is sent, as docs/embedding.md describes it.
"""

from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

_VOID = {"img", "br"}
_TEXT = {"p": (), "a": ("href", "title", "rel", "target"), "img": ("src", "alt", "width", "height"), "br": (), "b": ()}
_FRAME = ("src", "title", "width", "height", "frameborder", "loading")
_OEMBED = {
    "a": ("href",),
    "blockquote": (),
    "iframe": ("src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"),
}

Allowed = Mapping[str, tuple[str, ...]]


class _Filter(HTMLParser):
    """Keeps allowed elements with allowed attributes, the words of the others, and nothing of scripts."""

    def __init__(self, allowed: Allowed, extra: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed, self.extra, self.out, self.silent = allowed, extra, "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = self.silent or tag in ("script", "style")
        if tag in self.allowed:
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in self.allowed[tag])
            self.out += f"<{tag}{kept}{self.extra.get(tag, '')}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = False
        if tag in self.allowed and tag not in _VOID:
            self.out += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out += escape(data)


def filtered(html: str, allowed: Allowed, extra: Mapping[str, str] | None = None) -> str:
    """``html`` with nothing but ``allowed``; ``extra`` is written into the elements it names."""
    made = _Filter(allowed, extra or {})
    made.feed(html)
    made.close()
    return made.out


def untouched(html: str) -> str:
    """WordPress for administrators of a single site; Blogger's HTML view."""
    return html


def wordpress_author(html: str) -> str:
    """WordPress for authors, and for everybody but the super admin of a multisite: no frame, no script."""
    return filtered(html, _TEXT)


def opensid(html: str) -> str:
    """OpenSID umum: frames stay, scripts go."""
    return filtered(html, {**_TEXT, "iframe": _FRAME})


def opensid_premium(html: str) -> str:
    """OpenSID premium with a newer editor: every frame gets the strictest sandbox there is."""
    return filtered(html, {**_TEXT, "iframe": _FRAME}, {"iframe": ' sandbox=""'})


def openkab(html: str) -> str:
    """OpenKab: HTML Purifier removes frames of hosts it does not know."""
    return filtered(html, _TEXT)


def opendk(html: str) -> str:
    """OpenDK: a frame is shown as its own code."""
    return escape(html) if "<iframe" in html else filtered(html, _TEXT)


def google_sites(html: str) -> str:
    """Google Sites, *Sematkan kode*: the code lives in a frame of another origin."""
    sandbox = "allow-scripts allow-popups allow-forms allow-popups-to-escape-sandbox allow-downloads"
    return f'<iframe sandbox="{sandbox}" width="640" height="560" srcdoc="{escape(html)}"></iframe>'


def wordpress_oembed(answer: Mapping[str, object]) -> str:
    """What WordPress makes of an oEmbed answer of a site it does not know (``wp_filter_oembed_result``)."""
    html = filtered(str(answer["html"]), _OEMBED)
    assert html.count("<iframe") == 1 and html.endswith("</iframe>"), "WordPress would show a bare link"
    assert "<blockquote" not in html, "WordPress would hide the frame until a script answers"
    head, _, tail = html.partition(' src="')
    address, _, rest = tail.partition('"')
    marked = f'{head} src="{address}#?secret=abcdefghij" data-secret="abcdefghij"{rest}'
    return marked.replace(
        "<iframe", '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    )


KEEP_FRAMES: Mapping[str, Callable[[str], str]] = {
    "WordPress, administrator": untouched,
    "OpenSID": opensid,
    "OpenSID premium": opensid_premium,
    "Blogger": untouched,
    "Google Sites": google_sites,
}
REMOVE_FRAMES: Mapping[str, Callable[[str], str]] = {
    "WordPress, author or multisite": wordpress_author,
    "OpenKab": openkab,
    "OpenDK": opendk,
}
