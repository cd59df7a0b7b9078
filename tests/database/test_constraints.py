"""Each named constraint refuses the wrong state it names."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from geoapp.store.database import Store
from geoapp.store.tables import SCHEMAS

SQUARE = "MULTIPOLYGON(((0 0,0 1,1 1,1 0,0 0)))"
VALID: Mapping[str, Mapping[str, Any]] = {
    "geography.code_list": {"id": "list", "system": "kemendagri", "dated": "2025"},
    "geography.official_code": {"list_id": "list", "code": "11", "level": 1, "name": "A"},
    "geography.edition": {
        "id": "an-edition",
        "area": "A",
        "code_system": "kemendagri",
        "source": "s",
        "attribution": "{}",
        "licence": "l",
        "status": "indicative",
        "dated": "2025",
        "base_level": 4,
        "box": [0, 0, 1, 1],
        "digest": "d",
        "report": "{}",
    },
    "geography.region": {
        "edition_id": "an-edition",
        "code": "11",
        "level": 1,
        "number": 1,
        "name": "A",
        "area_km2": 1.0,
        "inside": "SRID=4326;POINT(0.5 0.5)",
        "shape": f"SRID=4326;{SQUARE}",
    },
    "geography.outline": {
        "edition_id": "an-edition",
        "level": 1,
        "zoom": 0,
        "number": 1,
        "shape": f"SRID=3857;{SQUARE}",
    },
    "geography.coverage": {"edition_id": "an-edition", "level": 1, "zoom": 0, "tiles": b"\x01"},
    "geography.nature": {
        "edition_id": "an-edition",
        "place": 1,
        "kind": "water",
        "code": "",
        "name": "Danau",
        "shape": f"SRID=4326;{SQUARE}",
    },
    "geography.crosswalk": {"id": "walk", "dated": "2020", "status": "official"},
    "geography.crosswalk_code": {"crosswalk_id": "walk", "bps": "1101", "kemendagri": "11.09", "level": 2},
    "geography.alias": {
        "code_system": "kemendagri",
        "code": "11.09",
        "name": "Simeuleu",
        "key": "simeuleu",
        "origin": "{}",
        "actor": "a",
    },
    "geography.surroundings": {
        "edition_id": "an-edition",
        "digest": "0123456789ab",
        "document": "{}",
        "report": "{}",
    },
    "geography.lineage": {
        "code_system": "kemendagri",
        "old": "11.09",
        "new": "11.10",
        "kind": "split",
        "share": 0.4,
        "share_of": "area",
        "since": "2022-01-01",
    },
    "geography.region_set": {"id": "a-set", "edition_id": "an-edition", "name": "{}", "codes": ["11"]},
    "intake.batch": {
        "file": "f.csv",
        "digest": "d",
        "edition_id": "an-edition",
        "level": 4,
        "scope": "{}",
        "report": "{}",
    },
    "intake.staged": {"batch_id": 1, "indicator": "i", "period": "2024", "code": "11", "figure": 1.0},
    "intake.source_row": {"batch_id": 1, "line": 1, "fate": "joined", "cells": ["11", "5"]},
    "intake.mapping": {"shape": "s", "file": "f.csv", "mapping": "{}"},
    "published.release": {
        "indicator_slug": "i",
        "edition_id": "an-edition",
        "level": 4,
        "indicator": "{}",
        "batch_id": 1,
        "report": "{}",
    },
    "published.observation": {"release_id": 1, "period": "2024", "code": "11", "figure": 1.0},
    "published.aggregate": {
        "release_id": 1,
        "period": "2024",
        "code": "11",
        "level": 1,
        "figure": 1.0,
        "known": 1,
        "total": 1,
    },
    "published.layer": {
        "id": "a-layer",
        "indicator_slug": "i",
        "edition_id": "an-edition",
        "release_id": 1,
        "style": "{}",
    },
    "published.plan": {
        "layer_id": "a-layer",
        "release_id": 1,
        "level": 4,
        "period": "2024",
        "version": "v",
        "document": "{}",
        "classes": b"\x01",
        "marks": b"",
    },
}
"""One valid row of each table, in an order in which they can be written."""

MADE: Mapping[str, Mapping[str, Any]] = {
    "geography.region_name": {"edition_id": "an-edition", "code": "11", "level": 1, "key": "a"},
}
"""Rows that the database writes itself, by a trigger, when the others are written."""

OBSERVED: list[tuple[str, Mapping[str, Any]]] = [
    ("figure_xor_state", {"figure": None}),
    ("figure_xor_state", {"state": "missing"}),
    ("figure_xor_state", {"category": "mandiri"}),
    ("state_known", {"figure": None, "state": "lost"}),
    ("marks_known", {"marks": ["shiny"]}),
    ("figure_finite", {"figure": float("nan")}),
    ("figure_finite", {"figure": float("inf")}),
]
"""What neither a staged nor a published observation may be."""

RETIRED: Mapping[str, Any] = {"retired_at": "2026-01-01", "retired_reason": "wrong"}

WRONG: list[tuple[str, str, Mapping[str, Any]]] = [
    ("geography.code_list", "pk_code_list", {}),
    ("geography.official_code", "pk_official_code", {}),
    ("geography.official_code", "fk_official_code_list_id", {"list_id": "unknown"}),
    ("geography.official_code", "ck_official_code_level_known", {"code": "12", "level": 8}),
    ("geography.edition", "pk_edition", {"digest": "other"}),
    ("geography.edition", "uq_edition_digest", {"id": "the-same-content"}),
    ("geography.edition", "ck_edition_id_is_a_slug", {"id": "Not A Slug", "digest": "other"}),
    ("geography.edition", "ck_edition_status_known", {"id": "b", "digest": "e", "status": "roughly"}),
    ("geography.edition", "ck_edition_box_has_four_sides", {"id": "b", "digest": "e", "box": [0, 0, 1]}),
    ("geography.edition", "ck_edition_retired_with_reason", {"id": "b", "digest": "e", "retired_at": "2026-01-01"}),
    ("geography.edition", "ck_edition_retired_with_reason", {"id": "b", "digest": "e", "retired_reason": "wrong"}),
    (
        "geography.edition",
        "ck_edition_successor_of_a_retired_one",
        {"id": "b", "digest": "e", "successor": "an-edition"},
    ),
    ("geography.edition", "ck_edition_successor_is_another", {"id": "b", "digest": "e", **RETIRED, "successor": "b"}),
    ("geography.edition", "fk_edition_successor", {"id": "b", "digest": "e", **RETIRED, "successor": "unknown"}),
    ("geography.region", "pk_region", {"number": 2}),
    ("geography.region_name", "pk_region_name", {}),
    ("geography.region_name", "fk_region_name_edition_id_code", {"code": "unknown"}),
    ("geography.region", "uq_region_edition_id_level_number", {"code": "12"}),
    ("geography.region", "fk_region_edition_id", {"edition_id": "unknown"}),
    ("geography.region", "ck_region_level_known", {"code": "12", "number": 2, "level": 0}),
    ("geography.region", "ck_region_number_from_one", {"code": "12", "number": 0}),
    ("geography.region", "ck_region_area_positive", {"code": "12", "number": 2, "area_km2": 0.0}),
    ("geography.region", "ck_region_area_official_positive", {"code": "12", "number": 2, "area_official_km2": 0.0}),
    ("geography.region", "ck_region_shape_or_ancestor", {"code": "12", "number": None}),
    ("geography.region", "ck_region_shape_or_ancestor", {"code": "12", "number": 2, "shape": None}),
    ("geography.region", "ck_region_parent_with_level", {"code": "12", "number": 2, "parent": "11"}),
    (
        "geography.region",
        "ck_region_parent_of_a_higher_level",
        {"code": "12", "number": 2, "parent": "11", "parent_level": 1},
    ),
    (
        "geography.region",
        "fk_region_edition_id_parent_parent_level",
        {"code": "11.01", "level": 2, "parent": "99", "parent_level": 1},
    ),
    ("geography.outline", "pk_outline", {}),
    ("geography.outline", "fk_outline_edition_id_level_number", {"number": 7}),
    ("geography.outline", "ck_outline_zoom_known", {"zoom": 23}),
    ("geography.nature", "pk_nature", {}),
    ("geography.nature", "fk_nature_edition_id", {"edition_id": "unknown"}),
    ("geography.nature", "ck_nature_kind_known", {"place": 2, "kind": "desert"}),
    ("geography.surroundings", "pk_surroundings", {}),
    ("geography.surroundings", "fk_surroundings_edition_id", {"edition_id": "unknown"}),
    ("geography.surroundings", "ck_surroundings_digest_known", {"digest": "no digest"}),
    ("geography.crosswalk", "pk_crosswalk", {}),
    ("geography.crosswalk", "ck_crosswalk_status_known", {"id": "b", "status": "perhaps"}),
    ("geography.crosswalk_code", "pk_crosswalk_code", {}),
    ("geography.crosswalk_code", "fk_crosswalk_code_crosswalk_id", {"crosswalk_id": "unknown"}),
    ("geography.crosswalk_code", "ck_crosswalk_code_level_known", {"bps": "1102", "level": 0}),
    ("geography.alias", "uq_alias_code_system_code_key", {"name": "SIMEULEU"}),
    ("geography.alias", "ck_alias_key_not_empty", {"key": ""}),
    ("geography.alias", "ck_alias_revoked_with_reason", {"code": "11.01", "revoked_at": "2025-01-01"}),
    ("geography.alias", "ck_alias_revoked_with_reason", {"code": "11.01", "revoked_reason": "wrong village"}),
    ("geography.region_set", "pk_region_set", {}),
    ("geography.region_set", "fk_region_set_edition_id", {"id": "b", "edition_id": "unknown"}),
    ("geography.region_set", "ck_region_set_id_is_a_slug", {"id": "Not A Slug"}),
    ("geography.region_set", "ck_region_set_codes_not_empty", {"id": "b", "codes": []}),
    ("intake.batch", "fk_batch_edition_id", {"edition_id": "unknown"}),
    ("intake.staged", "pk_staged", {}),
    ("intake.staged", "fk_staged_batch_id", {"batch_id": 99}),
    *(("intake.staged", f"ck_staged_{name}", {"code": "12", **wrong}) for name, wrong in OBSERVED),
    ("intake.source_row", "pk_source_row", {}),
    ("intake.source_row", "fk_source_row_batch_id", {"batch_id": 99}),
    ("intake.source_row", "ck_source_row_line_from_one", {"line": 0}),
    ("intake.mapping", "pk_mapping", {}),
    ("published.release", "fk_release_edition_id", {"edition_id": "unknown"}),
    ("geography.coverage", "pk_coverage", {}),
    ("geography.coverage", "fk_coverage_edition_id", {"edition_id": "unknown"}),
    ("geography.coverage", "ck_coverage_level_known", {"level": 9}),
    ("geography.coverage", "ck_coverage_zoom_known", {"zoom": 40}),
    ("geography.lineage", "uq_lineage_code_system_old_new_since", {}),
    ("geography.lineage", "ck_lineage_kind_known", {"new": "11.11", "kind": "lost"}),
    ("geography.lineage", "ck_lineage_share_of_one", {"new": "11.11", "share": 1.2}),
    ("geography.lineage", "ck_lineage_share_of_one", {"new": "11.11", "share": 0.0}),
    ("geography.lineage", "ck_lineage_share_of_known", {"new": "11.11", "share_of": "roofs"}),
    ("geography.lineage", "ck_lineage_share_of_a_share", {"new": "11.11", "share": None}),
    ("geography.lineage", "ck_lineage_code_changes", {"new": "11.09", "kind": "move"}),
    ("published.release", "fk_release_supersedes", {"supersedes": 99}),
    ("published.release", "ck_release_withdrawn_with_reason", {"withdrawn_reason": "wrong column"}),
    ("published.release", "ck_release_withdrawn_with_reason", {"withdrawn_at": "2025-01-01"}),
    ("published.observation", "pk_observation", {}),
    ("published.observation", "fk_observation_release_id", {"release_id": 99}),
    *(("published.observation", f"ck_observation_{name}", {"code": "12", **wrong}) for name, wrong in OBSERVED),
    ("published.aggregate", "pk_aggregate", {}),
    ("published.aggregate", "fk_aggregate_release_id", {"release_id": 99}),
    ("published.aggregate", "ck_aggregate_figure_xor_state", {"code": "12", "figure": None}),
    ("published.aggregate", "ck_aggregate_figure_xor_state", {"code": "12", "distribution": "{}"}),
    ("published.aggregate", "ck_aggregate_state_known", {"code": "12", "figure": None, "state": "lost"}),
    ("published.aggregate", "ck_aggregate_marks_known", {"code": "12", "marks": ["shiny"]}),
    ("published.aggregate", "ck_aggregate_coverage_possible", {"code": "12", "known": 2}),
    ("published.layer", "pk_layer", {}),
    ("published.layer", "ck_layer_id_is_a_slug", {"id": "Not A Slug"}),
    ("published.layer", "fk_layer_edition_id", {"id": "b", "edition_id": "unknown"}),
    ("published.layer", "fk_layer_release_id", {"id": "b", "release_id": 99}),
    ("published.plan", "pk_plan", {}),
    ("published.plan", "fk_plan_layer_id", {"layer_id": "unknown"}),
    ("published.plan", "fk_plan_release_id", {"release_id": 99}),
]

ALL = """
SELECT conname FROM pg_constraint WHERE connamespace::regnamespace::text = ANY(:schemas)
UNION
SELECT indexname FROM pg_indexes WHERE schemaname = ANY(:schemas) AND indexdef LIKE 'CREATE UNIQUE%'
"""
CANNOT_BE_BROKEN = {"pk_batch", "pk_audit", "pk_release", "pk_alias", "pk_lineage", "uq_region_edition_id_code_level"}
"""Five keys that the database counts itself, and one that repeats a part of pk_region for a reference to it."""


def write(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), dict(row))


@pytest.fixture(scope="module")
def world(shared_store: Store) -> Iterator[Store]:
    """One valid row in each table."""
    with shared_store.begin() as connection:
        for table, row in VALID.items():
            write(connection, table, row)
    yield shared_store


@pytest.mark.parametrize(("table", "constraint", "wrong"), WRONG)
def test_a_wrong_state_cannot_be_written(world: Store, table: str, constraint: str, wrong: Mapping[str, Any]) -> None:
    with pytest.raises(IntegrityError) as refused, world.begin() as connection:
        write(connection, table, {**(VALID | MADE)[table], **wrong})
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    assert getattr(refused.value.orig, "diag").constraint_name == constraint  # noqa: B009


def test_every_constraint_of_the_tables_is_tried_here(world: Store) -> None:
    with world.begin() as connection:
        found = {name for (name,) in connection.execute(text(ALL), {"schemas": list(SCHEMAS)})}

    assert found == {name for _, name, _ in WRONG} | CANNOT_BE_BROKEN
