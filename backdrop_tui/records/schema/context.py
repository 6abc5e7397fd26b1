"""What rules need to know besides the cell: the day, the academic year, the phase, the date order, the user groups."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS, default_rights
from backdrop_tui.records.schema.row_names import ONE_FILE, RowNames

DateOrder = Literal["dmy", "mdy", "ymd"]
"""How a date of three numbers is read: with the day, the month or the year first."""
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")

Phase = Literal["nursery", "primary", "middle", "secondary", "all-through", "sixth form", "special"]
"""A school's phase, which decides which year groups it has."""
PHASES: tuple[Phase, ...] = (
    "nursery",
    "primary",
    "middle",
    "secondary",
    "all-through",
    "sixth form",
    "special",
)

STANDARD_RIGHTS = tuple((group, default_rights(group)) for group in STANDARD_GROUPS)
"""The standard user groups, each with the keys of the rights that it has by default."""


def academic_year_of(day: date) -> int:
    """The year in which a day's academic year starts. Academic years start on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def academic_year_in_words(year: int) -> str:
    """The academic year that starts in a year: `2026/27`."""
    return f"{year}/{(year + 1) % 100:02}"


@dataclass(frozen=True)
class Context:
    """What rules need to know besides the cell."""

    today: date
    """The day on which the file is checked."""
    academic_year: int
    """The year in which the academic year starts: 2026 for September 2026 to August 2027."""
    phase: Phase = "all-through"
    """The school's phase."""
    date_order: DateOrder = "dmy"
    """How dates of three numbers are read."""
    groups: tuple[str, ...] = field(default=STANDARD_GROUPS)
    """The names of the user groups."""
    group_rights: tuple[tuple[str, frozenset[str]], ...] = STANDARD_RIGHTS
    """The name of each user group, with the keys of its rights."""
    former_groups: tuple[tuple[str, str], ...] = ()
    """Names that groups had before they were renamed, each with the group's present name."""
    new_groups: frozenset[str] = frozenset()
    """Names that the user has accepted as new groups, although they look like existing ones."""
    row_names: RowNames = ONE_FILE
    """How the file's rows are named in sentences."""
    worked_out: frozenset[str] = frozenset()
    """The keys of fields that the file has no column for and that are worked out from other fields of the row."""
    applied: frozenset[str] = frozenset()
    """The codes of the findings whose remedy the user has applied."""
    dismissed: frozenset[str] = frozenset()
    """The codes of the findings that, the user says, don't apply to this file."""

    @classmethod
    def of(cls, today: date) -> "Context":
        """The context of a school with default settings."""
        return cls(today=today, academic_year=academic_year_of(today))

    @property
    def cutoff(self) -> date:
        """The 31 August before the academic year: the day for which ages are worked out."""
        return date(self.academic_year, 8, 31)

    def has_answered(self, code: str) -> bool:
        """Whether the user has applied or dismissed a finding, given its code."""
        return code in self.applied or code in self.dismissed
