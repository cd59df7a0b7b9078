"""What became of a region's code, and what it came from, as the lineage has it."""

from collections.abc import Sequence

from geoapp.atlas.search import Findings, search
from geoapp.domain.codes import CodeSystem
from geoapp.domain.lineage import Change, Lineage
from geoapp.store import lineage
from geoapp.store.database import Store


def heirs(store: Store, meanings: Sequence[tuple[CodeSystem, str]]) -> Findings:
    """The regions here that followed a code that ended, whichever system it is of."""
    with store.read() as connection:
        pasts = {system: Lineage.of(lineage.steps(connection, system)) for system, _ in meanings}
    codes = [(system, heir) for system, code in meanings for heir in sorted(pasts[system].heirs(code) - {code})]
    found = (search(store, f"{system.value} {heir}", most=1).regions for system, heir in codes)
    return Findings(regions=tuple(each for regions in found for each in regions))


def history(store: Store, system: CodeSystem, code: str) -> tuple[Change, ...]:
    """The changes in which a code took part, the newest first."""
    with store.read() as connection:
        if not lineage.steps(connection, system, code):
            return ()
        changes = Lineage.of(lineage.steps(connection, system)).changes
    return tuple(reversed([each for each in changes if code in each.olds | each.news]))
