import csv
import io
from collections import Counter
from typing import Literal
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions

from .conftest import KNOWN

HEADINGS = ("Forename", "Surname", "DOB", "Gender", "Year", "UPN")
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters='"')
CELLS = st.one_of(
    st.text(LETTERS, max_size=8),
    st.text(st.sampled_from("ab,;\t|\" '\nZé"), max_size=10),
    st.sampled_from(["", "Zoë", "O'Neill", "14/03/2012", "1 High Street,\nLeeds", 'say "hi"', "a,b", "N/A"]),
)
# Never blank: a row of blank cells would be skipped.
NAMES = st.sampled_from(["Luca", "Zoë", "Mohammed", "Anna Maria", "D'Arcy"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Headings, and rows with as many cells, of which the first is a name."""
    width = draw(st.integers(2, len(HEADINGS)))
    rows = draw(st.lists(st.lists(CELLS, min_size=width - 1, max_size=width - 1), min_size=1, max_size=30))
    return [list(HEADINGS[:width]), *([draw(NAMES), *row] for row in rows)]


def written(rows: list[list[str]], delimiter: str, quoting: Literal[0, 1], ends: str, encoding: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=ends).writerows(rows)
    return file.getvalue().encode(encoding)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_file_by_a_csv_writer_comes_back_as_it_was_written(
    rows: list[list[str]], delimiter: str, quoting: Literal[0, 1], ends: str, encoding: str
) -> None:
    if ends == "\r":  # the writer quotes no line ends but its own
        quoting = csv.QUOTE_ALL
    # Lines inside a cell that look like rows can't be told from rows between two stray quotes.
    rows = [[cell.replace(delimiter, "") if "\n" in cell else cell for cell in row] for row in rows]
    sheet = read_bytes(written(rows, delimiter, quoting, ends, encoding), "f", ReadOptions(), KNOWN)
    assert sheet.delimiter.character == delimiter
    assert sheet.encoding.name == encoding
    assert sheet.headings == tuple(rows[0])
    # With a space in front of every cell but the first, that space goes with the delimiter.
    read = [[first, *(c.removeprefix(" ") for c in cells)] for _, first, *cells in sheet.cells.rows()]
    assert read == [[first, *(c.removeprefix(" ") for c in cells)] for first, *cells in rows[1:]]
    assert sheet.cells["row"].to_list() == list(range(2, len(rows) + 1))
    assert sheet.faults.is_empty()


@settings(max_examples=50, deadline=None)
@given(data=st.data(), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_a_stray_quote_never_loses_a_row(data: st.DataObject, quoting: Literal[0, 1]) -> None:
    width, count = data.draw(st.integers(4, 6)), data.draw(st.integers(20, 60))
    rows = [[f"{name}{n}" for name in ("Lu", "Sm", "d", "g", "y", "u")[:width]] for n in range(count)]
    lines = written([list(HEADINGS[:width]), *rows], ",", quoting, "\n", "utf-8").decode().split("\n")
    for line in data.draw(st.lists(st.integers(1, count), min_size=1, max_size=3, unique=True)):
        at = data.draw(st.integers(0, len(lines[line])))
        lines[line] = lines[line][:at] + '"' + lines[line][at:]
    sheet = read_bytes("\n".join(lines).encode(), "f", ReadOptions(), KNOWN)
    assert sheet.cells["row"].to_list() == list(range(2, count + 2))
    whole = [set(row) for row in sheet.cells.drop("row").rows()]
    faulty = set(sheet.faults["row"])
    assert all(n + 2 in faulty or set(row) == whole[n] for n, row in enumerate(rows))


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from('ab,;"\n\r\x00 é'), min_size=1, max_size=200))
def test_any_text_is_read_to_its_last_letter_or_refused_with_a_message(text: str) -> None:
    try:
        sheet = read_bytes(f"Forename,Surname\n{text}".encode(), "f", ReadOptions(), KNOWN)
    except UnusableFileError:
        assert not any(c in text for c in "abé") or text.count("\x00") > 16
    else:
        kept = [c for row in sheet.cells.drop("row").rows() for c in row]
        kept += [c for cells in sheet.extra.values() for c in cells]
        assert Counter(c for c in "".join(kept) if c in "abé") == Counter(c for c in text if c in "abé")


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from('ab,,"\n\n x'), min_size=1, max_size=120), st.integers(1, 20))
def test_it_makes_no_difference_where_the_parts_for_polars_end(text: str, part: int) -> None:
    data = f'Forename,Surname\n{text}\n"a"b",c'.encode()
    whole = read_bytes(data, "f", ReadOptions(), KNOWN)
    with patch("backdrop_tui.intake.reading.fast._PART", part):
        in_parts = read_bytes(data, "f", ReadOptions(), KNOWN)
    assert in_parts.cells.equals(whole.cells)
    assert in_parts.faults.equals(whole.faults)
    assert in_parts.extra == whole.extra
