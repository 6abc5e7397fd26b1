"""The preview of a file's headings."""

from textual.app import App, ComposeResult

from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.widgets.tables.headings_preview import HeadingsPreview
from tests.support.made_up import student, table


class _PreviewApp(App[None]):
    def compose(self) -> ComposeResult:
        yield HeadingsPreview(id="preview")


async def test_a_preview_that_is_painted_at_once_is_complete() -> None:
    sheet = read_sheet(STUDENTS, b"List of pupils\r\n" + table([student(n) for n in range(4)]), "title.csv")
    app = _PreviewApp()
    async with app.run_test():
        preview = app.query_one(HeadingsPreview)
        preview.show(sheet)
        lines = [preview.render_line(n).text for n in range(len(preview.rows))]
        assert "List of pupils" in lines[0]
        assert "Date of Birth" in lines[1]
        assert "Amira" in lines[2]
