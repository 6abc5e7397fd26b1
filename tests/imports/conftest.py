"""What the tests of imports share."""

from collections.abc import Iterator

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up
from tests.support.killing import Workers


@pytest.fixture
def workers(request: pytest.FixtureRequest, data: DataFolder) -> Iterator[Workers]:
    """Workers that run the test's own module, in the data folder of a school that can import."""
    data.create()
    with School(data) as school:
        sign_up(school)
    with Workers(request.module.__name__, data.path) as workers:
        yield workers
