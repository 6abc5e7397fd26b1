"""Text from outside, made safe for the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.plain import cell, plain, plain_lines, printable_cells, shortened


@given(st.text())
def test_only_printable_characters_are_left(text: str) -> None:
    assert printable(text).isprintable()
    assert plain(text).plain.isprintable()
    assert cell(text).plain.isprintable()
    assert all(line.isprintable() for line in plain_lines(text).plain.split("\n"))


@pytest.mark.parametrize("text", ["[/]", "[red]x[/red]", "[@click=app.quit]x[/]", "\\[b]", "$primary"])
def test_markup_stays_text(text: str) -> None:
    assert plain(text).plain == text
    assert not plain(text).spans
    assert cell(text).plain == text
    assert not cell(text).spans


def test_a_shortened_text_ends_with_an_ellipsis() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
    assert shortened("abcd", 0) == "…"


def test_line_ends_are_kept() -> None:
    assert printable_cells("a\x1b\r\nb\n") == "a\N{REPLACEMENT CHARACTER}\nb"
