"""Fixtures for the tests of reading."""

from collections.abc import Callable

import pytest

from backdrop_tui.intake.reading.delimiters import delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import encoding_named
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet

KNOWN = Vocabulary(
    frozenset({"forename", "surname", "dob", "gender", "year", "upn", "dateofbirth"}),
    ("(?i)^(m|f)$", r"(?i)^(r|1?\d)$", "(?i)^(teachers?|slts?)$"),
)

Read = Callable[..., Sheet]


@pytest.fixture
def read() -> Read:
    """Reads text or bytes as a file; encoding and delimiter are given by name."""

    def read_content(
        content: str | bytes,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        header_row: int | None = None,
    ) -> Sheet:
        data = content.encode() if isinstance(content, str) else content
        options = ReadOptions(
            None if encoding is None else encoding_named(encoding),
            None if delimiter is None else delimiter_named(delimiter),
            header_row,
        )
        return read_bytes(data, "pupils.csv", options, KNOWN)

    return read_content
