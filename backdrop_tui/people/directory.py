"""Search and sort the people stored."""

from bisect import bisect
from dataclasses import dataclass, field
from functools import cached_property, cmp_to_key

import polars as pl

from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.searching import displayed, search_form, search_form_of, sort_key
from backdrop_tui.store.port import Person

_NAME = ("surname", "first_name")
_BETWEEN = "\n"
_TEXT = "text"
_MOST_CHANGED = 20
"""The number of people from which on it is quicker to sort everyone again."""


@dataclass(frozen=True)
class Order:
    """The order in which people are listed."""

    key: str = "surname"
    """The key of the field to sort by; people with the same value are sorted by name."""
    descending: bool = False
    """Whether the order is reversed."""

    @property
    def keys(self) -> list[tuple[str, bool]]:
        """The keys of the fields to sort by, each with whether its order is reversed; blank values always come last."""
        return [(self.key, self.descending), *((key, False) for key in _NAME if key != self.key)]


@dataclass(frozen=True)
class Directory:
    """The people of one kind at one moment. What a search works out about everyone is kept for the next one."""

    kind: RecordKind
    """The kind of people."""
    people: pl.DataFrame
    """The people: `id` and the fields' keys (String)."""
    _columns: dict[str, pl.Series] = field(default_factory=dict, repr=False)
    """What has been worked out of each person: `_TEXT` is the text to search in, the key of a field what to sort by."""
    _sorted: dict[Order, pl.Series] = field(default_factory=dict, repr=False)
    """The places of the people in `people` (UInt32), sorted, by the order."""

    def find(self, words: str = "", order: Order | None = None) -> pl.DataFrame:
        """The people in whose fields every search word occurs, sorted.

        Args:
            words: The search words, ignoring case and accents; each may occur in a different field.
            order: The order; by name if None.

        Returns:
            The matching rows of `people`.
        """
        places = self._in_order(order or Order())
        for word in search_form(words).split():
            # In the order in which the texts are stored: in any other, reading them takes several times as long.
            has_word = self._column(_TEXT).str.contains(word, literal=True)
            places = places.filter(has_word[places])
        return self.people[places]

    def updated(self, people: pl.DataFrame) -> "Directory":
        """The directory of the same kind of people as they are now; only those who have changed are looked at.

        Args:
            people: The people, with the same columns.
        """
        directory = Directory(self.kind, people)
        changed = changed_places(self.people, people)
        if changed is not None:
            rows = people[changed]
            for name, column in self._columns.items():
                new = rows.select(directory._expression(name)).to_series()
                directory._columns[name] = column.clone().scatter(changed, new)
            for order, places in self._sorted.items():
                directory._sorted[order] = directory._moved(places, changed, order)
        return directory

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields to show: those of the template, and others in which someone has a value."""
        return self.kind.fields_in(self.people)

    def _column(self, name: str) -> pl.Series:
        """One of `_columns`, for everyone."""
        if name not in self._columns:
            self._columns[name] = self.people.select(self._expression(name)).to_series()
        return self._columns[name]

    def _expression(self, name: str) -> pl.Expr:
        if name != _TEXT:
            return sort_key(name)
        texts = [displayed(field).fill_null("") for field in self.kind.fields]
        return search_form_of(pl.concat_str(texts, separator=_BETWEEN))

    def _in_order(self, order: Order) -> pl.Series:
        """The places of everyone (UInt32), sorted."""
        if order not in self._sorted:
            keys = pl.DataFrame({key: self._column(key) for key, _ in order.keys})
            descending = [descending for _, descending in order.keys]
            places = pl.arg_sort_by(keys.columns, descending=descending, nulls_last=True, maintain_order=True)
            self._sorted[order] = keys.select(places).to_series()
        return self._sorted[order]

    def _moved(self, places: pl.Series, changed: pl.Series, order: Order) -> pl.Series:
        """Places that were sorted before some people changed, sorted again."""

        def compare(first: int, second: int) -> int:
            return self._compare(first, second, order)

        rank = cmp_to_key(compare)
        places = places.filter(~places.is_in(changed.implode()))
        for place in changed:
            at = bisect(range(len(places)), rank(place), key=lambda n: rank(places[n]))
            places = pl.concat([places[:at], pl.Series([place], dtype=places.dtype), places[at:]])
        return places

    def _compare(self, first: int, second: int, order: Order) -> int:
        """Which of the people in two places comes first: negative if it is the first, positive if it is the second."""
        for key, descending in order.keys:
            column = self._column(key)
            values = column[first], column[second]
            if values[0] == values[1]:
                continue
            if None in values:
                return 1 if values[0] is None else -1
            return 1 if (values[0] > values[1]) is not descending else -1
        return first - second


def changed_places(before: pl.DataFrame, after: pl.DataFrame) -> pl.Series | None:
    """The places of the people who have changed (UInt32); None if other people are stored, or many have changed.

    Args:
        before: The people before: `id` and the fields' keys (String).
        after: The people after, with the same columns.
    """
    if before.columns != after.columns or not before["id"].equals(after["id"]):
        return None
    differs = before.select(pl.any_horizontal(pl.col(key).ne_missing(after[key]) for key in before.columns))
    places = differs.to_series().arg_true()
    return places if len(places) <= _MOST_CHANGED else None


def name_of(person: Person) -> str:
    """A person's first name and surname in one line; empty if both are blank."""
    return " ".join(part for key in ("first_name", "surname") if (part := (person[key] or "").strip()))
