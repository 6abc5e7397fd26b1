"""Rights that are added later reach schools whose groups were saved earlier."""

import pytest

from backdrop_tui.people.group_management import add_group, change_rights, rename_group
from backdrop_tui.records.rights.user_groups import FIRST_RIGHTS, RIGHTS, STANDARD_GROUPS, default_rights
from backdrop_tui.school.school import School
from tests.support.imports import sign_up

LATER = "receive-digests"
"""A right that DSLs and SLTs have by default and Teachers don't; in these tests it was added after the groups were saved."""
LATER_FOR_TEACHERS = "add-concerns"
"""A right that Teachers have by default and Governors don't, added just as late."""


@pytest.fixture(autouse=True)
def saved_before_two_rights_existed(school: School) -> None:
    """The school's groups, one of its own among them, were saved by a version that didn't know two of the rights."""
    sign_up(school)
    add_group(school, "Mentors")
    rename_group(school, "DSLs", "Safeguarding Team")
    table = school.store.table("groups")
    known = {right.key for right in RIGHTS} - {LATER, LATER_FOR_TEACHERS}
    for document in table.all():
        document["rights"] = sorted(known.intersection(document["rights"]))
        table.put(document.pop("key"), document | {"known_rights": sorted(known)})


def rights(school: School) -> dict[str, frozenset[str]]:
    return {group.name: group.rights for group in school.user_groups()}


def test_a_new_right_reaches_every_saved_group_that_has_it_by_default(school: School) -> None:
    by_group = rights(school)
    assert {name for name, keys in by_group.items() if LATER in keys} == {
        "Safeguarding Team",
        "School Business Manager",
        "SLTs",
    }
    assert {
        name for name in by_group if name in STANDARD_GROUPS and by_group[name] != default_rights(name)
    } == set()


def test_a_new_right_reaches_a_group_of_the_schools_own_as_it_reaches_teachers(school: School) -> None:
    assert LATER_FOR_TEACHERS in rights(school)["Mentors"]
    assert LATER not in rights(school)["Mentors"]


def test_a_new_right_that_someone_takes_away_stays_away(school: School) -> None:
    change_rights(school, {"SLTs": {LATER: False}, "Mentors": {LATER_FOR_TEACHERS: False}})
    with School(school.folder, read_only=True) as reopened:
        by_group = rights(reopened)
    assert LATER not in by_group["SLTs"]
    assert LATER_FOR_TEACHERS not in by_group["Mentors"]
    assert LATER in by_group["Safeguarding Team"]


def test_a_right_taken_away_before_stays_away_while_new_ones_arrive(school: School) -> None:
    table = school.store.table("groups")
    document = table.get("SLTs")
    assert document is not None
    table.put("SLTs", document | {"rights": ["view-all-concerns"]})
    assert rights(school)["SLTs"] == {"view-all-concerns", LATER, LATER_FOR_TEACHERS}


def test_groups_saved_without_a_note_of_known_rights_knew_the_first_twelve(school: School) -> None:
    table = school.store.table("groups")
    table.put("SLTs", {"rights": ["run-reports"], "standard": "SLTs"})
    assert rights(school)["SLTs"] == {"run-reports"}
    assert {right.key for right in RIGHTS} >= FIRST_RIGHTS
    assert len(FIRST_RIGHTS) == 12
