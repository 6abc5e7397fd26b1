"""A text that is laid out for the width it has."""

from textual.app import App, ComposeResult
from textual.content import Content

from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.problem_list import problem_texts


class _OneTextApp(App[None]):
    """An app with nothing but a fitted text."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def compose(self) -> ComposeResult:
        yield FittedText("Counting …", id="text")

    def draw(self, width: int) -> Content:
        self.widths.append(width)
        return Content("\n".join(["█" * width] * (1 + len(self.widths))))


async def test_a_text_is_drawn_again_for_each_new_width_but_not_for_a_new_height() -> None:
    app = _OneTextApp()
    async with app.run_test(size=(60, 20)) as pilot:
        text = app.query_one(FittedText)
        text.show(app.draw)
        await pilot.pause()
        text.styles.width = 30
        await pilot.pause()
        await pilot.pause()
        assert app.widths == [60, 30]


async def test_before_there_is_anything_to_draw_the_first_text_is_shown() -> None:
    app = _OneTextApp()
    async with app.run_test(size=(60, 20)):
        assert str(app.query_one(FittedText).render()) == "Counting …"


def test_the_lines_of_a_problem_begin_below_its_first_word() -> None:
    text = problem_texts([("error", "This is no such day."), ("warning", "Odd.")], 12).plain
    assert text == "! This is no\n  such day.\n? Odd."
