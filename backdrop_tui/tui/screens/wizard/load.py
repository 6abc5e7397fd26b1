"""Reading a file into a new draft, or opening a draft."""

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from backdrop_tui.errors import BackdropError, rollback_on_error
from backdrop_tui.imports.pipeline import match
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import LostSourceError, changed_since_picked
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.host import Host
from backdrop_tui.tui.shell.picked import Picked
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class LoadScreen(StepScreen[Draft | LostSourceError]):
    """Opens or creates a draft in a worker, or shows why there is none.

    It is dismissed with the draft, or with the error if the draft's file is to be chosen again.
    """

    CSS_PATH = stylesheet("load")
    TITLE = "Reading the file"
    HELP = "The file is being read. Nothing in it is changed."
    UNQUEUED_KEYS = frozenset({"escape"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose_again", "Choose the file", id="load.again", tooltip="Choose the file that the draft has lost"),
    ]  # fmt: skip
    message = getters.query_one("#message", Static)

    @dataclass
    class Loaded(Message):
        """The draft has been opened or created."""

        draft: Draft
        """The draft, which is locked by this process."""
        notice: str
        """What the user should know about its files; empty if nothing."""

    def __init__(
        self, *, draft_id: str | None = None, picked: Picked | None = None, kind: RecordKind | None = None
    ) -> None:
        """Create the screen.

        Args:
            draft_id: The draft to open; None to create one.
            picked: What to read into a new draft, or what a draft to be opened has lost; None for people who are typed in.
            kind: The kind of people in a new draft.
        """
        super().__init__()
        self._draft_id = draft_id
        self._picked = picked
        self._kind = kind
        self._draft: Draft | None = None
        self._was_left = False
        self._keeps_draft = False
        self._lost: LostSourceError | None = None
        self._handover = Lock()
        self.holds_keys = True

    def compose(self) -> ComposeResult:
        """Lay out the line that says what is being done, or what went wrong."""
        yield Breadcrumb(
            "Students" if self._kind is None else self._kind.plural.capitalize(), IMPORT_STEPS, 0
        )
        with Vertical(id="body"):
            yield Static(
                plain(f"Reading {self._picked.name} …" if self._picked else "Opening …"), id="message"
            )
        yield Footer()

    def on_mount(self) -> None:
        """Start to load."""
        self.load()

    @work(thread=True, exclusive=True, group="load", exit_on_error=False)
    def load(self) -> None:
        """Open or create the draft, in a worker. If the user has left by then, close it again."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            draft = self._open_draft(host) if self._draft_id else self._create_draft(host)
        except BackdropError as error:
            self.post_message(Failed(error))
            return
        with self._handover:
            self._draft = draft
            was_left = self._was_left
        if was_left:
            self._drop_draft()
            return
        notice = changed_since_picked(draft.folder, draft.facts) if self._draft_id else ""
        self.post_message(self.Loaded(draft, notice))

    def _open_draft(self, host: Host) -> Draft:
        assert self._draft_id is not None  # noqa: S101 - for the type checker
        draft = Draft.open(host.folder, self._draft_id, self._picked.load() if self._picked else ())
        with rollback_on_error(draft.close):
            _ = draft.matching  # reads the file, which the next screen must not do on the event loop
        return draft

    def _create_draft(self, host: Host) -> Draft:
        assert self._kind is not None  # noqa: S101 - for the type checker
        require_unlocked(host.school, step_adding(self._kind))
        files = self._picked.load() if self._picked else []
        draft = Draft.create(host.folder, self._kind, files, host.now)
        with rollback_on_error(draft.discard_if_possible):
            if files:
                draft.save_matching(match(host.school, draft.kind, draft.sheet))
        if self._picked and self._picked.folder:
            with suppress(BackdropError):  # the folder is only a convenience for the next start
                host.school.remember_folder(self._picked.folder)
        return draft

    def action_back(self) -> None:
        """Go back. A new draft is discarded, even if it is only created after that."""
        with self._handover:
            self._was_left = True
        self._drop_draft()
        self.dismiss(None)

    def release(self) -> None:
        """Close the draft but keep it: the app is being left, and the user hasn't gone back from the file."""
        with self._handover:
            self._was_left = self._keeps_draft = True
        self._drop_draft()

    def _drop_draft(self) -> None:
        """Close the draft if there is one; discard it if it is new, not to be kept, and its file can be picked again."""
        with self._handover:
            draft, self._draft = self._draft, None
        if draft is not None:
            is_kept = self._draft_id or self._keeps_draft or not draft.can_be_replaced
            with suppress(BackdropError):
                (draft.close if is_kept else draft.discard)()

    @on(Loaded)
    def finish(self, event: Loaded) -> None:
        """Leave with the draft, after showing what of it is damaged."""
        if self._was_left:
            return
        if event.notice:
            self.notify(plain(event.notice).plain, timeout=15, markup=False)
        if event.draft.warning:
            dialog = ShowTextScreen("Part of this draft is damaged", plain_lines(event.draft.warning))
            self.app.push_screen(dialog, lambda _: self._leave_with(event.draft))
        else:
            self.dismiss(event.draft)

    def _leave_with(self, draft: Draft) -> None:
        """Leave with a draft, unless the screen has been left in the meantime."""
        if not self._was_left:
            self.dismiss(draft)

    def show_failure(self, error: BackdropError) -> None:
        """Show why the draft could not be opened or created, and whether its file can be chosen again."""
        keys = "Press Esc to go back."
        if isinstance(error, LostSourceError) and error.can_be_put_back:
            self._lost = error
            keys = "Press Enter to choose it, Esc to go back."
        self.message.update(plain_lines(f"{error.title}.\n\n{error.message}\n\n{keys}"))
        self.message.add_class("-error")
        self.refresh_bindings()

    def action_choose_again(self) -> None:
        """Leave, for the user to choose the file that the draft has lost."""
        self.dismiss(self._lost)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that chooses the file again unless a draft has lost it."""
        return (
            self._lost is not None if action == "choose_again" else super().check_action(action, parameters)
        )
