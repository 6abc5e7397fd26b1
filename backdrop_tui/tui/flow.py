"""The way through the screens: which comes after which."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import ChangeHistory
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.steps.listing import REVIEW_SETTINGS, SIGN_UP, step_adding, step_with_key
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.tui.screens.account.sign_up import SignUpScreen
from backdrop_tui.tui.screens.account.verify_email import VerifyEmailScreen
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.import_history import ImportHistoryScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.dialogs.steps import ACTION_PLAN, ADMINISTRATION, START
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right import PutRightScreen
from backdrop_tui.tui.screens.wizard.save_template import SaveTemplateScreen
from backdrop_tui.tui.shell.base_screens import Notifier, Result, show_error
from backdrop_tui.tui.shell.host import Host

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from backdrop_tui.intake.draft.draft import Draft
    from backdrop_tui.intake.draft.review import Review
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.records.schema.kind import RecordKind
    from backdrop_tui.school.account import Account
    from backdrop_tui.steps.step import Step


class FlowHost(Host, Notifier, Protocol):
    """The app, as the way through its screens knows it."""

    changes: dict[str, ChangeHistory]
    """What has been done to people since the app was opened, by their kind."""
    pick_from: Path
    """The folder in which the file picker starts."""

    def import_in_background(self, draft: Draft, review: Review, existing: Existing) -> None:
        """Start importing a draft in a worker."""

    def push_screen(
        self, screen: Screen[Result], callback: Callable[[Result | None], None] | None = None
    ) -> object:
        """Show a screen; the callback gets its result."""


Done = Callable[[], object]
"""What is called when the way has come to its end, or back to its start."""


def begin(app: FlowHost, choice: str, done: Done = lambda: None) -> None:
    """Go where a choice of the first screen leads, such as `students.csv`, `staff.hand` or `draft:ID`."""
    if choice.startswith("draft:"):
        _load(app, choice.removeprefix("draft:"), None, done)
        return
    if choice == "columns":
        app.push_screen(ColumnsScreen(app.pick_from))
        return
    name, _, how = choice.partition(".")
    if not how:
        go(app, name, done)
        return
    kind = KINDS[name]
    if how != "template" and _is_locked(app, step_adding(kind)):
        return
    if how == "csv":
        pick(app, kind, done)
    elif how == "hand":
        _load(app, None, None, done, kind)
    else:
        app.push_screen(SaveTemplateScreen(kind, app.pick_from))


def go(app: FlowHost, place: str, done: Done = lambda: None) -> None:
    """Go to a step by its key, or to one of the places listed beside the steps."""
    step = step_with_key(place)
    if step is not None:
        open_step(app, step, done)
    elif place == ACTION_PLAN:
        plan(app, done)
    elif place == ADMINISTRATION:
        administration(app, done)
    else:
        done()


def open_step(app: FlowHost, step: Step, done: Done) -> None:
    """Open the screen of a step, unless the step is locked."""
    if step == SIGN_UP:
        sign_up(app, done)
    elif _is_locked(app, step):
        done()
    elif step.kind is not None:
        pick(app, KINDS[step.kind], done)
    else:
        screen: Screen[object] = resolve_name(step.screen)()
        app.push_screen(screen, lambda _: _looked(app, done))


def sign_up(app: FlowHost, done: Done) -> None:
    """Sign up, then verify the address."""

    def signed_up(account: Account | None) -> None:
        if account is not None and account.verified is None:
            app.push_screen(VerifyEmailScreen(send=True), lambda _: _looked(app, done))
        else:
            _looked(app, done)

    app.push_screen(SignUpScreen(), signed_up)


def administration(app: FlowHost, done: Done, here: str = "") -> None:
    """Show Administration, go where it leads, and come back to it."""
    if _is_locked(app, REVIEW_SETTINGS, "Administration"):
        done()
        return

    def chosen(choice: str | None) -> None:
        def again(_: object = None) -> None:
            _looked(app, lambda: administration(app, done, choice or ""))

        if choice is None:
            done()
        elif choice.startswith("people."):
            app.push_screen(_people(app, choice.removeprefix("people.")), again)
        elif choice == "imports":
            app.push_screen(ImportHistoryScreen(), again)
        else:
            go(app, choice, again)

    app.push_screen(AdministrationScreen(here), chosen)


def _people(app: FlowHost, kind: str) -> PeopleScreen:
    """The list of the students or of the staff, with what has been done to them since the app was opened."""
    return PeopleScreen(KINDS[kind], app.changes.setdefault(kind, ChangeHistory()))


def plan(app: FlowHost, done: Done) -> None:
    """Show the Action Plan, and go where it leads."""

    def chosen(place: str | None) -> None:
        step = step_with_key(place or "")
        if step is not None and step.kind is None:
            open_step(app, step, lambda: plan(app, done))
        else:
            go(app, place or START, done)

    app.push_screen(ActionPlanScreen(), chosen)


def _looked(app: FlowHost, done: Done) -> None:
    app.refresh_progress()
    done()


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


def pick(app: FlowHost, kind: RecordKind, done: Done) -> None:
    """Pick a file, and go on with it."""

    def picked(path: Path | None) -> None:
        if path is None:
            done()
            return
        app.pick_from = path.parent
        _load(app, None, path, done, kind)

    app.push_screen(PickFileScreen(kind, app.pick_from), picked)


def _load(
    app: FlowHost, draft_id: str | None, path: Path | None, done: Done, kind: RecordKind | None = None
) -> None:
    """Read a file or open a draft, and go on where it stands."""

    def loaded(draft: Draft | None) -> None:
        if draft is not None:
            _go_on(app, draft, done)
        elif path is not None and kind is not None:
            pick(app, kind, done)
        else:
            done()

    app.push_screen(LoadScreen(draft_id=draft_id, path=path, kind=kind), loaded)


def _go_on(app: FlowHost, draft: Draft, done: Done) -> None:
    """Go on at the step that a draft has reached."""
    if draft.facts.by_hand and draft.facts.stage != "preview":
        _by_hand(app, draft, done)
    elif draft.facts.stage == "match":
        _match(app, draft, done)
    else:
        _put_right(app, draft, done)


def _match(app: FlowHost, draft: Draft, done: Done) -> None:
    def matched(on: bool | None) -> None:  # noqa: FBT001 - a screen's result
        if on:
            _note(app, draft, "fix")
            _put_right(app, draft, done)
        else:
            _leave(app, draft, lambda: pick(app, draft.kind, done))

    app.push_screen(MatchScreen(draft), matched)


def _put_right(app: FlowHost, draft: Draft, done: Done) -> None:
    def put_right(review: Review | None) -> None:
        if review is not None:
            _preview(app, draft, review, done)
        elif draft.facts.by_hand:
            _by_hand(app, draft, done)
        else:
            _note(app, draft, "match")
            _match(app, draft, done)

    app.push_screen(PutRightScreen(draft), put_right)


def _by_hand(app: FlowHost, draft: Draft, done: Done) -> None:
    def typed(on: bool | None) -> None:  # noqa: FBT001 - a screen's result
        if on:
            _put_right(app, draft, done)
        else:
            _leave(app, draft, done)

    app.push_screen(ByHandScreen(draft), typed)


def _preview(app: FlowHost, draft: Draft, review: Review, done: Done) -> None:
    _note(app, draft, "preview")

    def seen(existing: Existing | None) -> None:
        if existing is None:
            _note(app, draft, "fix")
            _put_right(app, draft, done)
        else:
            app.import_in_background(draft, review, existing)
            plan(app, done)

    app.push_screen(PreviewScreen(draft, review), seen)


def _note(app: FlowHost, draft: Draft, stage: str) -> None:
    """Keep how far a draft is. Where that can't be kept, the user goes on, but is told."""
    try:
        draft.save_facts(stage=stage)
    except BackdropError as error:
        show_error(app, error)


def _leave(app: FlowHost, draft: Draft, done: Done) -> None:
    """Let go of a draft. One in which nothing has been done yet is not worth keeping."""
    chosen = any(column.how == "chosen" for column in draft.matching.columns)
    untouched = not (draft.edits.done or draft.edits.undone or draft.facts.read or chosen)
    try:
        (draft.discard if untouched else draft.close)()
    except BackdropError as error:
        show_error(app, error)
    done()
