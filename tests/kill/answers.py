"""What the public sees of a site: its answers by address, and people who look at them all the time."""

import json
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from geoapp import create_app
from geoapp.domain.mercator import metres
from geoapp.settings import Settings
from geoapp.tiles.address import Address
from tests.kill.site import NUMBER, Answer, Site

A, B = "nusa-purnama-sample-2024", "nusa-purnama-sample-2020"
LAYER = f"penduduk-{A}"
BOX = (118.00914, -10.00874, 118.42152, -9.78378)
"""Both editions' and a little more, in degrees."""

Answers = Mapping[str, Answer]


def _tiles(zoom: int) -> Iterator[str]:
    side = Address(zoom, 0, 0).side
    half = side * (1 << zoom) / 2
    left, bottom = metres(*BOX[:2])
    right, top = metres(*BOX[2:])
    for x in range(int((left + half) / side), int((right + half) / side) + 1):
        for y in range(int((half - top) / side), int((half - bottom) / side) + 1):
            yield f"{zoom}/{x}/{y}"


TILES = (
    *(f"/tiles/{edition}/village/{tile}.mvt" for edition in (A, B) for zoom in (0, 8, 10, 11) for tile in _tiles(zoom)),
    *(f"/tiles/{edition}/district/{tile}.mvt" for edition in (A, B) for tile in _tiles(9)),
    *(f"/tiles/{LAYER}/{tile}.{kind}" for kind in ("mvt", "png") for zoom in (8, 10) for tile in _tiles(zoom)),
)
PATHS = (
    *("/", "/layers.json", "/releases", "/regions", "/search.json?q=tanjung"),
    *(
        f"/maps/{LAYER}",
        f"/maps/{LAYER}?lang=en&level=district",
        f"/maps/{LAYER}/releases",
        f"/maps/{LAYER}?period=2020",
    ),
    *(f"/maps/{LAYER}.svg", f"/maps/{LAYER}.png", f"/embed/{LAYER}", f"/tiles/{LAYER}.json"),
    *(f"/downloads/{LAYER}.geojson", f"/downloads/{LAYER}.csv"),
    *(f"/{what}" for edition in (A, B) for what in (f"tiles/{edition}/village.json", f"places/{edition}/village")),
    *TILES,
)
"""Pages, layer documents, pictures, files, tiles; what they name is asked for by ``walk``."""
WALK = f"/layers/{LAYER}.json"


class Reader(Protocol):
    """Whoever answers for a site: the served one, or one that was opened on its database just now."""

    def get(self, path: str) -> Answer | None:
        """The answer, if there is one just now."""


@contextmanager
def opened(site: Site) -> Iterator[Reader]:
    """A service within this process that remembers nothing, on the site's database and finished tiles."""
    app = create_app(Settings(var=site.var, lang="en"))
    client, host = app.test_client(), f"http://127.0.0.1:{site.port}"

    class Opened:
        def get(self, path: str) -> Answer | None:
            answer = client.get(path, base_url=host, headers={**NUMBER, "Accept-Encoding": "identity"})
            return Answer(answer.status_code, answer.headers["Content-Type"], answer.data)

    yield Opened()
    app.extensions["geoapp"].store.close()


def walk(site: Reader) -> Answer | None:
    """The layer's document and whatever figures and classes it names, as one answer."""
    document = site.get(WALK)
    if document is None or document.status != 200:
        return document
    said = [document.body]
    for level in json.loads(document.body)["levels"]:
        for plan in level["plans"].values():
            for address in (plan["classes"], plan["figures"].replace("{parent}", "all")):
                answer = site.get(address)
                if answer is None:
                    return None
                said.append(f"{address} {answer.status} ".encode() + answer.body)
    return Answer(200, "walk", b"\n".join(said))


def asked(site: Reader, path: str) -> Answer | None:
    """One answer."""
    return walk(site) if path == WALK else site.get(path)


def seen(site: Reader) -> Answers:
    """Everything the public sees of a site that is ready."""
    found: dict[str, Answer] = {}
    for path in (*PATHS, WALK):
        answer = asked(site, path)
        assert answer is not None, f"{path} is not answered"
        assert answer.status < 500, (path, answer)
        found[path] = answer
    return found


def differing(one: Answers, other: Answers) -> list[str]:
    """The addresses that are answered in two ways."""
    return [path for path in one if one[path] != other[path]]


class Visitors:
    """People who look at the map all the time; what they saw is kept."""

    def __init__(self, site: Site, seed: int, paths: tuple[str, ...] = (*PATHS, WALK)) -> None:
        self.saw: dict[str, set[Answer]] = {}
        self.wrong: list[BaseException] = []
        self._site, self._paths = site, paths
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._look, args=(random.Random(seed + n),)) for n in range(2)]

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _look(self, chance: random.Random) -> None:
        while not self._over.wait(0.005):
            path = chance.choice(self._paths)
            try:
                answer = asked(self._site, path)
            except BaseException as error:
                self.wrong.append(error)
                return
            if answer is not None:
                self.saw.setdefault(path, set()).add(answer)

    def strange(self, *states: Answers) -> list[tuple[str, Answer]]:
        """What somebody saw that is neither of the states'."""
        return [
            (path, answer)
            for path, answers in self.saw.items()
            for answer in answers
            if all(answer != state[path] for state in states)
        ]
