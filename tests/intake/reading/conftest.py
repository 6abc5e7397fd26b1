"""What the tests of reading share."""

from collections.abc import Callable

import pytest

from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import Delimiter, Encoding, ReadOptions, Sheet

KNOWN = frozenset({"forename", "surname", "dob", "gender", "year", "upn", "dateofbirth"})

Read = Callable[..., Sheet]


@pytest.fixture
def read() -> Read:
    """Read text or bytes as a file."""

    def reading(
        content: str | bytes,
        *,
        encoding: Encoding | None = None,
        delimiter: Delimiter | None = None,
        header_row: int | None = None,
    ) -> Sheet:
        data = content.encode() if isinstance(content, str) else content
        return read_bytes(data, "pupils.csv", ReadOptions(encoding, delimiter, header_row), KNOWN)

    return reading
