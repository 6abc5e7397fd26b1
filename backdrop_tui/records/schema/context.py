"""What the rules need to know besides the cell: the day, the academic year, the phase, the order of dates, groups."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS

DateOrder = Literal["dmy", "mdy", "ymd"]
"""How a date of three numbers is read: day first, month first, year first."""

Phase = Literal["nursery", "primary", "middle", "secondary", "all-through", "sixth form", "special"]
"""The phase of a school, which says what year groups it has."""
PHASES: tuple[Phase, ...] = (
    "nursery",
    "primary",
    "middle",
    "secondary",
    "all-through",
    "sixth form",
    "special",
)


def academic_year_of(day: date) -> int:
    """The year in which that day's academic year began; it begins on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


@dataclass(frozen=True)
class Context:
    """What the rules need to know besides the cell."""

    today: date
    """The day on which the file is checked."""
    academic_year: int
    """The year in which the academic year starts: 2026 for September 2026 to August 2027."""
    phase: Phase = "all-through"
    """The school's phase."""
    date_order: DateOrder = "dmy"
    """How dates of three numbers are read."""
    month_first_seen: bool = False
    """Whether the file had a date that can only be month-first, even if that has been put right since."""
    groups: tuple[str, ...] = field(default=STANDARD_GROUPS)
    """The names of the user groups that there are."""
    former_groups: tuple[tuple[str, str], ...] = ()
    """Names that groups had before they were renamed, each with the group that it leads to."""
    new_groups: frozenset[str] = frozenset()
    """Names that a person has looked at and said to be new groups, however much they look like others."""

    @classmethod
    def of(cls, today: date) -> "Context":
        """The context of a school that has not set anything."""
        return cls(today=today, academic_year=academic_year_of(today))

    @property
    def cutoff(self) -> date:
        """The 31 August before the academic year, on which ages are counted."""
        return date(self.academic_year, 8, 31)
