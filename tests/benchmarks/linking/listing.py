"""The scenarios of the benchmark."""

from collections.abc import Iterator
from dataclasses import replace

from backdrop_tui.records.staff import STAFF
from tests.benchmarks.linking import changes, mix_ups, staff
from tests.benchmarks.linking.events import Event
from tests.benchmarks.linking.file_damage import DAMAGES, OF_STAFF
from tests.benchmarks.linking.scenario import Scenario

USUAL = (*changes.OF_NAMES, *changes.OF_FACTS, *changes.OF_UPNS)
"""What happens to children in an ordinary year."""
EVENTS = (*USUAL, *mix_ups.OF_UPNS, *mix_ups.OF_PEOPLE)
"""Everything that happens to single children."""
USUAL_OF_STAFF = (staff.SPELT_OTHERWISE, *staff.OF_NAMES, *staff.OF_ADDRESSES)
"""What happens to staff in an ordinary year."""
EVENTS_OF_STAFF = (*USUAL_OF_STAFF, *staff.MIX_UPS, *staff.OF_PEOPLE)
"""Everything that happens to single members of staff."""

_NEED_IDENTIFIERS = {
    event.name
    for event in (*changes.OF_UPNS, *mix_ups.OF_UPNS, *staff.OF_NAMES, *staff.OF_ADDRESSES, *staff.MIX_UPS)
}
_STAFF_NEED_ADDRESSES = {event.name for event in staff.OF_NAMES}
_SMALLER = (60, 300)
_STAFF_SIZES = (30, 150)


def _with_and_without(scenario: Scenario, *, both: bool = True) -> Iterator[Scenario]:
    """A scenario in a school whose files have UPNs or addresses, and in one whose files have none."""
    what = "addresses" if scenario.kind is STAFF else "UPNs"
    yield replace(scenario, name=f"{scenario.name}, with {what}")
    if both:
        usual = tuple(event for event in scenario.usual if event.name not in _STAFF_NEED_ADDRESSES)
        yield replace(scenario, name=f"{scenario.name}, no {what}", usual=usual, with_identifiers=False)


def _of_event(event: Event, pattern: Scenario) -> Iterator[Scenario]:
    scenario = replace(pattern, name=event.name, event=event)
    return _with_and_without(scenario, both=event.name not in _NEED_IDENTIFIERS)


def _of_children() -> Iterator[Scenario]:
    ordinary = Scenario("an ordinary year", with_identifiers=True, usual=USUAL, is_ordinary=True)
    yield from _with_and_without(replace(ordinary, name="nothing happens", usual=()))
    yield from _with_and_without(ordinary)
    other = replace(ordinary, is_ordinary=False, sizes=_SMALLER)
    for event in EVENTS:
        yield from _of_event(event, other)
    for damage in DAMAGES:
        scenario = replace(other, name=damage.name, damage=damage, sizes=ordinary.sizes)
        yield from _with_and_without(scenario, both=not damage.name.startswith("UPNs"))


def _of_staff() -> Iterator[Scenario]:
    pattern = Scenario(
        "staff: an ordinary year", with_identifiers=True, kind=STAFF, usual=USUAL_OF_STAFF, sizes=_STAFF_SIZES
    )
    yield from _with_and_without(pattern)
    for event in EVENTS_OF_STAFF:
        yield from _of_event(event, pattern)
    for damage in OF_STAFF:
        yield from _with_and_without(
            replace(pattern, name=f"staff: {damage.name}", damage=damage), both=False
        )


SCENARIOS: tuple[Scenario, ...] = (*_of_children(), *_of_staff())
"""All scenarios, in the order in which they are printed."""
_WITHOUT = {(scenario.event, scenario.damage) for scenario in SCENARIOS if not scenario.with_identifiers}
QUICK_SCENARIOS = tuple(
    scenario
    for scenario in SCENARIOS
    if scenario.is_ordinary
    or scenario.with_identifiers == (scenario.damage is not None)
    or (scenario.event, scenario.damage) not in _WITHOUT
)
"""The ordinary years, and each of the others once: events without UPNs where that is possible, damages with them."""
