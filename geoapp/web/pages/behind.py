"""What a page says of the table behind its map: rows by fate, what was carried over, how complete each parent is."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from geoapp.atlas import published, words
from geoapp.web.pages import report
from geoapp.web.pages.addresses import Addresses
from geoapp.web.service import service


class Behind(Addresses):
    """The table behind one map, in one language."""

    @cached_property
    def _kept(self) -> Mapping[str, Any]:
        return published.table_report(service().store, self.layer.release.id)

    @cached_property
    def table_rows(self) -> str:
        """How many rows the table had, and what became of them."""
        return report.rows_sentence(self._kept, self.lang)

    @cached_property
    def table_reasons(self) -> list[str]:
        """Why rows were not joined."""
        return report.reasons(self._kept, self.lang)

    @cached_property
    def table_lineage(self) -> list[str]:
        """Which figures of the period were led here from codes that ended."""
        return report.lineage(self._kept, self.page.period.text, self.lang)

    @cached_property
    def carried(self) -> str:
        """How many figures are of the release before."""
        return report.carried(self._kept, self.lang)

    @cached_property
    def parents(self) -> list[report.Parent]:
        """How complete each parent is."""
        return report.parents(self.page)

    @cached_property
    def incomplete(self) -> list[report.Parent]:
        """The parents that lack a figure, the emptiest first."""
        return sorted(
            (each for each in self.parents if each.known < each.total), key=lambda each: each.known - each.total
        )

    def parents_word(self, n: int) -> str:
        """What ``n`` of the parents are called."""
        parent = next((each.parent for each in self.page.regions if each.parent in self.page.ancestors), None)
        above = self.page.ancestors[parent] if parent else None
        return words.level_word(self.lang, above.level, words.kinds([above]), n) if above else ""
