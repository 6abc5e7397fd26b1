"""“Is this the same child?”: a row beside the people stored, or beside other rows, whom it could be about."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Existing
from backdrop_tui.intake.questions.answers import keep_row, new_person, same_people, same_person
from backdrop_tui.intake.questions.comparison import (
    Column,
    differences,
    noun_for,
    outcome_column,
    row_column,
    stored_column,
    title_of,
)
from backdrop_tui.intake.questions.groups import Group, group_with
from backdrop_tui.intake.questions.outcome import outcome_of
from backdrop_tui.intake.questions.question import SHARED_IDENTIFIERS, Question
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.wizard.put_right.side_by_side import side_by_side
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.panels.key_line import key_line
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_text

_MARGIN = 4
"""The columns of the window's border and padding."""


@dataclass(frozen=True)
class Reply:
    """What the user wants done about a question."""

    change: Change | None = None
    """The change that answers it; None if it isn't answered now."""
    undo: bool = False
    """Whether to undo the last change instead."""
    step: int = 0
    """1 for the next question, -1 for the previous one, without an answer."""
    edit: bool = False
    """Whether to edit the cell that the question is about."""


class WhoIsWhoScreen(DialogScreen[Reply]):
    """One question about a row. It is dismissed with what the user wants done about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "same", "Same", id="who.same", tooltip="This is the same person: the row is about the one stored"),
        Binding("n", "different", "Different", id="who.different", tooltip="These are two different people"),
        Binding("1", "keep(0)", "Keep this row", id="who.keep_first", tooltip="Keep the row on the left, and leave the others out"),
        Binding("2", "keep(1)", "Keep the other", id="who.keep_other", tooltip="Keep the row on the right, and leave the others out"),
        Binding("a", "all_alike", "All alike", id="who.all_alike", tooltip="Show all rows that differ in the same way, to answer them all at once"),
        Binding("down", "choose(1)", "Next person", id="who.down", tooltip="Compare with the next person or row"),
        Binding("up", "choose(-1)", "Previous person", id="who.up", tooltip="Compare with the previous person or row"),
        Binding("right", "step(1)", "Next question", id="who.next", tooltip="Leave this open, and go to the next question"),
        Binding("left", "step(-1)", "Previous question", id="who.previous", tooltip="Leave this open, and go to the previous question"),
        Binding("pagedown", "page(1)", "Further down", id="who.page_down", tooltip="Further down"),
        Binding("pageup", "page(-1)", "Further up", id="who.page_up", tooltip="Further up"),
        Binding("e", "edit", "Edit", id="who.edit", tooltip="Edit the cell in the file instead"),
        Binding("u,ctrl+z", "undo", "Undo", id="who.undo", tooltip="Undo the last change"),
    ]  # fmt: skip

    body = getters.query_one(VerticalScroll)
    comparison = getters.query_one("#comparison", Static)
    notes = getters.query_one("#notes", Static)
    keys = getters.query_one("#keys", Static)

    def __init__(self, review: Review, question: Question, existing: Existing, progress: str) -> None:
        """Create the screen.

        Args:
            review: The rows, checked.
            question: The question.
            existing: What happens to people already stored.
            progress: Which of the questions it is: `1 of 14`.
        """
        super().__init__()
        self.review = review
        """The rows, checked."""
        self.question = question
        """The question."""
        self.place = 0
        """The place of the person, or of the other row, that is compared with the row."""
        self._existing = existing
        self._progress = progress
        self._group: Group | None = group_with(review, question.row)

    def compose(self) -> ComposeResult:
        """Lay out the question, the people side by side, what happens to identifiers, and the keys."""
        name = self.review.context.row_names.name(self.question.row)
        with Vertical(classes="window wide") as window:
            window.border_title = title_of(self.review, self.question)
            window.border_subtitle = plain(f"Row {name}, question {self._progress}. Esc to answer later")
            level = "error" if self.question.is_error else "warning"
            yield (question := FittedText(classes="paragraph"))
            question.show(partial(problem_text, level, self.question.message))
            with VerticalScroll(can_focus=False):
                yield Static(id="comparison")
                yield Static(id="notes")
            yield Static(id="keys")

    def on_mount(self) -> None:
        """Show the first comparison."""
        self._show()

    def on_resize(self, _event: Resize) -> None:
        """Fit the columns into the new width."""
        self.call_after_refresh(self._show)

    @property
    def is_among_rows(self) -> bool:
        """Whether rows of the file are compared with each other."""
        return bool(self.question.others)

    @property
    def person(self) -> str | None:
        """The id of the person stored who is compared with the row; None if nobody is."""
        people = self.question.people
        if not people:
            return None
        return people[0] if self.is_among_rows else people[self.place]

    @property
    def rows(self) -> list[int]:
        """The two rows that are compared with each other, ascending. Only among rows."""
        return sorted((self.question.row, self.question.others[self.place]))

    def _show(self) -> None:
        """Show the row beside the person or row chosen."""
        width = max((self.body.size.width or self.app.size.width - _MARGIN) - 1, 40)
        columns, sentences = self._among_rows() if self.is_among_rows else self._with_stored()
        self.comparison.update(side_by_side(self.review, columns, width))
        self.notes.update(Content("\n").join(map(plain, sentences)))
        self.keys.update(self._key_line(width))

    def _among_rows(self) -> tuple[list[Column], list[str]]:
        """The two rows, and the person stored if both are about someone."""
        review = self.review
        columns = [row_column(review, row) for row in self.rows]
        if self.person is not None:
            columns.append(stored_column(review, self.person))
        return columns, []

    def _with_stored(self) -> tuple[list[Column], list[str]]:
        """The row, the person stored, and what would be stored; and what happens to the identifier."""
        review, row, person = self.review, self.question.row, self.person
        assert person is not None  # noqa: S101 - such a question always offers someone
        same = outcome_of(review, row, person, self._existing)
        columns = [row_column(review, row), stored_column(review, person), outcome_column(review, same)]
        label, singular = review.kind.identifier.label, review.kind.singular
        sentences = []
        if same.identifier_of_another:
            sentences.append(
                f"y: The {label} of this row is stored for someone else, so this {singular} doesn't get it."
            )
        if same.identifier_is_temporary:
            sentences.append(f"y: The {label} of this row is temporary, so the permanent one stays.")
        if outcome_of(review, row, None, self._existing).identifier_of_another:
            sentences.append(f"n: A new {singular} is added without {label}, because someone else has it.")
        return columns, sentences

    def _key_line(self, width: int) -> Content:
        """The keys that answer, and what each means, in lines of this width."""
        hints: list[tuple[str, str]] = []
        if self.is_among_rows:
            names = [self.review.context.row_names.name(row) for row in self.rows]
            keeping = [("1", f"keep row {names[0]}"), ("2", f"keep row {names[1]}")]
            different = ("n", self._different())
            # Two people are likelier to share an identifier by mistake than to be one.
            is_shared = self.question.code in SHARED_IDENTIFIERS
            hints += [different, *keeping] if is_shared else [*keeping, different]
        else:
            hints += [("y", f"the same {noun_for(self.review)}"), ("n", "two different people")]
        if (count := self._choices) > 1:
            hints.append(("↑↓", f"{self.place + 1} of {count}"))
        if self._group is not None:
            hints.append(("a", f"all {self._group.pairs.height:,} like this"))
        return key_line([*hints, ("←→", "other questions"), ("u", "undo")], width)

    def _different(self) -> str:
        """What “two different people” means among rows."""
        if self.question.code in SHARED_IDENTIFIERS:
            return f"two people: correct the {self.review.kind.label(self.question.key)}"
        if self.person is not None:
            name = self.review.context.row_names.name(self.question.row)
            return f"two people: row {name} is not the one stored"
        return "two different people"

    @property
    def _choices(self) -> int:
        """The number of people or rows to compare with."""
        return len(self.question.others or self.question.people)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Switch off the keys that answer another kind of question."""
        if action in {"same", "keep"}:
            return (action == "keep") == self.is_among_rows
        if action == "all_alike":
            return self._group is not None
        return True

    def action_choose(self, step: int) -> None:
        """Compare with the next (1) or previous (-1) person or row."""
        self.place = (self.place + step) % self._choices
        self._show()

    def action_page(self, direction: int) -> None:
        """Scroll by a page: down if the direction is positive, otherwise up."""
        (self.body.scroll_page_down if direction > 0 else self.body.scroll_page_up)(animate=False)

    def action_same(self) -> None:
        """Say that the row is about the person shown."""
        if self.person is not None:
            self._answer(partial(same_person, self.review, self.question, self.person))

    def action_different(self) -> None:
        """Say that the row is about someone else."""
        if self.question.code in SHARED_IDENTIFIERS:
            self.action_edit()
        else:
            self._answer(partial(new_person, self.review, self.question))

    def action_keep(self, which: int) -> None:
        """Keep the row on the left (0) or on the right (1)."""
        self._answer(partial(keep_row, self.review, self.question, self.rows[which]))

    def action_all_alike(self) -> None:
        """List all rows that differ in the same way, and ask whether each is about the person beside it."""
        if (group := self._group) is not None:
            question = all_alike_question(self.review, group)
            ask(self.app, question, yes=lambda: self._answer(partial(same_people, self.review, group)))

    def action_step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) question."""
        self.dismiss(Reply(step=step))

    def action_edit(self) -> None:
        """Edit the cell in the file instead."""
        self.dismiss(Reply(edit=True))

    def action_undo(self) -> None:
        """Undo the last change."""
        self.dismiss(Reply(undo=True))

    def _answer(self, change: Callable[[], Change | None]) -> None:
        self.dismiss(Reply(change()))


def all_alike_question(review: Review, group: Group) -> ConfirmScreen:
    """Ask whether each row of a group is about the person stored beside it."""
    noun, many = noun_for(review), review.kind.counted(group.pairs.height)
    text = "\n".join(
        [f"Another {group.difference}, as stored → as in the file:", "", *differences(review, group)]
    )
    return ConfirmScreen(f"Is each of these the same {noun}?", text, f"The same {many}", "Answer one by one")
