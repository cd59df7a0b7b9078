"""The service's log: one JSON object a line, each with its request's id, none with personal data."""

import json
import logging
import re
import sys
import uuid
from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import structlog
from flask import Flask, Response, g, request
from gunicorn.glogging import Logger
from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars

from geoapp.settings import Settings

HEADER = "X-Request-ID"
_REQUEST = ("method", "path", "status", "ms", "bytes", "request_id")
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")

_COMMON: list[structlog.typing.Processor] = [
    merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.processors.format_exc_info,
]


def install(app: Flask) -> None:
    """Give every request of ``app`` an id, in its log lines and its answer."""
    configure(app.extensions["geoapp"].settings.log_format)
    app.before_request(_begin)
    app.after_request(_echo)
    app.teardown_request(_end)


def configure(form: Literal["json", "text"]) -> None:
    """Send all logging of this process to stderr in ``form``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def formatter(form: Literal["json", "text"]) -> logging.Formatter:
    """How a line is written: an object for machines, or a plain line for a person at a terminal."""
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    chain = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_COMMON, processors=chain)


def request_id(asked: str | None) -> str:
    """The id a client or proxy sent, if it is a sane one; else a new one.

    >>> request_id("0af7651916cd43dd"), request_id("x\\nforged: line") == "x\\nforged: line"
    ('0af7651916cd43dd', False)
    """
    return asked if asked and _SANE.fullmatch(asked) else uuid.uuid4().hex


def _begin() -> None:
    g.request_id = request_id(request.headers.get(HEADER))
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)


def _echo(response: Response) -> Response:
    response.headers[HEADER] = g.get("request_id", "")
    return response


def _end(_error: BaseException | None) -> None:
    clear_contextvars()


class RequestLine(logging.Formatter):
    """A request's line as ``formatter("json")`` writes it, in one step: it is written for every tile."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        said = {name: record.__dict__[name] for name in _REQUEST}
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return json.dumps(said | {"event": "request", "level": "info", "logger": record.name, "time": at})


class GunicornLog(Logger):
    """Gunicorn's own lines in the same form; of a request no address, no browser, no query."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does, with our formatter."""
        super().setup(cfg)
        form = Settings().log_format
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(form))
        for handler in self.access_log.handlers:
            handler.setFormatter(RequestLine() if form == "json" else formatter(form))

    def access(self, resp: Any, req: Any, environ: MutableMapping[str, Any], request_time: timedelta) -> None:
        """One line for one answered request."""
        sent = {name.lower(): value for name, value in resp.headers}
        self.access_log.info(
            "request",
            extra={
                "method": environ.get("REQUEST_METHOD"),
                "path": environ.get("PATH_INFO"),
                "status": int(str(resp.status).split(" ", 1)[0]),
                "ms": round(request_time.total_seconds() * 1000, 1),
                "bytes": getattr(resp, "sent", None),
                "request_id": sent.get(HEADER.lower()),
            },
        )
