"""The tables, in three schemas; every constraint is named and says which state cannot exist.

``geography`` holds published editions and official lists, ``intake`` what is on its way in, ``published`` what the
public may see. The role ``geoapp_public`` may only SELECT from ``geography`` and ``published``.
"""

from geoapp.store.tables.base import SCHEMAS, Base
from geoapp.store.tables.geography import (
    CodeListRow,
    CoverageRow,
    EditionRow,
    NatureRow,
    OfficialCodeRow,
    OutlineRow,
    RegionRow,
)
from geoapp.store.tables.intake import AuditRow, BatchRow, MappingRow, SourceRow, StagedRow
from geoapp.store.tables.lineage import LineageRow
from geoapp.store.tables.places import AliasRow, CrosswalkCodeRow, CrosswalkRow, RegionSetRow
from geoapp.store.tables.published import AggregateRow, LayerRow, ObservationRow, PlanRow, ReleaseRow
from geoapp.store.tables.search import RegionNameRow
from geoapp.store.tables.surroundings import SurroundingsRow

__all__ = [
    "SCHEMAS",
    "AggregateRow",
    "AliasRow",
    "AuditRow",
    "Base",
    "BatchRow",
    "CodeListRow",
    "CoverageRow",
    "CrosswalkCodeRow",
    "CrosswalkRow",
    "EditionRow",
    "LayerRow",
    "LineageRow",
    "MappingRow",
    "NatureRow",
    "ObservationRow",
    "OfficialCodeRow",
    "OutlineRow",
    "PlanRow",
    "RegionNameRow",
    "RegionRow",
    "RegionSetRow",
    "ReleaseRow",
    "SourceRow",
    "StagedRow",
    "SurroundingsRow",
]
