"""The first rows of a file as it is read: the row of headings, with the rows above and below it."""

from rich.text import Text
from textual.widgets import DataTable

from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.row_names import ROWS_PER_FILE
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
        rows = [(str(row), list(cells), "muted") for row, cells in sheet.above if row < ROWS_PER_FILE]
        rows.append((str(sheet.header_row or ""), list(sheet.column_names), "bold underline"))
        rows += [(str(row), texts, "") for row, *texts in sheet.cells.head(_BELOW).fill_null("").iter_rows()]
        columns = min(len(sheet.headings), _COLUMNS)
        lines = [
            [
                cell(row, "muted"),
                *(cell(text, style, most=_WIDEST) for text in [*texts, *[""] * columns][:columns]),
            ]
            for row, texts, style in rows
        ]
        self.clear(columns=True)
        for column in zip(*lines, strict=True):
            # A table that measures its columns does so after it has been painted, and may not be painted again.
            self.add_column("", width=max(text.cell_len for text in column))
        self.add_rows(lines)
