"""A school's two years with what happens between them."""

from dataclasses import dataclass
from random import Random

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.benchmarks.linking.events import Event, happen_as_usual, happen_to_some
from tests.benchmarks.linking.file_damage import FileDamage
from tests.benchmarks.linking.staff import staff_years
from tests.benchmarks.linking.two_years import TwoYears, two_years

SIZES = (60, 300, 1200)
"""The sizes of the schools."""


@dataclass(frozen=True)
class Scenario:
    """What happens between two years, and in what school."""

    name: str
    """What it is about, in a few words."""
    with_identifiers: bool
    """Whether the school's files have UPNs (or e-mail addresses, for staff)."""
    kind: RecordKind = STUDENTS
    """Whom the files list."""
    is_ordinary: bool = False
    """Whether its rows are ordinary ones, of which few may be asked about."""
    usual: tuple[Event, ...] = ()
    """What happens as often as in an ordinary year."""
    event: Event | None = None
    """What happens much more often than that."""
    share: float = 0.03
    """The share of the rows to which that happens. Of more than a few, a whole column would be taken to be wrong."""
    damage: FileDamage | None = None
    """What happens to the file."""
    sizes: tuple[int, ...] = SIZES
    """The numbers of people in a year."""


def make(scenario: Scenario, size: int, seed: int) -> TwoYears:
    """Make up a scenario's two years. The same for the same numbers."""
    random = Random(f"{scenario.name} {scenario.with_identifiers} {size} {seed}")
    years = _everybody(scenario, size, random)
    if scenario.event is not None:
        happen_to_some(years, scenario.event, scenario.share, random)
    for event in scenario.usual:
        happen_as_usual(years, event, random)
    if scenario.damage is not None:
        scenario.damage.hit(years, random)
    return years


def _everybody(scenario: Scenario, size: int, random: Random) -> TwoYears:
    if scenario.kind is STAFF:
        return staff_years(random, size, with_addresses=scenario.with_identifiers)
    return two_years(random, size, with_upns=scenario.with_identifiers)
