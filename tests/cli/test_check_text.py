"""The text of a check, as one listens to it."""

import shlex
from pathlib import Path

import pytest

from backdrop_tui.cli.files.fixing_options import _quoted
from tests.cli import Run
from tests.support.made_up import student, table


def test_errors_come_kind_by_kind_with_all_rows_in_full_before_warnings(backdrop: Run) -> None:
    genders = {n: ("Boy" if n % 2 else "Girl") for n in range(250)}
    rows = [student(n, gender=gender) for n, gender in genders.items()]
    rows += [student(300, year_group="99"), student(301, first_name="J0"), student(302, first_name="K1")]
    Path("pupils.csv").write_bytes(table(rows))
    lines = backdrop("check", "pupils.csv").out.splitlines()
    start = lines.index(next(line for line in lines if line.startswith("Error: ")))
    every_row = ", ".join(map(str, range(2, 252)))
    assert lines[start] == f"Error: Gender is not Male or Female. 250, in rows {every_row}:"
    odd_rows = ", ".join(str(n + 2) for n in genders if genders[n] == "Boy")
    assert any(line.startswith(f"    Rows {odd_rows}: “Boy” can't be stored") for line in lines)
    assert any(
        line.startswith("Error: Year Group is not recognised. 1, in row 252. “99” is") for line in lines
    )
    (warning,) = [line for line in lines if line.startswith("Warning: First Name")]
    assert warning.startswith(
        "Warning: First Name has an unusual character. 2, in rows 253, 254. In row 253: "
    )
    assert lines.index(warning) > start + 3
    assert lines[-3:] == [
        "    --apply gender-unknown: 250 cells",
        '    --replace "Gender:Girl=F": 125 cells',
        '    --replace "Gender:Boy=M": 125 cells',
    ]


def test_each_option_that_is_printed_can_be_used_as_it_is(backdrop: Run) -> None:
    rows = [student(0, gender="Boy"), student(1, gender="1"), student(2, year_group="Year 7 $(x) `y`")]
    Path("pupils.csv").write_bytes(table(rows))
    out = backdrop("check", "pupils.csv").out
    options = [line.strip().rpartition(": ")[0] for line in out[out.index("Options that") :].splitlines()[1:]]
    assert options == ["--apply gender-unknown", '--replace "Gender:Boy=M"', '--replace "Gender:1=M"']
    ran = backdrop("check", "pupils.csv", *(word for option in options[1:] for word in shlex.split(option)))
    assert "Gender" not in ran.out[ran.out.index("Error: ") :]


@pytest.mark.parametrize("text", ["Gender:Boy=M", 'A:a"b=c', "A:$(x)=c", "A:it's `x`=c", "A:!x\\=c"])
def test_the_shell_takes_what_is_printed_as_one_word(text: str) -> None:
    assert shlex.split(_quoted(text)) == [text]


def test_an_import_that_errors_stop_lists_them_in_the_same_way(backdrop: Run, signed_up: None) -> None:  # noqa: ARG001
    Path("pupils.csv").write_bytes(table([student(0, gender="Boy"), student(1)]))
    lines = backdrop("import", "pupils.csv").out.splitlines()
    assert lines[0].startswith("Error: Gender is not Male or Female. 1, in row 2. “Boy” can't be stored")
    assert '    --replace "Gender:Boy=M": 1 cell' in lines
    assert lines[-1].startswith("The rows with errors are in ")
