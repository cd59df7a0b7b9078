"""What a map must show, read from the database apart from the code that draws: inside points, figures, colours."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page
from sqlalchemy import text

from geoapp.store.database import Store

_TRUTH = text(
    """
    SELECT r.number, r.code, r.name, ST_X(r.inside) AS lon, ST_Y(r.inside) AS lat,
           o.figure, o.category, o.state::text AS state, o.marks, p.document, p.classes
    FROM geography.region r
    JOIN published.layer l ON l.id = :layer AND l.edition_id = r.edition_id
    JOIN published.observation o ON o.release_id = l.release_id AND o.code = r.code AND o.period = :period
    JOIN published.plan p ON p.layer_id = l.id AND p.release_id = l.release_id AND p.level = r.level
    WHERE p.period = :period
      AND r.level = (SELECT base_level FROM geography.edition e WHERE e.id = r.edition_id)
    ORDER BY r.number
    """
)


@dataclass(frozen=True)
class Known:
    """One region as the database knows it.

    ``colour`` is that of its category, or of the class its figure falls in; None for a state.
    """

    number: int
    code: str
    name: str
    lon: float
    lat: float
    figure: float | None
    category: str | None
    state: str | None
    estimated: bool
    colour: str | None
    stored_colour: str | None


def regions(store: Store, layer: str, period: str) -> list[Known]:
    """Every region of the layer's base level in a period, in number order."""
    with store.read() as connection:
        rows = connection.execute(_TRUTH, {"layer": layer, "period": period}).mappings().all()
    return [_known(row) for row in rows]


def written(figure: float, language: str) -> str:
    """A whole number with separators: 9.100 or 9,100."""
    said = f"{round(figure):,}"
    return said.replace(",", ".") if language == "id" else said


def pixel(page: Page, known: Known) -> tuple[float, float]:
    """Where the region's inside point lies in the window, by web mercator from the map's centre and zoom."""
    frame = page.locator(".map-live").bounding_box()
    told = page.locator("#map").evaluate("element => ({...element.dataset})")
    assert frame is not None
    lon, lat = (float(each) for each in told["center"].split(","))
    world = 256 * 2 ** float(told["zoom"])
    (x, y), (middle_x, middle_y) = _mercator(known.lon, known.lat), _mercator(lon, lat)
    return (
        frame["x"] + frame["width"] / 2 + (x - middle_x) * world,
        frame["y"] + frame["height"] / 2 + (y - middle_y) * world,
    )


def colours(page: Page, known: Known, reach: int = 8) -> Counter[str]:
    """The colours painted on the map's canvas around the inside point, and how often each."""
    x, y = pixel(page, known)
    seen = page.evaluate(
        """([x, y, reach]) => {
          const canvas = [...document.querySelectorAll(".map-canvas")].find((each) => each.style.opacity !== "0");
          const box = canvas.getBoundingClientRect();
          const scale = canvas.width / box.width;
          const side = Math.round(2 * reach * scale);
          const left = Math.round((x - box.left - reach) * scale), top = Math.round((y - box.top - reach) * scale);
          const copy = Object.assign(document.createElement("canvas"), {width: side, height: side});
          const ink = copy.getContext("2d", {willReadFrequently: true});
          ink.drawImage(canvas, left, top, side, side, 0, 0, side, side);
          return [...ink.getImageData(0, 0, side, side).data];
        }""",
        [x, y, reach],
    )
    return Counter("#" + bytes(seen[at : at + 3]).hex() for at in range(0, len(seen), 4))


def becomes(page: Page, known: Known, colour: str | Sequence[str] | None, reach: int = 3) -> bool:
    """Whether the region is painted in this colour, or one of these, now or in a moment: a map is painted in steps."""
    wanted = [colour] if isinstance(colour, str) else colour or []
    for _ in range(100):
        if colours(page, known, reach).most_common(1)[0][0] in wanted:
            return True
        page.wait_for_timeout(50)
    return False


def leaves(page: Page, known: Known, colour: str | None, reach: int = 3) -> bool:
    """Whether the region is in another colour than this, now or in a moment."""
    for _ in range(100):
        if colours(page, known, reach).most_common(1)[0][0] != colour:
            return True
        page.wait_for_timeout(50)
    return False


def _known(row: object) -> Known:
    row = dict(row)  # type: ignore[call-overload]
    document, byte = row["document"], row["classes"][row["number"] - 1]
    figure = row["figure"]
    coloured = figure is not None and document["colours"]
    fallen = document["colours"][bisect_left(document["breaks"], figure)] if coloured else None
    if row["category"]:
        fallen = next(each["colour"] for each in document["legend"] if each.get("category") == row["category"])
    return Known(
        number=row["number"],
        code=row["code"],
        name=row["name"],
        lon=row["lon"],
        lat=row["lat"],
        figure=figure,
        category=row["category"],
        state=row["state"],
        estimated="estimated" in row["marks"],
        colour=fallen,
        stored_colour=document["colours"][byte] if byte < len(document["colours"]) else None,
    )


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    sine = math.sin(math.radians(lat))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
