"""The people stored, to be looked through: searched and sorted."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.records.fields.year_group import YEAR_GROUPS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.people import Person

_NAME = ("surname", "first_name")
_BETWEEN = "\n"


@dataclass(frozen=True)
class Order:
    """How people are sorted."""

    key: str = "surname"
    """The key of the field; people with the same value are sorted by their names."""
    descending: bool = False
    """Whether the last comes first."""


@dataclass(frozen=True)
class Directory:
    """The people of one kind as they are at one moment."""

    kind: RecordKind
    """What they are."""
    people: pl.DataFrame
    """`id` and the fields' keys (String)."""

    def find(
        self, words: str = "", order: Order | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Those in whom every one of some words is found, sorted.

        Args:
            words: What to look for, in any field, without regard to case and accents; several words may be in several
                fields.
            order: How they are sorted; by name unless said otherwise.
            only: Their ids, where not everybody is looked at.

        Returns:
            Their rows of `people`.
        """
        wanted = [pl.col("text").str.contains(word, literal=True) for word in plainly(words).split()]
        people = self._texts.filter(wanted) if wanted else self.people
        if only is not None:
            people = people.filter(pl.col("id").is_in(list(only)))
        return self._sorted(people, order or Order()).select(self.people.columns)

    @cached_property
    def _texts(self) -> pl.DataFrame:
        """The people, and all that is shown of each as one `text`."""
        shown = [_shown(field).fill_null("") for field in self.kind.fields]
        return self.people.with_columns(text=_plain(pl.concat_str(shown, separator=_BETWEEN)))

    def _sorted(self, people: pl.DataFrame, order: Order) -> pl.DataFrame:
        keys = [order.key, *(key for key in _NAME if key != order.key)]
        descending = [order.descending, *[False] * (len(keys) - 1)]
        by = [_place(key) for key in keys]
        return people.sort(by, descending=descending, nulls_last=True, maintain_order=True)


def name_of(person: Person) -> str:
    """Somebody's name in one line; empty where neither part of it is known."""
    return " ".join(part for key in ("first_name", "surname") if (part := (person[key] or "").strip()))


def plainly(words: str) -> str:
    """Words as they are compared: without regard to case and accents."""
    return pl.select(_plain(pl.lit(words))).item() or ""


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()


def _shown(field: Field) -> pl.Expr:
    """A field as it is shown. Only dates are shown otherwise than they are stored: see `Field.to_show`."""
    value = pl.col(field.key)
    if not field.is_date:
        return value
    return pl.format("{}/{}/{}", value.str.slice(8, 2), value.str.slice(5, 2), value.str.slice(0, 4))


def _place(key: str) -> pl.Expr:
    """What people are sorted by: years in the order in which children go through them, texts without regard to case."""
    if key == "year_group":
        return pl.col(key).cast(pl.Enum(YEAR_GROUPS), strict=False)
    return _plain(pl.col(key))
