"""What rows get in a field that no column of the file goes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind


@dataclass(frozen=True)
class Fill:
    """What every row gets in a field: the same value, or one that is worked out from its other fields."""

    value: str = ""
    """The value for every row, as a person would type it; empty if it is worked out."""

    @property
    def is_worked_out(self) -> bool:
        """Whether the value is worked out for each row (see `Field.suggested`)."""
        return not self.value

    def option(self, field: Field) -> str:
        """What `--set` calls it: `by-age`, or the value."""
        return self.value or field.worked_out_as

    def in_words(self, field: Field) -> str:
        """What rows get, as a person says it: `10 in every row`, `worked out from the date of birth`."""
        if self.is_worked_out:
            return f"worked out from {field.worked_out_from}"
        return f"{self.value} in every row"

    def is_taken_again(self, field: Field) -> bool:
        """Whether the next file with the same headings gets it without being asked.

        One value for every row may be wrong for the next class, and a user group gives rights.
        """
        return self.is_worked_out and field.column_needed


WORKED_OUT = Fill()
"""The value is worked out from the other fields of the row."""


def fills_to_json(fills: Mapping[str, Fill]) -> dict[str, Any]:
    """Fills by the keys of their fields, as they are stored: the value, or null if it is worked out."""
    return {key: fill.value or None for key, fill in fills.items()}


def fills_from_json(kind: RecordKind, stored: object) -> dict[str, Fill]:
    """Fills by the keys of their fields, from what was stored. Those that the fields can't have any more are left out."""
    if not isinstance(stored, dict):
        return {}
    fills = {key: Fill(str(value or "")) for key, value in stored.items() if key in kind.by_key}
    return {key: fill for key, fill in fills.items() if is_possible(kind.by_key[key], fill)}


def is_possible(field: Field, fill: Fill) -> bool:
    """Whether rows can get this in a field."""
    return bool(field.worked_out_as) if fill.is_worked_out else field.can_be_uniform
