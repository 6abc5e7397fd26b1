"""Staff who can be invited, selecting them, and giving someone an address."""

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.group_management import rename_group
from backdrop_tui.people.invitation_results import Invitation, save_invitation
from backdrop_tui.people.invitees import (
    invitees,
    missing_leads_warning,
    select_invitees,
    selections,
    set_address,
)
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import PeopleChangedError
from tests.support.colleagues import colleagues, of, opened
from tests.support.one_person import change_one, remove_one


def names(people: object) -> list[str]:
    assert isinstance(people, list)
    return [invitee.name for invitee in people]


def test_everybody_is_listed_by_surname(school: School) -> None:
    colleagues(school, ("cole", None), ("Byrne", "b@example.org"), ("adams", "a@example.org"))
    assert names(invitees(school)) == ["Jo adams", "Jo Byrne", "Jo cole"]
    assert of(school, "Byrne").status == "Not invited yet."


def test_people_are_selected_by_any_form_of_a_groups_name_and_by_id(school: School) -> None:
    colleagues(school, ("Adams", None), group="DSLs")
    colleagues(school, ("Byrne", None), ("Cole", None))
    colleagues(school, ("Dean", None), group="Year 7 Team")
    staff = invitees(school)
    assert names(select_invitees(school, staff, ["dsl"], [])) == ["Jo Adams"]
    assert names(select_invitees(school, staff, ["year 7 team", "teacher"], [staff[1].id])) == [
        "Jo Byrne",
        "Jo Cole",
        "Jo Dean",
    ]
    assert names(select_invitees(school, staff, [], [staff[3].id, staff[3].id])) == ["Jo Dean"]
    assert names(select_invitees(school, staff, ["Governors"], [])) == []


@pytest.mark.parametrize("group", ["Teachrs", "DSL5", "", "Year 8 Team"])
def test_a_text_that_only_looks_like_a_group_is_refused(school: School, group: str) -> None:
    colleagues(school, ("Dean", None), group="Year 7 Team")
    with pytest.raises(UnusableChoiceError, match="There is no user group"):
        select_invitees(school, invitees(school), [group], [])


def test_selections_contain_only_people_who_can_be_invited(school: School) -> None:
    assert selections(invitees(school)) == []
    colleagues(school, ("Adams", "a@example.org"), ("Byrne", None), ("Cole", "c@example.org"))
    colleagues(school, ("Dean", "d@example.org"), group="DSLs")
    save_invitation(school, of(school, "Adams").id, Invitation("refused", "a@example.org", 1.0))
    save_invitation(school, of(school, "Cole").id, Invitation("outbox", "old@example.org", 1.0))
    numbers = {selection.label: len(selection.ids) for selection in selections(invitees(school))}
    assert numbers == {
        "not invited yet": 2,
        "not invited yet, in DSLs": 1,
        "not invited yet, in Teachers": 1,
        "refused by the mail server": 1,
        "invited at a different address from their current one": 1,
        "whose message is only in the outbox": 1,
        "already invited, to invite again": 1,
    }


def test_there_is_a_warning_if_nobody_is_in_dsls(school: School) -> None:
    colleagues(school, ("Adams", None))
    assert missing_leads_warning(school, invitees(school)).startswith("Nobody is in DSLs")
    colleagues(school, ("Byrne", None), group="DSLs")
    assert not missing_leads_warning(school, invitees(school))


def test_an_address_is_stored_in_its_normal_form(school: School) -> None:
    opened(school)
    colleagues(school, ("Adams", None), ("Byrne", "b@example.org"))
    person_id = of(school, "Adams").id
    assert set_address(school, person_id, " a@EXAMPLE.org ") == "a@example.org"
    assert of(school, "Adams").is_new
    assert set_address(school, person_id, "a@example.org") == "a@example.org"


def test_an_invalid_address_or_one_of_someone_else_is_refused(school: School) -> None:
    opened(school)
    colleagues(school, ("Adams", None), ("Byrne", "b@example.org"))
    person_id = of(school, "Adams").id
    for text, why in (
        ("", "can't be blank"),
        ("adams@", "not an e-mail address"),
        ("B@example.org", "another member of staff"),
    ):
        with pytest.raises(UnusableChoiceError, match=why):
            set_address(school, person_id, text)
    assert of(school, "Adams").address == ""
    remove_one(school.store.people("staff"), person_id)
    with pytest.raises(PeopleChangedError):
        set_address(school, person_id, "a@example.org")


def test_the_leads_are_recognised_after_their_group_is_renamed(school: School) -> None:
    opened(school)
    colleagues(school, ("Adams", None), group="DSLs")
    rename_group(school, "DSLs", "Safeguarding Team", anyway=True)
    staff = invitees(school)
    assert not missing_leads_warning(school, staff)
    assert names(select_invitees(school, staff, ["DSL"], [])) == ["Jo Adams"]
    change_one(school.store.people("staff"), staff[0].id, {"user_group": "Teachers"})
    assert missing_leads_warning(school, invitees(school)).startswith("Nobody is in Safeguarding Team")
