"""Answers that never change, given again without asking the application: tiles, places and built files.

The application decides what such an answer is, by the age it allows (``Keep.FOREVER``); here it is only remembered. A
map asks for dozens of them, and finding the route and dressing the answer costs many times what sending it does.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from geoapp.web.caching import Keep
from geoapp.web.log import HEADER, request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ROOM = 32 << 20
"""Bytes one worker spends; the bodies of tiles are those of its shelf, and counted twice."""
_ENTRY = 2048
"""About what an answer weighs beside its body."""
_VERSIONED = re.compile(r"v=[0-9a-f]{8}")
"""The one query that belongs to an answer for ever: which version of the shapes it is of."""
_OF_BODIES = ("content-type", "content-length", "content-encoding")

Key = tuple[str, str, str]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer without its request's number: the body, its tag, and the headers with and without a body."""

    body: bytes
    etag: str
    full: Headers
    unchanged: Headers

    @classmethod
    def of(cls, body: bytes, headers: Headers) -> "Answer":
        """From what the application said."""
        kept = [(name, value) for name, value in headers if name.lower() != HEADER.lower()]
        unchanged = [(name, value) for name, value in kept if name.lower() not in _OF_BODIES]
        return cls(body, dict(kept).get("ETag", ""), kept, unchanged)

    def give(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """200, or 304 to a reader who has it."""
        number = (HEADER, request_id(environ.get("HTTP_X_REQUEST_ID")))
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [*self.unchanged, number])
            return []
        start_response("200 OK", [*self.full, number])
        return [self.body]


class Warm:
    """The application, with what it said for ever kept in front of it, up to ``room`` bytes."""

    def __init__(self, app: "WSGIApplication", room: int = _ROOM) -> None:
        self._app = app
        self._room = room
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._used = 0
        self._guard = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or let the application answer and listen."""
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] != "GET" or (query and not _VERSIONED.fullmatch(query)):
            return self._app(environ, start_response)
        key = (environ["PATH_INFO"], query, environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = self._answers.get(key)
        return found.give(environ, start_response) if found else self._listen(key, environ, start_response)

    def _listen(self, key: Key, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, headers = "", Headers()

        def noted(said: str, with_headers: Headers, *more: Any) -> Any:
            nonlocal status, headers
            status, headers = said, with_headers
            return start_response(said, with_headers, *more)

        answered = self._app(environ, noted)
        if not status.startswith("200") or ("Cache-Control", Keep.FOREVER.value) not in headers:
            return answered
        try:
            body = b"".join(answered)
        finally:
            getattr(answered, "close", lambda: None)()
        self._keep(key, Answer.of(body, headers))
        return [body]

    def _keep(self, key: Key, answer: Answer) -> None:
        with self._guard:
            if answer.etag and key not in self._answers and len(answer.body) + _ENTRY <= self._room:
                self._answers[key] = answer
                self._used += len(answer.body) + _ENTRY
            while self._used > self._room:
                _, dropped = self._answers.popitem(last=False)
                self._used -= len(dropped.body) + _ENTRY
