"""What is kept about an import so that it can be undone.

An undo record says whom an import adds and whom it changes. In full it holds only the people who change, as they were before.
"""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.former_values import keep_former_values
from backdrop_tui.school.import_history import import_records, is_import_id
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.files import translating_os_errors

_TABLE = "undo"
_CHECKSUMS = pl.Schema({"id": pl.String(), "sum": pl.UInt32()})
_DAMAGED = (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError)
"""What reading a damaged file raises."""


@dataclass(frozen=True)
class SettingChange:
    """A change to a system setting."""

    before: str
    """The text that was stored before; empty if none was."""
    after: str
    """The text that is stored afterwards."""


@dataclass(frozen=True)
class UndoRecord:
    """What one import adds and changes, compared with the people stored to undo it."""

    added: pl.DataFrame
    """People added: `id` (String) and `sum` (UInt32), a checksum of the values stored for them."""
    changed: pl.DataFrame
    """People changed: `id` (String) and `sum` (UInt32), a checksum of their new values."""
    before: pl.DataFrame
    """The people changed, as they were before: `id` and the kind's `stored_keys` (String)."""
    academic_year: SettingChange | None = None
    """How the import changes the setting of the academic year; None if it doesn't."""
    erased: int = 0
    """The number of people about whom there was more here, until they were erased."""

    @classmethod
    def for_import(
        cls,
        added: pl.DataFrame,
        changed: pl.DataFrame,
        before: pl.DataFrame,
        academic_year: SettingChange | None = None,
    ) -> "UndoRecord":
        """Make the record of an import. All frames have `id` and the kind's `stored_keys` (String).

        Args:
            added: The people that it adds.
            changed: The people that it changes, with their new values.
            before: The same people with their present values.
            academic_year: How it changes the setting of the academic year.
        """
        keys = [key for key in before.columns if key != "id"]
        return cls(_checksums(added, keys), _checksums(changed, keys), before, academic_year)

    @property
    def keys(self) -> list[str]:
        """The keys under which values of people were stored when the import ran."""
        return [key for key in self.before.columns if key != "id"]

    @property
    def ids(self) -> set[str]:
        """The ids of everyone whom it is about."""
        return set(pl.concat([self.added["id"], self.changed["id"], self.before["id"]]))

    def is_stored_in(self, people: pl.DataFrame) -> bool:
        """Tell whether the import has been stored. The store takes all of an import or nothing.

        Edits made by hand since don't matter.

        Args:
            people: Everyone stored: `id` and the kind's `stored_keys` (String).
        """
        if len(self.added_ids(people)):
            return True
        changed = self._compare(self.changed, people)
        if (changed["current"] == changed["sum"]).any():
            return True
        before = self._compare(_checksums(self.before, self.keys), people)
        return bool(before.height) and not (before["current"] == before["sum"]).any()

    def edited_since(self, people: pl.DataFrame) -> pl.DataFrame:
        """The people whom the import stored and who have been edited since: their rows of `people`.

        Args:
            people: Everyone stored: `id` and the kind's `stored_keys` (String).
        """
        compared = self._compare(pl.concat([self.added, self.changed]), people)
        edited = compared.filter(pl.col("current") != pl.col("sum"))
        return people.join(edited, on="id", how="semi", maintain_order="left")

    def restored(self, people: pl.DataFrame) -> pl.DataFrame:
        """The people who must change for the import to be undone, with their former values: whole rows like `people`.

        Args:
            people: Everyone stored: `id` and the kind's `stored_keys` (String).
        """
        newer_keys = [key for key in people.columns if key not in self.before.columns]
        former = self.before.join(
            people.select("id", *newer_keys), on="id", how="inner", maintain_order="left"
        )
        return former.select(people.columns).join(
            people, on=people.columns, how="anti", nulls_equal=True, maintain_order="left"
        )

    def added_ids(self, people: pl.DataFrame) -> pl.Series:
        """The ids (String) of the people whom the import added and who are still stored.

        Args:
            people: Everyone stored: `id` and more.
        """
        return self.added.join(people, on="id", how="semi", maintain_order="left")["id"]

    def after_move(self, people: pl.DataFrame, key: str, old: str, new: str) -> "UndoRecord":
        """The record after everyone with one value has been given another, so that this doesn't count as an edit.

        Args:
            people: Everyone stored, before or after the move: `id` and the kind's `stored_keys` (String).
            key: The field that has the value.
            old: The value that they had.
            new: The value that they have now.
        """
        if key not in self.keys:
            return self
        # Whatever value they have now: if all else is as the import left it, the checksum shows whether it left them `old`.
        with_old = _checksums(people.with_columns(pl.lit(old).alias(key)), self.keys)
        with_new = _checksums(people.with_columns(pl.lit(new).alias(key)), self.keys)
        moved = with_old.join(with_new.rename({"sum": "new"}), on="id")

        def renew(checksums: pl.DataFrame) -> pl.DataFrame:
            matched = checksums.join(moved, on=["id", "sum"], how="left", maintain_order="left")
            return matched.select("id", pl.coalesce("new", "sum").alias("sum"))

        before = self.before.with_columns(pl.col(key).replace({old: new}))
        return replace(self, added=renew(self.added), changed=renew(self.changed), before=before)

    def without(self, ids: Collection[str], erased: Collection[str] = ()) -> "UndoRecord":
        """The record without some people, who can't be restored by it any more.

        Args:
            ids: The ids of the people.
            erased: Those of them who count as erased.
        """
        unwanted = pl.col("id").is_in(list(ids))
        return replace(
            self,
            added=self.added.filter(~unwanted),
            changed=self.changed.filter(~unwanted),
            before=self.before.filter(~unwanted),
            erased=self.erased + len(self.ids.intersection(erased)),
        )

    def _compare(self, checksums: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
        """Those still stored: `id`, `sum`, and `current`, the checksum of what is stored now."""
        still_stored = people.join(checksums, on="id", how="semi", maintain_order="left")
        current = _checksums(still_stored, self.keys).rename({"sum": "current"})
        return checksums.join(current, on="id", how="inner", maintain_order="left")

    def put(self, school: School, import_id: str) -> None:
        """Store the record of an import. Raises `DataFolderError` if it can't be stored."""
        parts = {
            "added": _checksums_as_json(self.added),
            "changed": _checksums_as_json(self.changed),
            "before": self.before.to_dict(as_series=False),
            "academic_year": asdict(self.academic_year) if self.academic_year else None,
            "erased": self.erased,
        }
        school.store.table(_TABLE).put(import_id, parts)

    @classmethod
    def find(cls, school: School, import_id: str) -> "UndoRecord | None":
        """The record of an import; None if there is none.

        Raises:
            NewerFormatError: A newer version saved it.
            DataFolderError: It can't be read, or is damaged.
        """
        try:
            parts = school.store.table(_TABLE).get(import_id)
            return None if parts is None else cls._from_json(parts)
        except NewerFormatError:
            raise
        except (*_DAMAGED, DataFolderError) as error:
            if isinstance(error.__cause__, OSError):  # the disk has failed; the data itself may be sound
                raise
            # The reason would quote what is stored.
            raise DataFolderError(
                f"The undo data of this import is damaged or missing in {school.store.where}, so it can't be undone."
            ) from None

    @classmethod
    def _from_json(cls, parts: dict[str, Any]) -> "UndoRecord":
        before = pl.DataFrame(parts["before"], schema=dict.fromkeys(parts["before"], pl.String))
        added, changed = (_checksums_from_json(parts[name]) for name in ("added", "changed"))
        before.select("id")  # raises if it has none
        year = parts.get("academic_year")
        return cls(
            added,
            changed,
            before,
            SettingChange(str(year["before"]), str(year["after"])) if year else None,
            int(parts["erased"]),
        )


def is_as_stored(school: School, import_id: str) -> bool:
    """Whether the record of an import, which has been found, is what was stored."""
    return school.store.table(_TABLE).is_as_stored(import_id)


def remove_undo_record(school: School, import_id: str) -> None:
    """Remove the record of an import that can't be undone any more, and keep what the people stored were called before it.

    Raises:
        DataFolderError: It can't be stored, or the disk has failed while it was read.
    """
    with school.store.transaction():
        try:
            undo_record = UndoRecord.find(school, import_id)
        except DataFolderError as error:  # one that is damaged or newer goes as it is
            if isinstance(error.__cause__, OSError):
                raise
            undo_record = None
        if undo_record is not None:
            for kind in KINDS.values():
                keep_former_values(school, undo_record.before, school.stored(kind))
        school.store.table(_TABLE).remove(import_id)


def orphaned_undo_records(school: School) -> list[str]:
    """The ids of imports that have undo data although no such import is recorded, so that nothing can use it.

    Also files that the store doesn't know: someone has put them back, or an older version has left them.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    recorded = {record.id for record in import_records(school)}
    kept = {*school.store.table(_TABLE).keys(), *(path.stem for path in _files(school))}
    return sorted(key for key in kept - recorded if is_import_id(key))


def remove_orphaned_undo_records(school: School) -> int:
    """Remove undo data that nothing can use. Only inside a transaction, while no import is running.

    Returns:
        The number of imports that had some.

    Raises:
        DataFolderError: It can't be removed.
    """
    orphaned = orphaned_undo_records(school)
    for import_id in orphaned:
        remove_undo_record(school, import_id)
    for path in _files(school):
        if path.stem in orphaned:
            with translating_os_errors(path):
                path.unlink()
    return len(orphaned)


def _files(school: School) -> list[Path]:
    """The files that have undo data, and those that look like it."""
    with translating_os_errors(school.folder.imports):
        return [*school.folder.imports.glob("*.json")]


def _checksums(people: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """`id` and `sum` of people. CRC-32 gives the same sums in every version of the program, unlike the hashes of polars."""
    template = "\x1f".join(["{}"] * len(keys))
    texts = people.select(pl.format(template, *(pl.col(key).fill_null("\0") for key in keys)).cast(pl.Binary))
    sums = list(map(zlib.crc32, texts.to_series().to_list()))
    return people.select("id", pl.Series("sum", sums, dtype=pl.UInt32))


def _checksums_as_json(checksums: pl.DataFrame) -> dict[str, Any]:
    # polars joins all ids to one text four times as fast as it makes a list of them.
    return {"ids": checksums["id"].str.join(" ").item(), "sums": checksums["sum"].to_list()}


def _checksums_from_json(checksums: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({"id": checksums["ids"].split(), "sum": checksums["sums"]}, schema=_CHECKSUMS)
