"""What the terminal shows after only the cells that have changed were sent to it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from backdrop_tui.tui.shell.terminal_diff import ChangedCells, ShownCells, rendered, separate

WIDTH, HEIGHT = 12, 2
CONSOLE = Console(color_system="256", force_terminal=True, _environ={"TERM": "xterm-256color"})
STYLES = {
    " ": Style(),
    "r": Style(color="red"),
    "b": Style(bgcolor="blue"),
    "u": Style(underline=True),
    "m": Style(color="red", meta={"offset": (1, 1)}),
}
Line = Sequence[tuple[str, str]]
"""Texts of a line, each with the key of its style."""


class Terminal:
    """A terminal as simple as the updates that it gets."""

    def __init__(self) -> None:
        self.cells = {(y, x): (" ", "") for y in range(HEIGHT) for x in range(WIDTH)}
        self._x = self._y = 0
        self._style = ""

    def write(self, data: str) -> None:
        """Show what is sent."""
        for sequence, text in re.findall(r"(\x1b\[[\d;]*[CHm])|([^\x1b]+)", data):
            if sequence.endswith("H"):
                self._y, self._x = (int(number) - 1 for number in sequence[2:-1].split(";"))
            elif sequence.endswith("C"):
                self._x += int(sequence[2:-1])
            elif sequence:
                self._style = sequence[2:-1].removeprefix("0").removeprefix(";")
            else:
                self._show(text)

    def _show(self, text: str) -> None:
        for character in separate(text.replace("\n", "")):
            self.cells[self._y, self._x] = (character, self._style)
            for rest in range(self._x + 1, self._x + cell_len(character)):
                self.cells[self._y, rest] = ("", self._style)
            self._x += cell_len(character)

    @property
    def visible(self) -> dict[tuple[int, int], tuple[str, str]]:
        """What can be seen: a space has no colour of its own."""
        return {
            place: (text, style.removeprefix("31") if text == " " and style != "4" else style)
            for place, (text, style) in self.cells.items()
        }


def strip(line: Line) -> Strip:
    texts = Strip(Segment(text, STYLES[style]) for text, style in line)
    return texts.adjust_cell_length(WIDTH, Style())


def whole(lines: Sequence[Line]) -> LayoutUpdate:
    """An update of the whole screen."""
    return LayoutUpdate([[strip(line)] for line in lines], Region(0, 0, WIDTH, HEIGHT))


def parts(lines: Sequence[Line], spans: Sequence[tuple[int, int, int]], cut: int = 5) -> ChopsUpdate:
    """An update of parts of lines, on a screen with a widget on each side of a column."""
    chops = [dict(zip((0, cut), strip(line).divide([cut, WIDTH]), strict=True)) for line in lines]
    return ChopsUpdate(chops, list(spans), [[cut, WIDTH]] * HEIGHT)


def sent(shown: ShownCells, update: ChopsUpdate | LayoutUpdate) -> str:
    return ChangedCells(update, shown).render_segments(CONSOLE)


@pytest.fixture
def shown() -> ShownCells:
    """A terminal that shows two lines."""
    shown = ShownCells()
    sent(shown, whole([[("one two", " ")], [("three", "r")]]))
    return shown


EVERYTHING = [(0, 0, WIDTH), (1, 0, WIDTH)]


def test_what_is_shown_already_is_not_sent_again(shown: ShownCells) -> None:
    assert sent(shown, parts([[("one two", " ")], [("three", "r")]], EVERYTHING)) == ""


def test_only_what_has_changed_is_sent(shown: ShownCells) -> None:
    assert sent(shown, parts([[("one ten", " ")], [("three", "r")]], EVERYTHING)) == "\x1b[1;6Hen"


def test_nothing_outside_the_part_to_update_is_sent(shown: ShownCells) -> None:
    assert sent(shown, parts([[("six ten", " ")], [("three", "r")]], [(0, 6, 9)])) == "\x1b[1;7Hn"
    assert "six" in sent(shown, parts([[("six ten", " ")], [("three", "r")]], EVERYTHING))


def test_another_style_is_sent(shown: ShownCells) -> None:
    update = parts([[("one ", " "), ("two", "r")], [("three", "r")]], EVERYTHING)
    assert sent(shown, update) == "\x1b[31m\x1b[1;5Htwo\x1b[0m"


def test_the_colour_of_a_space_cannot_be_seen(shown: ShownCells) -> None:
    assert sent(shown, parts([[("one two", " "), ("  ", "r")], [("three", "r")]], EVERYTHING)) == ""
    assert sent(shown, parts([[("one two", " "), ("  ", "u")], [("three", "r")]], EVERYTHING)) != ""


def test_a_style_is_sent_once_for_all_that_is_drawn_in_it(shown: ShownCells) -> None:
    update = parts([[("one six", "r")], [("eight", "r")]], EVERYTHING)
    assert sent(shown, update) == "\x1b[31m\x1b[1;1Hone six\x1b[2;1Heigh\x1b[0m".replace("eigh", "eight")


def test_only_what_is_different_about_a_style_is_sent() -> None:
    styles = [
        Style(bold=True, color="red", bgcolor="blue"),
        Style(bold=True, color="red"),
        Style(color="green"),
    ]
    texts = Strip(Segment(text, style) for text, style in zip("abc", styles, strict=True))
    changes = ShownCells().changes(0, 0, texts, ColorSystem.EIGHT_BIT)
    assert rendered(changes) == "\x1b[1;31;44m\x1b[1;1Ha\x1b[49mb\x1b[0;32mc\x1b[0m"
    back = ShownCells().changes(0, 0, Strip(reversed(list(texts))), ColorSystem.EIGHT_BIT)
    assert rendered(back) == "\x1b[32m\x1b[1;1Hc\x1b[1;31mb\x1b[44ma\x1b[0m"


def test_a_long_part_that_has_not_changed_is_skipped() -> None:
    shown = ShownCells()
    sent(shown, whole([[("a..........b", " ")], []]))
    assert sent(shown, whole([[("c..........d", " ")], []])) == "\x1b[1;1Hc\x1b[10Cd"


def test_an_update_that_repairs_the_screen_is_sent_as_it_is(shown: ShownCells) -> None:
    update = whole([[("one two", " ")], [("three", "r")]])
    assert sent(shown, update) == ""
    assert ChangedCells(update, shown, whole=True).render_segments(CONSOLE) == update.render_segments(CONSOLE)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("abc", ["a", "b", "c"]),
        ("Chloë", ["C", "h", "l", "o", "ë"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("日本", ["日", "本"]),
        ("\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}", ["\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}"]),
    ],
)
def test_characters_are_kept_with_what_belongs_to_them(text: str, characters: list[str]) -> None:
    assert separate(text) == characters


KEYS = {"A": ("a", "r"), "_": (" ", "b"), "-": (" ", "u"), "本": ("日", "r"), "m": ("a", "m")}
"""What other characters of a made-up line stand for."""
lines = st.text("abAé日本_- m", max_size=WIDTH)
spans = st.tuples(st.integers(0, WIDTH - 1), st.integers(1, WIDTH))


def made_up(text: str) -> Line:
    """A line with styles: each of its characters says which."""
    return [KEYS.get(character, (character, " ")) for character in text]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(lines, spans, st.integers(1, WIDTH - 1)), min_size=1, max_size=4), lines)
def test_the_terminal_shows_what_the_whole_update_would_have_shown(
    updates: list[tuple[str, tuple[int, int], int]], first: str
) -> None:
    terminal, expected, shown = Terminal(), Terminal(), ShownCells()
    start = whole([made_up(first), []])
    expected.write(start.render_segments(CONSOLE))
    terminal.write(sent(shown, start))
    for text, (left, width), cut in updates:
        right = min(left + width, WIDTH)
        line = made_up(text)
        expected.write(
            f"\x1b[1;{left + 1}H"
            + Strip.join(strip(line).divide([cut, WIDTH])).crop(left, right).render(CONSOLE)
        )
        terminal.write(sent(shown, parts([line, []], [(0, left, right)], cut)))
        assert terminal.visible == expected.visible
