"""User groups by ear: added, renamed, removed, and their rights changed."""

import pytest

from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.support.imports import colleague, import_people

pytestmark = pytest.mark.usefixtures("signed_up")


def test_rights_are_changed_only_after_a_question(school: School) -> None:
    _, heard = listen(
        *("> Review user", "> DSLs", "> Manage user groups: yes", "n", "0"),
        *(
            "> School Business",
            "> Manage user groups: yes",
            "y",
            "0",
            "> DSLs",
            "> Manage user groups",
            "y",
            "0",
        ),
        *("> Confirm", "n", "0", "0"),
    )
    assert "Save this: take “Manage user groups” away from DSLs?" in heard
    assert "everyone would be locked out" in heard
    assert "manage-groups" in next(group.rights for group in school.user_groups() if group.name == "DSLs")


def test_groups_are_added_and_renamed_and_a_similar_name_is_asked_about(school: School) -> None:
    _, heard = listen(
        *("> Review user", "> Add a user group", "", "> Add a user group", "DSLs", "Site Team"),
        *("> Site Team", "> Rename this group", "Teachrs", "n", "Teachrs", "y", "> Teachrs", "0", "0", "0"),
    )
    assert (
        "What should the new user group be called? It will have the rights that Teachers have now." in heard
    )
    assert "Added: Site Team." in heard
    assert "is similar to the name of the user group “Teachers”. Should it be a separate group?" in heard
    assert "Saved: the user group is called Teachrs." in heard
    assert [group.name for group in school.user_groups()][-1] == "Teachrs"


def test_a_group_is_removed_once_it_is_clear_where_its_members_go(data: DataFolder, school: School) -> None:
    with School(data) as writable:
        import_people(writable, colleague("Byrne", "Teachers"), kind=STAFF)
    _, heard = listen(
        *("> Review user", "> Teachers", "> Remove this group", "0", "> Remove this group", "> TAs", "n"),
        *("> Remove this group", "> TAs", "y", "> Governors", "> Remove this group", "y", "0", "0"),
    )
    assert "1 member of staff in Teachers. Which group should they go to?" in heard
    assert "Remove Teachers? 1 member of staff will be in TAs, with its rights." in heard
    assert "Removed: Governors." in heard
    assert {"Teachers", "Governors"}.isdisjoint(group.name for group in school.user_groups())
    assert school.stored(STAFF)["user_group"].to_list() == ["TAs"]
