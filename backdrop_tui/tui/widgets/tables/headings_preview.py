"""The first rows of a file as it is read: the row of headings, with the rows above and below it."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable

from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.tui.widgets.plain import cell

_COLUMNS = 8
_BELOW = 3
_WIDEST = 16


class HeadingsPreview(DataTable[Text]):
    """Shows where a file's headings are, so that a wrong choice can be seen. Rows above them are dimmed: they are skipped."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, show_cursor=False, show_header=False, cell_padding=1)

    def show(self, sheet: Sheet) -> None:
        """Show the beginning of a file, each row with the number that a spreadsheet shows for it."""
        self.clear(columns=True)
        self.add_column("", key="row")
        for n in range(min(len(sheet.headings), _COLUMNS)):
            self.add_column("", key=str(n))
        for row, cells in sheet.above:
            self._add(str(row), cells, "dim")
        self._add(str(sheet.header_row or ""), sheet.column_names, "bold underline")
        for row, *texts in sheet.cells.head(_BELOW).fill_null("").iter_rows():
            self._add(str(row), texts)

    def _add(self, row: str, texts: Sequence[str], style: str = "") -> None:
        """Add a row, with as many of its cells as there are columns."""
        padded = [*texts, *[""] * _COLUMNS][: len(self.columns) - 1]
        self.add_row(cell(row, "dim"), *(cell(text, style, most=_WIDEST) for text in padded))
