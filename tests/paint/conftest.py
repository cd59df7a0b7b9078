"""The small world in a database, for the paint room's tests."""

import pytest

from geoapp.store.database import Store
from tests import world

HOSTILE_NUMBER = 4


@pytest.fixture(scope="module")
def stored(shared_store: Store) -> Store:
    """A store that holds the small world; the fourth village has a hostile name."""
    with shared_store.begin() as connection:
        world.store_world(connection, names={HOSTILE_NUMBER: world.HOSTILE})
    return shared_store
