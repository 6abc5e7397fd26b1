"""Which screen comes after which."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.move_up import preview_moving_up
from backdrop_tui.intake.draft.sources import LostSourceError
from backdrop_tui.intake.output.export import template
from backdrop_tui.people.changes import ChangeHistory
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.steps.listing import REVIEW_SETTINGS, SIGN_UP, step_adding, step_with_key
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.access import make_private, others_can_read
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.data_care import DataCareScreen
from backdrop_tui.tui.screens.admin.import_history import ImportHistoryScreen
from backdrop_tui.tui.screens.admin.leavers import LeaversScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.screens.dialogs.steps import ACTION_PLAN, ADMINISTRATION
from backdrop_tui.tui.screens.turn.turn import TurnScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import Confirmed, PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.shell.base_screens import Notifier, Result, show_error
from backdrop_tui.tui.shell.host import Host
from backdrop_tui.wording import listed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.screen import Screen

    from backdrop_tui.imports.turn.movements import Turn
    from backdrop_tui.imports.turn.terms import TurnTerms
    from backdrop_tui.intake.draft.draft import Draft
    from backdrop_tui.intake.draft.draft_facts import DraftFacts
    from backdrop_tui.intake.draft.review import Review
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.records.schema.kind import RecordKind
    from backdrop_tui.school.account import Account
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.step import Step
    from backdrop_tui.tui.shell.picked import Picked


class FlowHost(Host, Notifier, Protocol):
    """The app as the flow sees it: it can also show screens and start an import."""

    changes: dict[str, ChangeHistory]
    """Changes made in Administration since the app was opened, by kind of people."""
    pick_from: Path
    """The folder in which the file picker starts."""

    def import_in_background(
        self, draft: Draft, review: Review, existing: Existing, turn: TurnTerms | None = None
    ) -> None:
        """Start to import a draft in a worker, as a move to a new school year on request."""

    def move_up_in_background(self, terms: TurnTerms) -> None:
        """Start to move everybody up a year in a worker."""

    def push_screen(
        self, screen: Screen[Result], callback: Callable[[Result | None], None] | None = None
    ) -> object:
        """Show a screen; the callback gets what it is dismissed with."""


GoBack = Callable[[], object]
"""Called when the user leaves a part of the flow, to show what was there before it."""


def open_choice(app: FlowHost, choice: str, go_back: GoBack = lambda: None) -> None:
    """Open what was chosen on the first screen, such as `students.csv`, `staff.hand` or `draft:ID`."""
    if choice.startswith("draft:"):
        _load_draft(app, LoadScreen(draft_id=choice.removeprefix("draft:")), go_back)
        return
    if choice == "columns":
        app.push_screen(ColumnsScreen(app.pick_from))
        return
    name, _, method = choice.partition(".")
    if not method:
        open_place(app, name, go_back)
        return
    kind = KINDS[name]
    if method == "template":
        title = f"Save an empty file for {kind.plural}"
        app.push_screen(
            SaveFileScreen(title, app.pick_from, f"{kind.name}-template.csv", lambda: template(kind))
        )
    elif _is_locked(app, step_adding(kind)):
        return
    elif method == "csv":
        pick_file(app, kind, go_back)
    else:
        _load_draft(app, LoadScreen(kind=kind), go_back)


def open_place(app: FlowHost, place: str, go_back: GoBack = lambda: None) -> None:
    """Open a step by its key, or one of the places listed beside the steps."""
    step = step_with_key(place)
    if step is not None:
        open_step(app, step, go_back)
    elif place == ACTION_PLAN:
        open_action_plan(app, go_back)
    elif place == ADMINISTRATION:
        open_administration(app, go_back)
    else:
        go_back()


def open_step(app: FlowHost, step: Step, go_back: GoBack) -> None:
    """Open the screen of a step, unless the step is locked."""
    if step == SIGN_UP:
        open_sign_up(app, go_back)
    elif _is_locked(app, step):
        go_back()
    elif step.kind is not None:
        pick_file(app, KINDS[step.kind], go_back)
    else:
        screen: Screen[object] = resolve_name(step.screen)()
        app.push_screen(screen, lambda _: _refresh_and_go_back(app, go_back))


def open_sign_up(app: FlowHost, go_back: GoBack) -> None:
    """Open the form for signing up, then ask for the code if the address isn't verified."""

    def signed_up(account: Account | None) -> None:
        if account is not None and account.verified is None:
            app.push_screen(VerifyEmailScreen(send=True), lambda _: _refresh_and_go_back(app, go_back))
        else:
            _refresh_and_go_back(app, go_back)

    app.push_screen(SignUpScreen(), signed_up)


def open_administration(app: FlowHost, go_back: GoBack, highlighted: str = "") -> None:
    """Open Administration; what is chosen there leads back to it.

    Args:
        app: The app.
        go_back: Called when the user leaves Administration.
        highlighted: The choice that the cursor starts on.
    """
    if _is_locked(app, REVIEW_SETTINGS, "Administration"):
        go_back()
        return

    def chosen(choice: str | None) -> None:
        def reopen(_: object = None) -> None:
            _refresh_and_go_back(app, lambda: open_administration(app, go_back, choice or ""))

        if choice is None:
            go_back()
        elif choice.startswith("people."):
            app.push_screen(_people_screen(app, choice.removeprefix("people.")), reopen)
        elif choice.startswith("leavers."):
            app.push_screen(_leavers_screen(app, choice.removeprefix("leavers.")), reopen)
        elif choice == "turn":
            open_turn(app, reopen)
        elif choice == "care":
            app.push_screen(DataCareScreen(), reopen)
        elif choice == "imports":
            app.push_screen(ImportHistoryScreen(), reopen)
        else:
            open_place(app, choice, reopen)

    app.push_screen(AdministrationScreen(highlighted), chosen)


def _people_screen(app: FlowHost, kind: str) -> PeopleScreen:
    """The list of students or staff, where changes made since the app was opened can still be undone."""
    return PeopleScreen(KINDS[kind], app.changes.setdefault(kind, ChangeHistory()))


def _leavers_screen(app: FlowHost, kind: str) -> LeaversScreen:
    """The list of students or staff who have left, with the same changes to undo as the list of those at the school."""
    return LeaversScreen(KINDS[kind], app.changes.setdefault(kind, ChangeHistory()))


def open_turn(app: FlowHost, go_back: GoBack) -> None:
    """Show what moving everybody up a year would do; from there, a file of the whole school can be used instead."""
    if _is_locked(app, step_adding(STUDENTS), "New school year"):
        go_back()
        return

    def chosen(choice: TurnTerms | str | None) -> None:
        if choice is None:
            go_back()
        elif isinstance(choice, str):
            pick_file(app, STUDENTS, go_back)
        else:
            app.move_up_in_background(choice)
            open_action_plan(app, lambda: None)

    def plan(school: School, today: date, _part_may_leave: bool) -> Turn:  # noqa: FBT001 - as `Planner` has it
        return preview_moving_up(school, today)

    app.push_screen(TurnScreen(STUDENTS, plan), chosen)


def open_action_plan(app: FlowHost, go_back: GoBack) -> None:
    """Open the Action Plan; what is chosen there leads back to it."""

    def chosen(place: str | None) -> None:
        if place is None:
            go_back()
        else:
            open_place(app, place, lambda: open_action_plan(app, go_back))

    app.push_screen(ActionPlanScreen(), chosen)


def _refresh_and_go_back(app: FlowHost, go_back: GoBack) -> None:
    app.refresh_progress()
    go_back()


def _is_locked(app: FlowHost, step: Step, title: str = "") -> bool:
    """Whether a step is locked; if so, the user is told what to complete first.

    Args:
        app: The app.
        step: The step.
        title: What is locked along with the step, if that is what the user wants to open.
    """
    status = app.progress.status_of(step.key) if app.progress else None
    if status is None or status.is_open:
        return False
    show_error(app, LockedError(title or step.title, status.blockers))
    return True


def pick_file(app: FlowHost, kind: RecordKind, go_back: GoBack) -> None:
    """Pick a file of students or staff, and start to import it. A file that can't be used leads back to the picker."""

    def load(picked: Picked | None) -> None:
        if picked is None:
            go_back()
            return
        app.pick_from = picked.folder or app.pick_from
        screen = LoadScreen(picked=picked, kind=kind)
        _offer_privacy(
            app,
            picked,
            lambda: _load_draft(app, screen, go_back, on_failure=lambda: pick_file(app, kind, go_back)),
        )

    app.push_screen(PickFileScreen(kind, app.pick_from), load)


def _offer_privacy(app: FlowHost, picked: Picked, go_on: GoBack) -> None:
    """Offer to make files private that other users of this computer can read, then go on whatever the answer."""
    exposed = [path for path in picked.paths if others_can_read(path)]
    if not exposed:
        go_on()
        return

    def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
        try:
            for path in exposed if yes else ():
                make_private(path)
        except BackdropError as error:
            show_error(app, error)
        go_on()

    names, them = listed((path.name for path in exposed), at_most=3), "it" if len(exposed) == 1 else "them"
    question = f"Other users of this computer can read {names}. If you make {them} private, only you can."
    app.push_screen(ConfirmScreen("Make private?", question, "Make private", "Leave as it is"), answered)


def _load_draft(app: FlowHost, screen: LoadScreen, go_back: GoBack, on_failure: GoBack | None = None) -> None:
    """Read a file or open a draft, and resume where that is. A draft that has lost its file asks for it."""

    def loaded(result: Draft | LostSourceError | None) -> None:
        if isinstance(result, LostSourceError):
            _pick_again(app, result.facts, go_back)
        elif result is not None:
            _resume_draft(app, result, go_back)
        else:
            (on_failure or go_back)()

    app.push_screen(screen, loaded)


def _pick_again(app: FlowHost, facts: DraftFacts, go_back: GoBack) -> None:
    """Pick the file that a draft has lost, and open the draft with it."""

    def load(picked: Picked | None) -> None:
        if picked is None:
            go_back()
            return
        screen = LoadScreen(draft_id=facts.id, picked=picked, kind=kind)
        _offer_privacy(
            app,
            picked,
            lambda: _load_draft(app, screen, go_back, on_failure=lambda: _pick_again(app, facts, go_back)),
        )

    kind, path = KINDS[facts.kind], facts.path(0)
    app.push_screen(PickFileScreen(kind, path.parent if path else app.pick_from), load)


def _resume_draft(app: FlowHost, draft: Draft, go_back: GoBack) -> None:
    """Open the screen for the stage that a draft has reached."""
    if draft.facts.by_hand and draft.facts.stage != "preview":
        _open_by_hand(app, draft, go_back)
    elif draft.facts.stage == "match":
        _open_match(app, draft, go_back)
    else:
        _open_put_right(app, draft, go_back)


def _open_match(app: FlowHost, draft: Draft, go_back: GoBack) -> None:
    def matched(is_complete: bool | None) -> None:  # noqa: FBT001 - a screen's result
        if is_complete:
            _save_stage(app, draft, "fix")
            _open_put_right(app, draft, go_back)
        else:
            _leave_draft(app, draft, lambda: pick_file(app, draft.kind, go_back))

    app.push_screen(MatchScreen(draft), matched)


def _open_put_right(app: FlowHost, draft: Draft, go_back: GoBack) -> None:
    def checked(review: Review | None) -> None:
        if review is not None:
            _open_preview(app, draft, review, go_back)
        elif draft.facts.by_hand:
            _open_by_hand(app, draft, go_back)
        else:
            _save_stage(app, draft, "match")
            _open_match(app, draft, go_back)

    app.push_screen(PutRightScreen(draft), checked)


def _open_by_hand(app: FlowHost, draft: Draft, go_back: GoBack) -> None:
    def typed(is_complete: bool | None) -> None:  # noqa: FBT001 - a screen's result
        if is_complete:
            _open_put_right(app, draft, go_back)
        else:
            _leave_draft(app, draft, go_back)

    app.push_screen(ByHandScreen(draft), typed)


def _open_preview(app: FlowHost, draft: Draft, review: Review, go_back: GoBack) -> None:
    _save_stage(app, draft, "preview")

    def confirmed(choice: Confirmed | None) -> None:
        if choice is None:
            _save_stage(app, draft, "fix")
            _open_put_right(app, draft, go_back)
        else:
            app.import_in_background(draft, review, choice.existing, choice.turn)
            open_action_plan(app, lambda: None)

    app.push_screen(PreviewScreen(draft, review), confirmed)


def _save_stage(app: FlowHost, draft: Draft, stage: str) -> None:
    """Save the stage that a draft has reached. If that fails, the user is told but can carry on."""
    try:
        draft.save_facts(stage=stage)
    except BackdropError as error:
        show_error(app, error)


def _leave_draft(app: FlowHost, draft: Draft, go_back: GoBack) -> None:
    """Close a draft and keep it, unless nothing would be lost with it: then discard it."""
    try:
        (draft.discard if draft.can_be_replaced else draft.close)()
    except BackdropError as error:
        show_error(app, error)
    go_back()
