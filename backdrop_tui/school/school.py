"""A school's stored data: its people, the documents of its set-up, and what rules need to know about it."""

import os
from collections.abc import Hashable
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import HAS_LEFT, current_people
from backdrop_tui.records.rights.user_groups import UserGroup, all_groups, former_group_names
from backdrop_tui.records.schema.context import PHASES, Context, academic_year_of
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.group_documents import group_of, order_of
from backdrop_tui.store.folder import DataFolder

if TYPE_CHECKING:  # not loaded for checking a file while nothing is stored, which starts faster
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.school.settings import Settings
    from backdrop_tui.store.port import Fault, Store


class School:
    """An open data folder of one school. A context manager; close it after use."""

    def __init__(self, folder: DataFolder, *, read_only: bool = False) -> None:
        self.folder = folder
        """The data folder."""
        self._read_only = read_only
        self._open = ExitStack()
        self._told: set[str] = set()
        self._faults: list[Fault] | None = None

    @cached_property
    def store(self) -> "Store":
        """Everything that is kept about the school: people, documents of set-up, audit log."""
        from backdrop_tui.store.opening import open_store  # noqa: PLC0415 - not needed while nothing is stored

        keys = {kind.name: kind.stored_keys for kind in KINDS.values()}
        return self._open.enter_context(open_store(self.folder, keys, read_only=self._read_only))

    @property
    def is_new(self) -> bool:
        """Whether the data folder doesn't exist and won't be created, because it is opened read-only."""
        if not self._read_only:
            return False
        try:
            self.folder.path.lstat()
        except FileNotFoundError:
            return True
        except (OSError, ValueError):
            return False  # the error is raised when something is read
        return False

    def stored(self, kind: RecordKind) -> pl.DataFrame:
        """Everyone of one kind who is stored, including those who have left: `id` and the kind's `stored_keys` (String)."""
        if self.is_new:
            return pl.DataFrame(schema=dict.fromkeys(("id", *kind.stored_keys), pl.String))
        return self.store.people(kind.name).frame()

    def current(self, kind: RecordKind) -> pl.DataFrame:
        """The people of one kind who are at the school: the same columns as `stored`."""
        return current_people(self.stored(kind))

    def leavers(self, kind: RecordKind) -> pl.DataFrame:
        """The people of one kind who have left: the same columns as `stored`."""
        return self.stored(kind).filter(HAS_LEFT)

    def version(self, kind: RecordKind) -> Hashable:
        """A value that differs once any person of a kind has changed; None if there is no data folder."""
        return None if self.is_new else self.store.people(kind.name).version()

    @property
    def settings(self) -> "Settings":
        """The system settings."""
        from backdrop_tui.school.settings import Settings  # noqa: PLC0415

        return Settings(self.store)

    @property
    def existing(self) -> "Existing":
        """What an import does with people who are already stored."""
        from backdrop_tui.intake.linking.plan import EXISTING  # noqa: PLC0415

        value = self.settings.get("existing")
        return next(existing for existing in EXISTING if existing == value)

    def context(self, today: date) -> Context:
        """What the rules need to know about this school on a day."""
        if self.is_new:
            return Context.of(today)
        from backdrop_tui.school.settings import Settings  # noqa: PLC0415

        settings = Settings(self.store, today)
        groups = self.user_groups()
        return Context(
            today=today,
            academic_year=settings.number("academic-year") or academic_year_of(today),
            phase=next(phase for phase in PHASES if phase == settings.get("phase")),
            groups=tuple(group.name for group in groups),
            group_rights=tuple((group.name, group.rights) for group in groups),
            former_groups=former_group_names(groups),
        )

    def group_names(self) -> tuple[str, ...]:
        """The names of all user groups in order."""
        return tuple(group.name for group in self.user_groups())

    def user_groups(self) -> tuple[UserGroup, ...]:
        """All user groups: the stored or the standard ones in order, then any others that have members."""
        if self.is_new:
            return all_groups((), ())
        documents = sorted(self.store.table("groups").all(), key=order_of)
        return all_groups(list(map(group_of, documents)), self.staff_groups().unique(maintain_order=True))

    def staff_groups(self) -> pl.Series:
        """The user group of each member of staff who is in one (String). Those who have left are in none."""
        return self.current(KINDS["staff"])["user_group"].drop_nulls()

    @property
    def last_folder(self) -> Path | None:
        """The folder of the file that was picked last; None if it isn't known or no longer exists."""
        document = None if self.is_new else self.store.table("places").get("picked")
        folder = document.get("folder") if document else None
        return Path(folder) if isinstance(folder, str) and os.path.isdir(folder) else None  # noqa: PTH112 - never raises

    def remember_folder(self, folder: Path) -> None:
        """Remember the folder of the file that was picked last, so that the picker opens there next time."""
        if str(folder).isprintable() and folder != self.last_folder:
            self.store.table("places").put("picked", {"folder": str(folder)})

    def faults(self) -> "list[Fault]":
        """What isn't as it was stored. Reads everything, unlike `remarks`, which names from then on what was found."""
        self._faults = [] if self.is_new else self.store.faults(thorough=True)
        return self._faults

    def remarks(self) -> list[str]:
        """What could not be done after something had been stored, and what isn't as it was stored, a sentence each, once."""
        if "store" not in vars(self):
            return []
        remarks = [f"Stored. {warning}" for warning in self.store.warnings()]
        try:
            known = self.store.faults() if self._faults is None else self._faults
            faults = [fault.message for fault in known]
        except DataFolderError as error:  # what was stored or shown before is so all the same
            faults = [error.message]
        remarks += [message for message in faults if message not in self._told]
        self._told.update(faults)
        return remarks

    def close(self) -> None:
        """Write everything in its final form, and close all files."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
