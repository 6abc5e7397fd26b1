import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import CONTROL
from tests.support.cells import checked, column

every_field = pytest.mark.parametrize(
    "field",
    [field for kind in KINDS.values() for field in kind.fields],
    ids=[f"{kind.name} {field.key}" for kind in KINDS.values() for field in kind.fields],
)
PIECES = st.sampled_from(["7", "A", "a", " ", "\u00a0", "\u200b", "\u200e", "'", "’", "=", "-", "@", "é", "e\u0301", "\x1b", "\n", "ß", "ı", "İ", "DSL", "Year ", "s", ".", "/", "2012", "\ufffd", "K", "ﬀ", "🙂", "Å"])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=15), st.lists(PIECES, max_size=8).map("".join))


def _guarded(stored: str) -> str:
    """A stored value as an export writes it, guarded against being run as a formula."""
    return f"'{stored}" if stored[:1] in {"=", "+", "-", "@"} else stored


@every_field
@settings(max_examples=20, deadline=None)
@given(cells=st.lists(TEXTS, min_size=1, max_size=30))
def test_a_stored_value_stays_the_same_when_it_is_exported_and_read_again(
    field: Field, cells: list[str]
) -> None:
    stored = [cell.stored for cell in column(field, cells) if cell.stored is not None]
    again = column(field, [_guarded(text) for text in stored])
    assert [cell.stored for cell in again] == stored
    assert not any(cell.errors for cell in again)


@every_field
@settings(max_examples=20, deadline=None)
@given(cells=st.lists(TEXTS, min_size=1, max_size=30))
def test_a_suggestion_solves_the_problem_that_it_is_made_for(field: Field, cells: list[str]) -> None:
    suggested = [
        (problem["code"], problem["suggestion"])
        for cell in column(field, cells)
        for problem in cell.problems
        if problem["suggestion"] is not None and problem["code"] != "control-character"
    ]
    corrected = column(field, [field.typed(str(text)) for _, text in suggested])
    for (code, text), cell in zip(suggested, corrected, strict=True):
        assert code not in cell.errors, text


@settings(max_examples=20, deadline=None)
@given(data=st.data(), name=st.sampled_from(list(KINDS)))
def test_any_text_can_be_checked_and_control_characters_are_never_stored(
    data: st.DataObject, name: str
) -> None:
    kind = KINDS[name]
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(kind.keys, TEXTS)), min_size=1, max_size=8))
    results = checked(kind, rows)
    assert results.counts.ready + results.counts.errors == len(rows)
    needed = [field.key for field in kind.fields if field.needed]
    assert not any(None in row for row in results.ready.select(needed).rows())
    for key in kind.keys:
        assert not results.people[key].str.contains(CONTROL).any()
    for text in ("message", "value", "suggestion"):
        assert not results.problems[text].str.contains(CONTROL).any()


def test_slow_libraries_are_not_loaded_for_the_rules_alone() -> None:
    program = (
        "import sys, backdrop_tui.records.kinds as k; from datetime import date; "
        "from backdrop_tui.records.schema.context import Context; c = Context.of(date(2026, 11, 23)); "
        "[f.checks(c) for kind in k.KINDS.values() for f in kind.fields]; "
        "print([m for m in ('email_validator', 'rapidfuzz', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
