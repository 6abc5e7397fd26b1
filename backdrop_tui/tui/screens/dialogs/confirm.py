"""A yes/no question."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual import getters, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class ConfirmScreen(DialogScreen[bool]):
    """Asks before something is done that a single key should not do. It is dismissed with whether the answer was yes."""

    ENTER = "Give the answer that the cursor is on"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,right",
            "other",
            "Other answer",
            show=False,
            id="confirm.other",
            tooltip="Go to the other answer",
        ),
        Binding("pagedown,down", "page(1)", "Further down", show=False, id="confirm.down", tooltip="Further down"),
        Binding("pageup,up", "page(-1)", "Further up", show=False, id="confirm.up", tooltip="Further up"),
    ]  # fmt: skip

    question = getters.query_one("#question", VerticalScroll)

    def __init__(self, title: str, question: str, yes: str, no: str = "Cancel") -> None:
        """Create the dialog.

        Args:
            title: The question in a few words.
            question: What will happen, in sentences; may have several lines.
            yes: The label of the button that goes ahead.
            no: The label of the other button, which has the focus.
        """
        super().__init__()
        self._title = title
        self._question = question
        self._answers = yes, no

    @property
    def help_text(self) -> str:
        """What is asked."""
        return self._question

    def compose(self) -> ComposeResult:
        """Lay out the question and the two buttons."""
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title)
            with VerticalScroll(id="question", can_focus=False):
                yield Static(plain_lines(self._question))
            with Horizontal(classes="buttons"):
                yield Button(plain(self._answers[0]), id="yes", compact=True, classes="-danger")
                yield Button(plain(self._answers[1]), id="no", compact=True)

    def on_mount(self) -> None:
        """Start on the second button, so that Enter does no harm."""
        self.query_one("#no").focus()
        self.call_after_refresh(self._say_if_there_is_more)

    def _say_if_there_is_more(self) -> None:
        """Say how to see the rest of a question that is too long for the window."""
        if self.question.max_scroll_y > 0:
            self.query_one(".window").border_subtitle = "PgDn shows more"

    def action_page(self, direction: int) -> None:
        """Scroll the question by a page: down if the direction is positive, otherwise up."""
        (self.question.scroll_page_down if direction > 0 else self.question.scroll_page_up)(animate=False)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Close with whether the first button was pressed."""
        self.dismiss(event.button.id == "yes")

    def action_other(self) -> None:
        """Move the focus to the other button."""
        self.focus_next()


def ask(
    app: App[Any],
    question: ConfirmScreen,
    *,
    yes: Callable[[], object],
    no: Callable[[], object] = lambda: None,
) -> None:
    """Ask a question, and act on the answer. If the dialog is closed without an answer, nothing happens."""

    def act_on(answer: bool | None) -> None:  # noqa: FBT001 - a screen's result
        if answer is not None:
            (yes if answer else no)()

    app.push_screen(question, act_on)
