"""“Does this look right?”: what Complete will do, and Complete itself."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import plan_for
from backdrop_tui.imports.turn.movements import Turn
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.imports.turn.with_file import plan_turn
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import EXISTING, Existing, Plan
from backdrop_tui.school.school import School
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.turn.turn import TurnScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.outcome.import_diff import describe_changes
from backdrop_tui.tui.widgets.outcome.plan_text import complete_label, describe_plan
from backdrop_tui.tui.widgets.panels.next_key import NextKey
from backdrop_tui.tui.widgets.panels.panel import titled


@dataclass(frozen=True)
class Confirmed:
    """What the user has confirmed."""

    existing: Existing
    """What to do with people already stored."""
    turn: TurnTerms | None = None
    """What the user wants for the move to a new school year; None for a plain import."""


class PreviewScreen(DraftScreen[Confirmed]):
    """Counts and samples of what will be stored. It is dismissed with what the user has confirmed."""

    CSS_PATH = stylesheet("preview")
    TITLE = "Check"
    HELP = (
        "This is what will be stored. Check the numbers, the samples, and how the dates were read.\n"
        "Press PgDn to see more. Press Enter on Complete to store it, or Esc to go back to the rows.\n"
        "Press e to change what happens to people already stored, and w to see which of them will change, with old and new values.\n"
        "If the file has the whole school in it, press t to see who moves up, joins and leaves, and to store that as well."
    )
    NEXT_KEYS = (("c", "stores this"), ("Esc", "goes back to the rows"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "complete", "Complete", id="preview.complete", tooltip="Store this"),
        Binding("e", "existing", "Already stored", id="preview.existing", tooltip="Update them, fill in what is blank, or leave them as they are"),
        Binding("w", "who_changes", "Who changes", id="preview.changes", tooltip="Which people already stored will change, with old and new values"),
        Binding("t", "turn", "New school year", id="preview.turn", tooltip="With a file of the whole school: who moves up, joins and leaves"),
    ]  # fmt: skip

    body = getters.query_one("#body", FittedText)
    button = getters.query_one("#complete", Button)

    @dataclass
    class Planned(Message):
        """The plan has been worked out."""

        plan: Plan
        """What Complete will do."""
        existing: Existing
        """What to do with people already stored."""
        groups: tuple[str, ...]
        """The user groups that will be created."""

    def __init__(self, draft: Draft, review: Review) -> None:
        super().__init__(draft)
        self.review = review
        """The draft as it was checked."""
        self.plan: Plan | None = None
        """What Complete will do; None until it has been worked out."""
        self.existing: Existing | None = draft.facts.existing
        """What to do with people already stored; None until the setting has been read."""
        self.holds_keys = True

    def compose(self) -> ComposeResult:
        """Lay out the description, and the button that completes."""
        yield self.breadcrumb(3)
        with titled(VerticalScroll(can_focus=False), "Does this look right?"):
            yield FittedText("Working out what will be stored …", id="body")
        yield Button(
            "Complete",
            variant="primary",
            id="complete",
            compact=True,
            action="screen.complete",
            disabled=True,
        )
        yield Footer("complete")

    def on_mount(self) -> None:
        """Work out what Complete will do."""
        self.work_out(self.existing)

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def work_out(self, existing: Existing | None) -> None:
        """Work out what Complete will do, in a worker; the setting decides if `existing` is None."""
        try:
            school = self.host.school
            existing = existing or school.existing
            plan = plan_for(school, self.review, existing)
            groups = plan.new_groups(school.group_names())
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Planned(plan, existing, groups))

    @on(Planned)
    def show_plan(self, event: Planned) -> None:
        """Show what Complete will do."""
        self.holds_keys = False
        self.plan, self.existing = event.plan, event.existing
        self.button.disabled = not self.review.ready.height
        self.button.label = complete_label(event.plan, self.review)
        self.query_one(NextKey).leave_out("c" if self.button.disabled else "")
        self.button.refresh(layout=True)  # A longer label needs a wider button.
        self.button.focus()
        self.refresh_bindings()
        self.body.show(
            lambda width: describe_plan(event.plan, self.review, event.existing, event.groups, width)
        )

    def action_existing(self) -> None:
        """Change what happens to people already stored."""
        existing = EXISTING[(EXISTING.index(self.existing or EXISTING[0]) + 1) % len(EXISTING)]
        try:
            self.draft.save_facts(existing=existing)
        except BackdropError as error:
            self.show_error(error)
        else:
            self.holds_keys = True
            self.work_out(existing)

    def action_who_changes(self) -> None:
        """Show which people already stored will change."""
        if self.plan is not None:
            self.app.push_screen(ShowTextScreen("Who changes", describe_changes(self.review, self.plan)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used now."""
        if action == "complete":
            return True if self.plan is not None and self.review.ready.height else None
        if action == "existing":
            return True if self.plan is not None and self.plan.present else None
        if action == "who_changes":
            return (
                True
                if self.plan is not None and (self.plan.changed.height or self.review.linkage.withheld.height)
                else None
            )
        if action == "turn":
            return True if self._can_turn else None
        return True

    @property
    def _can_turn(self) -> bool:
        """Whether the rows are a file, and anyone was stored before."""
        plan = self.plan
        is_file = not self.draft.facts.by_hand
        return is_file and plan is not None and bool(plan.present or len(plan.absent))

    def action_turn(self) -> None:
        """Show who moves up, joins and leaves; what is confirmed there is stored with the rows."""
        existing = self.existing
        if existing is None or not self._can_turn:
            return

        def plan(school: School, _today: date, part_may_leave: bool) -> Turn:  # noqa: FBT001 - as `Planner` has it
            return plan_turn(
                self.review, plan_for(school, self.review, existing), part_may_leave=part_may_leave
            )

        def confirmed(terms: object) -> None:
            if isinstance(terms, TurnTerms):
                self.dismiss(Confirmed(existing, terms))

        self.app.push_screen(
            TurnScreen(self.draft.kind, plan, self.draft.facts.file or "the file"), confirmed
        )

    def action_complete(self) -> None:
        """Leave, and let the import run in the background, unless another one is running."""
        if self.plan is None or self.existing is None or not self.review.ready.height:
            return
        if self.host.running_import is not None:
            self.notify(
                "Another import is running. Wait until it has finished, then complete this one.",
                severity="warning",
            )
            return
        self.dismiss(Confirmed(self.existing))
