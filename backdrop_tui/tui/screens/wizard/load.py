"""A file being read, or a draft being opened."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Footer, Static

from backdrop_tui.errors import BackdropError, rollback_on_error
from backdrop_tui.imports.pipeline import match
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.reading.source import load
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.host import Host
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class LoadScreen(StepScreen[Draft]):
    """Reads a file into a new draft, opens a draft, or starts one by hand; says so in a sentence where it can't."""

    CSS_PATH = stylesheet("load")
    TITLE = "Reading the file"
    HELP = "The file is being read. Nothing in it is changed."
    UNQUEUED_KEYS = frozenset({"escape"})
    message = getters.query_one("#message", Static)

    @dataclass
    class Loaded(Message):
        """The draft is there."""

        draft: Draft
        """It."""

    def __init__(self, *, draft_id: str | None, path: Path | None, kind: RecordKind | None) -> None:
        super().__init__()
        self._draft_id = draft_id
        self._path = path
        self._kind = kind
        self._draft: Draft | None = None
        self._left = False
        self._kept = False
        self._handing_over = Lock()
        self.holds_keys = True

    def compose(self) -> ComposeResult:
        """What is being done, or why it can't be."""
        yield Breadcrumb("Students" if self._kind is None else self._kind.many.capitalize(), IMPORT_STEPS, 0)
        with Vertical(id="body"):
            yield Static(plain(f"Reading {self._path.name} …" if self._path else "Opening …"), id="message")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin."""
        self.load()

    @work(thread=True, exclusive=True, group="load", exit_on_error=False)
    def load(self) -> None:
        """Read or open, away from the screen."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            draft = self._opened(host) if self._draft_id else self._made(host)
        except BackdropError as error:
            self.post_message(Failed(error))
            return
        with self._handing_over:
            self._draft = draft
            left = self._left
        if left:
            self._let_go()
        else:
            self.post_message(self.Loaded(draft))

    def _opened(self, host: Host) -> Draft:
        assert self._draft_id is not None  # noqa: S101 - for the type checker
        draft = Draft.open(host.folder, self._draft_id)
        with rollback_on_error(draft.close):
            _ = draft.matching
        return draft

    def _made(self, host: Host) -> Draft:
        assert self._kind is not None  # noqa: S101 - for the type checker
        require_unlocked(host.school, step_adding(self._kind))
        source = load(self._path) if self._path else b""
        draft = Draft.create(host.folder, self._kind, self._path, source, host.now)
        with rollback_on_error(draft.discard_if_possible):
            if self._path is not None:
                draft.save_matching(match(host.school, draft.kind, draft.sheet))
        if self._path is not None:
            with suppress(BackdropError):  # it is only for the next time
                host.school.remember_folder(self._path.absolute().parent)
        return draft

    def action_back(self) -> None:
        """Go back; a draft that is made all the same is let go of."""
        with self._handing_over:
            self._left = True
        self._let_go()
        self.dismiss(None)

    def release(self) -> None:
        """Let go of the draft, but keep it: the user did not take the file back."""
        with self._handing_over:
            self._left = self._kept = True
        self._let_go()

    def _let_go(self) -> None:
        """Let go of the draft, once; one that was only just made is removed, unless it is to be kept."""
        with self._handing_over:
            draft, self._draft = self._draft, None
        if draft is not None:
            with suppress(BackdropError):
                (draft.close if self._draft_id or self._kept else draft.discard)()

    @on(Loaded)
    def go_on(self, event: Loaded) -> None:
        """Leave with the draft."""
        if self._left:
            return
        if event.draft.warning:
            self.app.notify(
                plain(event.draft.warning).plain,
                title="Check your last change",
                severity="warning",
                timeout=20,
                markup=False,
            )
        self.dismiss(event.draft)

    def show_failure(self, error: BackdropError) -> None:
        """Say why it can't be done."""
        self.message.update(plain_lines(f"{error.title}.\n\n{error.message}\n\nPress Esc to go back."))
        self.message.add_class("-error")
