"""Search and sort the people stored."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.records.fields.year_group import YEAR_GROUPS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.store.port import Person

_NAME = ("surname", "first_name")
_BETWEEN = "\n"


@dataclass(frozen=True)
class Order:
    """The order in which people are listed."""

    key: str = "surname"
    """The key of the field to sort by; people with the same value are sorted by name."""
    descending: bool = False
    """Whether the order is reversed."""


@dataclass(frozen=True)
class Directory:
    """The people of one kind at one moment."""

    kind: RecordKind
    """The kind of people."""
    people: pl.DataFrame
    """The people: `id` and the fields' keys (String)."""

    def find(
        self, words: str = "", order: Order | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """The people in whose fields every search word occurs, sorted.

        Args:
            words: The search words, ignoring case and accents; each may occur in a different field.
            order: The order; by name if None.
            only: The ids of the people to search among; everybody if None.

        Returns:
            The matching rows of `people`.
        """
        matches = [pl.col("text").str.contains(word, literal=True) for word in search_form(words).split()]
        people = self._texts.filter(matches) if matches else self.people
        if only is not None:
            people = people.filter(pl.col("id").is_in(list(only)))
        return self._sorted(people, order or Order()).select(self.people.columns)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields to show: those of the template, and others in which someone has a value."""
        return self.kind.fields_in(self.people)

    @cached_property
    def _texts(self) -> pl.DataFrame:
        """The people with all their fields, as displayed, in one column `text`."""
        texts = [_displayed(field).fill_null("") for field in self.kind.fields]
        return self.people.with_columns(text=_search_form(pl.concat_str(texts, separator=_BETWEEN)))

    def _sorted(self, people: pl.DataFrame, order: Order) -> pl.DataFrame:
        keys = [order.key, *(key for key in _NAME if key != order.key)]
        descending = [order.descending, *[False] * (len(keys) - 1)]
        by = [_sort_key(key) for key in keys]
        return people.sort(by, descending=descending, nulls_last=True, maintain_order=True)


def name_of(person: Person) -> str:
    """A person's first name and surname in one line; empty if both are blank."""
    return " ".join(part for key in ("first_name", "surname") if (part := (person[key] or "").strip()))


def search_form(words: str) -> str:
    """Words in the form in which they are compared: lower case, without accents."""
    return pl.select(_search_form(pl.lit(words))).item() or ""


def _search_form(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()


def _displayed(field: Field) -> pl.Expr:
    """A field as displayed. Only dates are displayed in a different form from the stored one: see `Field.to_show`."""
    value = pl.col(field.key)
    if not field.is_date:
        return value
    return pl.format("{}/{}/{}", value.str.slice(8, 2), value.str.slice(5, 2), value.str.slice(0, 4))


def _sort_key(key: str) -> pl.Expr:
    """The expression to sort by: year groups in school order, texts ignoring case and accents."""
    if key == "year_group":
        return pl.col(key).cast(pl.Enum(YEAR_GROUPS), strict=False)
    return _search_form(pl.col(key))
