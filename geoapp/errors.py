"""Everything geoapp foresees going wrong, as one tree; a door turns the kind into a status or an exit code.

GeoappError            foreseen; carries a message id and its values, rendered at a door in the reader's language
├── BadRequest         the question itself cannot be read               400   exit 2
├── NotFound           we hold no such thing                            404   exit 1
├── Refused            understood, but a rule of the house forbids it   409   exit 1
│   └── Question       only a person can say; the options that answer   409   exit 1
├── Gone               it was published and has been withdrawn          410   exit 1
└── Unavailable        something we stand on does not answer            503   exit 3
"""

from typing import Any


class GeoappError(Exception):
    """A foreseen failure: ``message`` is an id of the catalogue in ``i18n/``, ``values`` fill its places."""

    def __init__(self, message: str, /, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.message}({said})"


class BadRequest(GeoappError):
    """The question cannot be read."""


class NotFound(GeoappError):
    """We hold no such thing."""


class Refused(GeoappError):
    """Understood, but a rule of the house forbids it."""


class Question(Refused):
    """It cannot go on before a person says something; ``options`` are the options of the command line that say it."""

    def __init__(self, message: str, /, *options: str, **values: Any) -> None:
        super().__init__(message, **values)
        self.options = options


class Gone(GeoappError):
    """It was published and has been withdrawn."""


class Unavailable(GeoappError):
    """Something we stand on does not answer."""
