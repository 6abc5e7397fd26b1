"""Notifications: few at a time, where nobody works."""

import pytest
from textual.geometry import Region
from textual.widgets._toast import Toast

from tests.support.walk import NARROW, WIDE, Walk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_notices_are_short_lines_over_the_name_of_the_screen_or_below_set_up_progress(
    shared_walk: Walk,
) -> None:
    walk = shared_walk
    walk.app.notify("Fixed 12. Press u to undo.")
    await walk.until(lambda: walk.text.splitlines()[0].strip() == "Fixed 12. Press u to undo.")
    assert walk.text.splitlines()[1].startswith(" Bring your students")
    await walk.resize(WIDE)
    await walk.until(lambda: _region(walk).bottom == WIDE[1] - 1)
    assert _region(walk).x == WIDE[0] - 32
    await walk.resize(NARROW)
    walk.app.clear_notifications()


async def test_notices_do_not_pile_up_and_errors_stay_longest(shared_walk: Walk) -> None:
    walk = shared_walk
    walk.app.notify("Nothing was stored.", severity="error")
    for n in (1, 2, 2, 3):
        walk.app.notify(f"Undone: row {n}.")
    await walk.until(lambda: walk.notices() == ["Nothing was stored.", "Undone: row 3."])
    await walk.until(lambda: len(walk.app.screen.query(Toast)) == 2)
    walk.app.notify("Undone: row 3.")
    await walk.settle()
    assert walk.notices() == ["Nothing was stored.", "Undone: row 3."]
    walk.app.clear_notifications()


async def test_what_is_gone_leaves_no_gap_above_the_next(shared_walk: Walk) -> None:
    walk = shared_walk
    for n in range(5):
        walk.app.notify(f"Row {n} was not stored.", severity="warning")
        await walk.settle()
    await walk.until(
        lambda: (
            [line.strip() for line in walk.text.splitlines()[:2]]
            == ["Row 3 was not stored.", "Row 4 was not stored."]
        )
    )
    walk.app.clear_notifications()


async def test_news_takes_the_place_of_older_news(shared_walk: Walk) -> None:
    walk = shared_walk
    for n in range(3):
        walk.app.notify(f"Undone: row {n}.")
        await walk.settle()
    await walk.until(lambda: walk.text.splitlines()[0].strip() == "Undone: row 2.")
    assert walk.text.splitlines()[1].startswith(" Bring your students")
    walk.app.clear_notifications()


def _region(walk: Walk) -> Region:
    return walk.app.screen.query(Toast).last().region
