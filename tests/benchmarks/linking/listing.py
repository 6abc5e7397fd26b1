"""The scenarios of the benchmark."""

from collections.abc import Iterator

from tests.benchmarks.linking import changes, mix_ups
from tests.benchmarks.linking.events import Event
from tests.benchmarks.linking.file_damage import DAMAGES
from tests.benchmarks.linking.scenario import Scenario

USUAL = (*changes.OF_NAMES, *changes.OF_FACTS, *changes.OF_UPNS)
"""What happens in an ordinary year."""
EVENTS = (*USUAL, *mix_ups.OF_UPNS, *mix_ups.OF_PEOPLE)
"""Everything that happens to single children."""
_WITH_UPNS_ONLY = {event.name for event in (*changes.OF_UPNS, *mix_ups.OF_UPNS)}
_SMALLER = (60, 300)
_SHARES = {changes.DAY_SWAPPED.name: 0.02}
"""More would be taken for the work of a spreadsheet."""


def _called(name: str, *, with_upns: bool) -> str:
    return f"{name}, {'with' if with_upns else 'no'} UPNs"


def _of_event(event: Event, *, with_upns: bool) -> Scenario:
    return Scenario(
        _called(event.name, with_upns=with_upns), with_upns, "rare", usual=USUAL, event=event,
        share=_SHARES.get(event.name, 0.1), sizes=_SMALLER,
    )  # fmt: skip


def _scenarios() -> Iterator[Scenario]:
    both = (True, False)
    for with_upns in both:
        yield Scenario(_called("nothing happens", with_upns=with_upns), with_upns, "ordinary")
        yield Scenario(_called("an ordinary year", with_upns=with_upns), with_upns, "ordinary", usual=USUAL)
    for event in EVENTS:
        for with_upns in both:
            if with_upns or event.name not in _WITH_UPNS_ONLY:
                yield _of_event(event, with_upns=with_upns)
    for damage in DAMAGES:
        for with_upns in both:
            if with_upns or not damage.name.startswith("UPNs"):
                yield Scenario(
                    _called(damage.name, with_upns=with_upns),
                    with_upns,
                    "damaged",
                    usual=USUAL,
                    damage=damage,
                )


SCENARIOS: tuple[Scenario, ...] = tuple(_scenarios())
"""All scenarios with children, in the order in which they are printed."""
