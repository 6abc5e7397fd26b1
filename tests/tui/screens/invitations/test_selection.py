"""Which staff are shown and ticked on the invite screen."""

import pytest

from backdrop_tui.people.invitation_results import Invitation
from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.screens.invitations.selection import InviteeSelection

INVITED = Invitation("sent", "b@example.org", 0.0)
ADAMS = Invitee("1", "Jo Adams", "Lead", "DSLs", "a@example.org")
BYRNE = Invitee("2", "Jo Byrne", "Teacher", "Teachers", "b@example.org", invitation=INVITED)
COLE = Invitee("3", "Jo Cole", "Teacher", "Teachers", "c@example.org")
DEAN = Invitee("4", "Jo Dean", "Teacher", "Teachers", "", obstacle="No address.", obstacle_label="no address")
STAFF = (ADAMS, BYRNE, COLE, DEAN)


@pytest.fixture
def selection() -> InviteeSelection:
    """All four, none of them ticked."""
    return InviteeSelection(STAFF)


@pytest.mark.parametrize(
    ("text", "rows"),
    [("", [0, 1, 2, 3]), ("teachers", [1, 2, 3]), ("JO cole", [2]), ("no address", [3]), ("nobody", [])],
)
def test_a_search_matches_every_word_in_any_column(
    selection: InviteeSelection, text: str, rows: list[int]
) -> None:
    selection.search(text)
    assert selection.shown.to_list() == rows


def test_a_tick_can_be_taken_away_again(selection: InviteeSelection) -> None:
    selection.toggle(BYRNE)
    assert selection.recipients == [BYRNE]
    selection.toggle(BYRNE)
    assert selection.recipients == []


def test_everyone_new_is_ticked_together_and_unticked_together(selection: InviteeSelection) -> None:
    assert selection.toggle_new()
    assert selection.recipients == [ADAMS, COLE]
    assert selection.toggle_new()
    assert selection.recipients == []


def test_ticking_everyone_new_keeps_other_ticks(selection: InviteeSelection) -> None:
    selection.toggle(BYRNE)
    selection.toggle_new()
    assert selection.recipients == [ADAMS, BYRNE, COLE]


def test_only_people_who_are_shown_are_ticked_together(selection: InviteeSelection) -> None:
    selection.search("cole")
    selection.toggle_new()
    assert selection.ticked == {COLE.id}
    selection.search("byrne")
    assert not selection.toggle_new()


def test_people_whom_the_search_hides_get_no_message(selection: InviteeSelection) -> None:
    selection.toggle_new()
    selection.search("adams")
    assert selection.recipients == [ADAMS]
    assert selection.hidden_ticks == 1


def test_people_who_can_no_longer_be_invited_lose_their_tick() -> None:
    assert InviteeSelection(STAFF, ticked={COLE.id, DEAN.id, "left the school"}).ticked == {COLE.id}


def test_the_summary_counts_what_there_is(selection: InviteeSelection) -> None:
    assert selection.summary == "4 staff · 2 not invited yet · 1 invited · 1 without an address"
    selection.toggle_new()
    selection.search("adams")
    assert selection.summary.startswith("4 staff · 1 shown · 2 ticked (1 not shown) · ")
