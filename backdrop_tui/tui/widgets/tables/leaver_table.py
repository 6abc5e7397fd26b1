"""The table of people who have left, with what is still to be done for each."""

from typing import Any

import polars as pl

from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_list import CONFIRM, Leavers, View, file_in_words, place_of, sign_of
from backdrop_tui.records.fields.dates import iso_to_shown
from backdrop_tui.records.leaving import DESTINATION, LEFT_ON
from backdrop_tui.records.outstanding import DUE_ON, NEEDS_DESTINATION, TASK
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.widgets.plain import indented_cell
from backdrop_tui.tui.widgets.tables.markable_table import MarkableTable
from backdrop_tui.tui.widgets.tables.narrowing import narrow
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn

_TASK_WIDTH, _RIGHTS_WIDTH = 22, 19
_DATE_WIDTH = 11
_NARROWEST = 12
"""The fewest characters of a column of texts."""
_WIDEST_GAP = 4
"""The most characters that are left free after a column."""
_WIDE = 90
"""The width from which there is room for the year and the registration group."""
_STYLES = {"!": "error", "•": "warning", "✓": "success"}


class LeaverTable(MarkableTable):
    """Shows leavers of one kind, the most urgent first."""

    def __init__(self, kind: RecordKind, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(pl.DataFrame(schema={"id": pl.String}), id=id)
        self._kind = kind
        self._columns_shown: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Let the cursor select whole rows, since no cell is edited here."""
        self.cursor_type = "row"

    def show_leavers(self, leavers: Leavers, people: pl.DataFrame) -> None:
        """List some of the leavers. The cursor stays where it is, so that the next one follows when one has been settled."""
        place = self.selected_row or 0
        self.list_people(people, leavers.people["id"])
        self.go_to(place)

    def columns_at(self, width: int) -> list[TableColumn]:
        """Lay out the columns: what is to be done, by when, and who it is; none is cut while there is room for it."""
        longest = _longest(self._kind, self.people)
        if self._kind is not STUDENTS:
            labels = {TASK: " Rights", "name": " Name", LEFT_ON: " Left", "place": " Job role, user group"}
            fixed = {TASK: _RIGHTS_WIDTH, LEFT_ON: _DATE_WIDTH}
        else:
            labels = {TASK: " File", DUE_ON: " Due", "name": " Name", "place": " Year, form"}
            labels |= {LEFT_ON: " Left", DESTINATION: " New school"}
            fixed = {TASK: _TASK_WIDTH, DUE_ON: _DATE_WIDTH, LEFT_ON: _DATE_WIDTH}
            if width < _WIDE:
                del labels["place"]
        texts = dict.fromkeys([key for key in labels if key not in fixed], _NARROWEST)
        widths = fixed | {key: max(_NARROWEST, 1 + longest[key], 1 + len(labels[key])) for key in texts}
        narrow(widths, texts, width)
        gap = min(max(0, width - sum(widths.values())) // len(widths), _WIDEST_GAP)
        self._columns_shown = tuple(labels)
        return [TableColumn(key, label, widths[key] + gap) for key, label in labels.items()]

    def cells_of(self, person: dict[str, Any], style: str) -> Cells:
        """Draw what is to be done for a person, and who it is."""
        texts = _texts(self._kind, person)
        urgency = _STYLES[_sign_of_task(person)]
        styles = {TASK: urgency, DUE_ON: urgency}
        if person.get(NEEDS_DESTINATION):
            styles[DESTINATION] = _STYLES["•"]
        return [indented_cell(f" {texts[key]}", styles.get(key, style)) for key in self._columns_shown]


def _longest(kind: RecordKind, people: pl.DataFrame) -> dict[str, int]:
    """The length of the longest text of each column whose texts have any length, by its key."""
    if people.is_empty():
        return dict.fromkeys(("name", "place", DESTINATION), 0)
    parts = {
        "name": ("first_name", "surname"),
        "place": ("job_role", "user_group") if kind is not STUDENTS else ("year_group", "registration_group"),
        DESTINATION: (DESTINATION,),
    }
    between = {"name": 1, "place": len(", ") if kind is not STUDENTS else len("Year , ")}
    return {
        key: between.get(key, 0)
        + (
            people.select(
                pl.sum_horizontal(pl.col(name).str.len_chars().fill_null(0) for name in names).max()
            ).item()
            or 0
        )
        for key, names in parts.items()
        if set(names) <= set(people.columns)
    }


def _sign_of_task(person: dict[str, Any]) -> str:
    """The sign for what is to be done, whether the new school is known or not: that has a column of its own."""
    return sign_of(person | {NEEDS_DESTINATION: False})


def _texts(kind: RecordKind, person: dict[str, Any]) -> dict[str, str]:
    """What each column shows of a person, by its key."""
    texts = {
        "name": name_of(person),
        "place": place_of(kind, person),
        LEFT_ON: iso_to_shown(person[LEFT_ON]) if person[LEFT_ON] else "not known",
    }
    if kind is STUDENTS:
        unknown = "• not known" if person[NEEDS_DESTINATION] else ""
        return texts | {
            TASK: f"{_sign_of_task(person)} {file_in_words(person)}",
            DUE_ON: f"{person[DUE_ON]:%d/%m/%Y}" if person[DUE_ON] else "",
            DESTINATION: person[DESTINATION] or unknown,
        }
    words = "to be confirmed" if person[TASK] == CONFIRM else "none"
    return texts | {TASK: f"{_sign_of_task(person)} {words}"}


VIEW_TITLES: dict[View, str] = {
    "everyone": "",
    "outstanding": ": with something to do",
    "no-destination": ": new school not known",
}
"""What is added to the number of people listed, by the view of the leavers."""
