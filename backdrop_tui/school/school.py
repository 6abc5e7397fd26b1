"""One school's data: who is stored, how set-up stands, and what the rules need to know of the school."""

import hashlib
import os
from collections.abc import Hashable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import polars as pl

from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.reading.headings import errors_columns, without_errors_columns
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import UserGroup, all_groups, former_group_names
from backdrop_tui.records.schema.context import PHASES, Context, academic_year_of
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.group_documents import group_of, order_of
from backdrop_tui.store.folder import DataFolder

if TYPE_CHECKING:  # checking a file where nothing is stored yet needs none of them, and starts faster without
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.school.settings import Settings
    from backdrop_tui.store.people import People
    from backdrop_tui.store.tinydb.setup_file import SetupFile


class School:
    """One school's data folder, opened. To be closed again, best by `with`."""

    def __init__(self, folder: DataFolder, *, read_only: bool = False) -> None:
        self.folder = folder
        """Where everything is."""
        self._read_only = read_only
        self._open = ExitStack()

    @cached_property
    def people(self) -> "People":
        """The people that are stored."""
        from backdrop_tui.store.opening import open_people  # noqa: PLC0415 - not needed where nothing is stored

        keys = {kind.name: kind.keys for kind in KINDS.values()}
        return self._open.enter_context(open_people(self.folder, keys, read_only=self._read_only))

    @cached_property
    def setup(self) -> "SetupFile":
        """Set-up's own documents."""
        from backdrop_tui.store.tinydb.setup_file import SetupFile  # noqa: PLC0415

        return self._open.enter_context(SetupFile(self.folder, read_only=self._read_only))

    @property
    def _is_new(self) -> bool:
        """Whether nothing is stored, nor will be: the folder is only read from, and there is none."""
        if not self._read_only:
            return False
        try:
            self.folder.path.lstat()
        except FileNotFoundError:
            return True
        except (OSError, ValueError):
            return False  # whatever reads from it will say what is wrong
        return False

    def stored(self, kind: RecordKind) -> pl.DataFrame:
        """The people of one kind: `id` and the fields' keys (String)."""
        if self._is_new:
            return pl.DataFrame(schema=dict.fromkeys(("id", *kind.keys), pl.String))
        return self.people.frame(kind.name)

    def version(self, kind: RecordKind) -> Hashable:
        """The store's version of the people of one kind, which differs once any of them has changed; None where nothing is stored."""
        return None if self._is_new else self.people.version(kind.name)

    @property
    def settings(self) -> "Settings":
        """The system settings as they are now."""
        from backdrop_tui.school.settings import Settings  # noqa: PLC0415

        return Settings(self.setup)

    @property
    def existing(self) -> "Existing":
        """What to do with somebody already stored."""
        from backdrop_tui.intake.linking.plan import EXISTING  # noqa: PLC0415

        chosen = self.settings.get("existing")
        return next(existing for existing in EXISTING if existing == chosen)

    def context(self, today: date) -> Context:
        """What the rules need to know of this school on a day."""
        if self._is_new:
            return Context.of(today)
        from backdrop_tui.school.settings import Settings  # noqa: PLC0415

        settings = Settings(self.setup, today)
        groups = self.user_groups()
        return Context(
            today=today,
            academic_year=settings.number("academic-year") or academic_year_of(today),
            phase=next(phase for phase in PHASES if phase == settings.get("phase")),
            groups=tuple(group.name for group in groups),
            former_groups=former_group_names(groups),
        )

    def groups(self) -> tuple[str, ...]:
        """The names of the user groups that there are, in order."""
        return tuple(group.name for group in self.user_groups())

    def user_groups(self) -> tuple[UserGroup, ...]:
        """The user groups that there are: those stored, or the standard ones; then any others that people are in."""
        if self._is_new:
            return all_groups((), ())
        documents = sorted(self.setup.table("groups").all(), key=order_of)
        return all_groups(list(map(group_of, documents)), self.in_groups().unique(maintain_order=True))

    def in_groups(self) -> pl.Series:
        """The user group of each member of staff who is in one (String).

        While people are being moved from a group to another one, all of them are in that one.
        """
        theirs = self.stored(KINDS["staff"])["user_group"].drop_nulls()
        found = self.setup.table("group_moves").all()
        moves = {move["key"]: str(move.get("to") or move["key"]) for move in found}
        return theirs.replace(moves) if moves else theirs

    def remembered(self, kind: RecordKind, headings: Sequence[str]) -> tuple[str | None, ...] | None:
        """Where the columns of the last file with these headings went; None where there was none.

        The column that an errors file adds doesn't count, so that it is matched like the file that it comes from. A
        file without headings is like no other.
        """
        added = errors_columns(headings)
        if not any(without_errors_columns(headings)) or self._is_new:
            return None
        found = self.setup.table("mappings").get(_mapping_key(kind, headings))
        targets = found.get("targets") if found else None
        known = {*kind.keys, FULL_NAME, None}
        if not isinstance(targets, list) or not known.issuperset(targets):
            return None
        if len(targets) != len(headings) - len(added):
            return None
        rest = iter(targets)
        return tuple(None if n in added else next(rest) for n in range(len(headings)))

    def remember(self, kind: RecordKind, headings: Sequence[str], targets: Sequence[str | None]) -> None:
        """Keep where the columns of a file with these headings go."""
        if not any(without_errors_columns(headings)):
            return
        added = errors_columns(headings)
        kept = [target for n, target in enumerate(targets) if n not in added]
        self.setup.table("mappings").put(_mapping_key(kind, headings), {"targets": kept})

    def forget(self, kind: RecordKind, headings: Sequence[str]) -> None:
        """Forget it again."""
        self.setup.table("mappings").remove(_mapping_key(kind, headings))

    @property
    def picked_from(self) -> Path | None:
        """The folder of the file that was picked last, where that is known and still there."""
        found = None if self._is_new else self.setup.table("places").get("picked")
        folder = found.get("folder") if found else None
        return Path(folder) if isinstance(folder, str) and os.path.isdir(folder) else None  # noqa: PTH112 - never raises

    def note_picked_from(self, folder: Path) -> None:
        """Keep the folder of the file that was picked last, so that the next start looks there first."""
        if str(folder).isprintable() and folder != self.picked_from:
            self.setup.table("places").put("picked", {"folder": str(folder)})

    def close(self) -> None:
        """Put everything in its final form, and let go of it."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _mapping_key(kind: RecordKind, headings: Sequence[str]) -> str:
    """One short key for all headings of a file, whose order counts."""
    joined = "\x1f".join(without_errors_columns(headings)).encode()
    return f"{kind.name}:{hashlib.sha256(joined).hexdigest()[:24]}"
