"""What an import does to the people stored, kept so that it can be finished or taken back."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.formats import read_json, write_json

UNDO = "undo"
"""The kind of these files in `migrations.STEPS`."""
_LEFT = pl.Schema({"id": pl.String(), "sum": pl.UInt32()})
_NO_TRACE = (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError)
"""What a damaged file raises as it is read."""


@dataclass(frozen=True)
class UndoRecord:
    """One import's doing. It says which people it adds and changes, and holds in full only what those were before."""

    added: pl.DataFrame
    """New people: `id` (String) and `sum` (UInt32), the checksum of what is stored of them."""
    changed: pl.DataFrame
    """People who change: the same, of what they become."""
    before: pl.DataFrame
    """Those people as they were: `id` and the fields' keys (String)."""

    @classmethod
    def of(cls, added: pl.DataFrame, changed: pl.DataFrame, before: pl.DataFrame) -> "UndoRecord":
        """What is kept of an import.

        Args:
            added: `id` and the fields' keys (String).
            changed: The same, as they will be.
            before: The same people as they are.
        """
        keys = [key for key in before.columns if key != "id"]
        return cls(_left(added, keys), _left(changed, keys), before)

    @property
    def keys(self) -> list[str]:
        """The keys of the fields that people had at that time."""
        return [key for key in self.before.columns if key != "id"]

    def is_in(self, people: pl.DataFrame) -> bool:
        """Tell whether the import is in the store: all of it is, or nothing.

        What was edited by hand since does not count against it.

        Args:
            people: Everybody stored: `id` and the fields' keys (String).
        """
        if len(self.removed(people)):
            return True
        now = self._now(self.changed, people)
        if (now["now"] == now["sum"]).any():
            return True
        as_before = self._now(_left(self.before, self.keys), people)
        return bool(as_before.height) and not (as_before["now"] == as_before["sum"]).any()

    def edited(self, people: pl.DataFrame) -> pl.DataFrame:
        """Whom somebody has edited since: they are stored, but not as the import left them.

        Args:
            people: Everybody stored: `id` and the fields' keys (String).

        Returns:
            Their rows of `people`.
        """
        now = self._now(pl.concat([self.added, self.changed]), people)
        return people.join(
            now.filter(pl.col("now") != pl.col("sum")), on="id", how="semi", maintain_order="left"
        )

    def restored(self, people: pl.DataFrame) -> pl.DataFrame:
        """Those of `before` who are still stored, and are not as they were: whole rows as they shall be."""
        new = [key for key in people.columns if key not in self.before.columns]
        whole = self.before.join(people.select("id", *new), on="id", how="inner", maintain_order="left")
        return whole.select(people.columns).join(
            people, on=people.columns, how="anti", nulls_equal=True, maintain_order="left"
        )

    def removed(self, people: pl.DataFrame) -> pl.Series:
        """The ids of those of `added` who are still stored (String)."""
        return self.added.join(people, on="id", how="semi", maintain_order="left")["id"]

    def moved(self, people: pl.DataFrame, key: str, old: str, new: str) -> "UndoRecord":
        """The same once everybody who had one value has got another, which shall not count as an edit.

        Args:
            people: Everybody stored, before that or after it: `id` and the fields' keys (String).
            key: The field.
            old: What they had.
            new: What they get.
        """
        if key not in self.keys:
            return self
        # Whatever they have now: where the rest is as the import left it, the sum tells whether they had it then.
        as_was = _left(people.with_columns(pl.lit(old).alias(key)), self.keys)
        as_is = _left(people.with_columns(pl.lit(new).alias(key)), self.keys).rename({"sum": "new"})
        moved = as_was.join(as_is, on="id")

        def renewed(left: pl.DataFrame) -> pl.DataFrame:
            found = left.join(moved, on=["id", "sum"], how="left", maintain_order="left")
            return found.select("id", pl.coalesce("new", "sum").alias("sum"))

        before = self.before.with_columns(pl.col(key).replace({old: new}))
        return UndoRecord(renewed(self.added), renewed(self.changed), before)

    def _now(self, left: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
        """Of those who are still stored: `id`, `sum`, and `now`, the checksum of what is stored of them now."""
        there = people.join(left, on="id", how="semi", maintain_order="left")
        now = _left(there, self.keys).rename({"sum": "now"})
        return left.join(now, on="id", how="inner", maintain_order="left")

    def write(self, path: Path) -> None:
        """Keep it.

        Raises:
            DataFolderError: It can't be written; what was there is as it was.
        """
        parts = {
            "added": _as_json(self.added),
            "changed": _as_json(self.changed),
            "before": self.before.to_dict(as_series=False),
        }
        write_json(path, UNDO, parts)

    @classmethod
    def read(cls, path: Path) -> "UndoRecord | None":
        """What was kept; None where there is no such file.

        Raises:
            NewerFormatError: A newer version saved it.
            DataFolderError: It can't be read, or is damaged.
        """
        try:
            parts = read_json(path, UNDO)
            return None if parts is None else cls._from(parts)
        except _NO_TRACE:
            # The reason would quote the file.
            raise DataFolderError(
                f"{path} is damaged, so that this import can't be undone. Nothing was changed."
            ) from None

    @classmethod
    def _from(cls, parts: dict[str, Any]) -> "UndoRecord":
        before = pl.DataFrame(parts["before"], schema=dict.fromkeys(parts["before"], pl.String))
        added, changed = (_from_json(parts[name]) for name in ("added", "changed"))
        before.select("id")
        return cls(added, changed, before)


def undo_record_file(folder: DataFolder, import_id: str) -> Path:
    """Where the trace of an import is."""
    return folder.imports / f"{import_id}.json"


def _left(people: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """`id` and `sum` of people: a checksum that any version of the program makes alike, unlike those of polars."""
    form = "\x1f".join(["{}"] * len(keys))
    texts = people.select(pl.format(form, *(pl.col(key).fill_null("\0") for key in keys)).cast(pl.Binary))
    sums = list(map(zlib.crc32, texts.to_series().to_list()))
    return people.select("id", pl.Series("sum", sums, dtype=pl.UInt32))


def _as_json(left: pl.DataFrame) -> dict[str, Any]:
    # One text of all ids: joined by polars, it is four times as quick as a list of them.
    return {"ids": left["id"].str.join(" ").item(), "sums": left["sum"].to_list()}


def _from_json(left: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({"id": left["ids"].split(), "sum": left["sums"]}, schema=_LEFT)
