"""Words, numbers, dates and periods in the reader's language."""

from geoapp.i18n.catalogue import speak, translations

__all__ = ["speak", "translations"]
