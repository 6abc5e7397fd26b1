"""“Does this look right?”: what Complete will do, and Complete itself."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import plan_for
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import EXISTING, Existing, Plan
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.count_charts import count_list
from backdrop_tui.tui.widgets.import_diff import describe_changes
from backdrop_tui.tui.widgets.plain import plain, printable, shortened

_SAMPLE = 5
_EXISTING = {
    "update": "are updated from the file",
    "fill": "get only what is blank filled in",
    "skip": "are left as they are",
}


class PreviewScreen(DraftScreen[Existing]):
    """How many of whom, how they will be stored, and what becomes of those who are stored already."""

    CSS_PATH = stylesheet("preview")
    TITLE = "Check"
    HELP = (
        "This is what will be stored. Look at the numbers, at the five samples, and at how the dates were read.\n"
        "PgDn shows what is further down. Enter on Complete stores it. Esc goes back to the rows.\n"
        "e changes what happens to those who are stored already. w shows who of them changes, and from what to what."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "complete", "Complete", id="preview.complete", tooltip="Store this"),
        Binding("e", "existing", "Those stored already", id="preview.existing", tooltip="Update them, fill in what is blank, or leave them alone"),
        Binding("w", "who_changes", "Who changes", id="preview.changes", tooltip="Which of those stored already change, and from what to what"),
    ]  # fmt: skip

    body = getters.query_one("#body", Static)
    button = getters.query_one("#complete", Button)

    @dataclass
    class Planned(Message):
        """It is known what would be done."""

        plan: Plan
        """What."""
        existing: Existing
        """What becomes of those stored already."""
        groups: tuple[str, ...]
        """User groups that will be made."""

    def __init__(self, draft: Draft, review: Review) -> None:
        super().__init__(draft)
        self.review = review
        """How it stands."""
        self.plan: Plan | None = None
        """What Complete will do; None until that is known."""
        self.existing: Existing | None = draft.facts.existing
        """What becomes of those stored already; None until the setting has been read."""
        self._groups: tuple[str, ...] = ()
        self.holds_keys = True

    def compose(self) -> ComposeResult:
        """The question, what will be stored, and Complete."""
        yield self.breadcrumb(3)
        with VerticalScroll(can_focus=False):
            yield Static("Working out what will be stored …", id="body")
        yield Button(
            "Complete",
            variant="primary",
            id="complete",
            compact=True,
            action="screen.complete",
            disabled=True,
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Work out what would be done."""
        self.work_out(self.existing)

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def work_out(self, existing: Existing | None) -> None:
        """Work out what would be done, away from the screen."""
        try:
            school = self.host.school
            chosen = existing or school.existing
            plan = plan_for(school, self.review, chosen)
            groups = plan.new_groups(school.group_names())
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Planned(plan, chosen, groups))

    @on(Planned)
    def show(self, event: Planned) -> None:
        """Show what would be done."""
        self.holds_keys = False
        self.plan, self.existing, self._groups = event.plan, event.existing, event.groups
        self.button.disabled = not self.review.ready.height
        self.button.label = self._completes(event.plan)
        self.button.focus()
        self.refresh_bindings()
        self._draw()

    def on_resize(self) -> None:
        """Use the room that there is, once it is known."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.plan is None:
            return
        parts = [
            self._numbers(self.plan),
            _made(self._groups),
            self._samples(self.plan),
            *self._spread(self.plan),
        ]
        self.body.update(Content("\n\n").join(part for part in parts if part.plain))

    def _completes(self, plan: Plan) -> str:
        """What Complete does, in a few words."""
        if plan.updated:
            return f"Complete: add {plan.added.height:,}, update {plan.updated:,}"
        if plan.unchanged and not plan.added.height:
            return "Complete: nothing changes"
        if plan.unchanged:
            return f"Complete: add {self.draft.kind.counted(plan.added.height)}"
        return f"Complete: store {self.draft.kind.counted(self.review.ready.height)}"

    def _numbers(self, plan: Plan) -> Content:
        kind, review = self.draft.kind, self.review
        left = review.texts.height - review.ready.height
        matched = plan.updated + plan.unchanged
        lines = [
            Content.styled("Does this look right?", "bold"),
            Content(f"{plan.added.height:>8,}  will be added"),
            Content(f"{plan.updated:>8,}  will be updated"),
            Content(f"{plan.unchanged:>8,}  stay as they are"),
            Content(
                f"{left:>8,}  {'is' if left == 1 else 'are'} left out{', and kept in a file' if left else ''}"
            ),
        ]
        if others := int(plan.changes_first_name.sum()):
            get = "1 of those updated gets" if others == 1 else f"{others:,} of those updated get"
            lines.append(Content.styled(f"       ?  {get} another first name. w shows who.", "$text-warning"))
        warned = len(review.problem_rows) - len(review.error_rows)
        if warned:
            rows = "1 row still has" if warned == 1 else f"{warned:,} rows still have"
            lines.append(
                Content.styled(f"       ?  {rows} something to look at. Esc shows them.", "$text-warning")
            )
        if self.draft.facts.file and plan.is_whole_school and len(plan.absent):
            are, stay = ("is", "stays") if len(plan.absent) == 1 else ("are", "stay")
            where = "in none of these rows" if left else "not in this file"
            gone = kind.counted(len(plan.absent)).capitalize()
            lines.append(
                Content(f"{gone} stored {are} {where}, and {stay}. Administration lists leavers (l).")
            )
        if matched and self.existing:
            lines.append(
                Content(
                    f"{kind.counted(matched).capitalize()} of these are stored already and {_EXISTING[self.existing]}. e changes that."
                )
            )
        return Content("\n").join(lines)

    def _spread(self, plan: Plan) -> list[Content]:
        """How many there are in each group that such people are in."""
        width = min(self.body.size.width - 3, 90)
        people = plan.people_after
        return [
            count_list(field.label, people[field.key], width)
            for field in self.draft.kind.fields
            if field.key in ("year_group", "registration_group", "user_group")
        ]

    def _samples(self, plan: Plan) -> Content:
        if not self.review.ready.height:
            return Content("Nobody is ready to be stored. Esc goes back to the rows.")
        fields, people = self.draft.kind.fields, plan.people_after
        fresh = people.head(plan.added.height + plan.changed.height)
        people = fresh if fresh.height else people
        few = "As they will be stored:" if fresh.height else "Nothing of them changes. As they are stored:"
        many = f"Five of them, {few[0].lower()}{few[1:]}" if fresh.height else few
        lines = [Content.styled(many if people.height > _SAMPLE else few, "bold")]
        for person in (
            people.gather_every(max(1, people.height // _SAMPLE)).head(_SAMPLE).iter_rows(named=True)
        ):
            shown = [field.to_say(person[field.key]) for field in fields if person[field.key]]
            lines.append(plain("  " + " · ".join(shortened(printable(text), 40) for text in shown)))
        return Content("\n").join(lines)

    def action_existing(self) -> None:
        """Change what becomes of those stored already."""
        chosen = EXISTING[(EXISTING.index(self.existing or EXISTING[0]) + 1) % len(EXISTING)]
        try:
            self.draft.note(existing=chosen)
        except BackdropError as error:
            self.show_error(error)
            return
        self.holds_keys = True
        self.work_out(chosen)

    def action_who_changes(self) -> None:
        """Show who of those stored already changes."""
        if self.plan is not None:
            self.app.push_screen(ShowTextScreen("Who changes", describe_changes(self.draft.kind, self.plan)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what there is nothing for."""
        if action == "existing":
            return True if self.plan is not None and self.plan.present else None
        if action == "who_changes":
            return True if self.plan is not None and self.plan.changed.height else None
        return True

    def action_complete(self) -> None:
        """Leave with what becomes of those stored already: it is stored in the background, one import at a time."""
        if self.plan is None or self.existing is None or not self.review.ready.height:
            return
        if self.host.running_import is not None:
            self.notify(
                "Another import is being done. Complete this one when that has ended.", severity="warning"
            )
            return
        self.dismiss(self.existing)


def _made(groups: tuple[str, ...]) -> Content:
    """Which user groups will be made."""
    if not groups:
        return Content("")
    return Content.assemble(
        (f"User groups that will be made, with the rights of {PATTERN_GROUP}:\n", "bold $text-warning"),
        plain(f"  {', '.join(groups)}"),
    )
