"""Sending welcome e-mails: who is sent one, and which results are stored."""

from contextlib import ExitStack
from threading import Event

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.people import invitation_sending
from backdrop_tui.people.group_management import change_rights
from backdrop_tui.people.invitation_results import Invitation, invitations, save_invitation
from backdrop_tui.people.invitation_sending import (
    SendingOutcome,
    SendResult,
    mail_route,
    preview,
    send_invitations,
)
from backdrop_tui.people.invitees import Invitee, invitees, selections
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import mark_invited
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from tests.support.colleagues import colleagues, many, of, opened, outbox
from tests.support.imports import sign_up
from tests.support.mail_server import mail_server, scripted_server, use
from tests.support.one_person import change_one, remove_one


@pytest.fixture(autouse=True)
def may_invite(school: School) -> None:
    """All steps that inviting staff depends on are done."""
    opened(school)


def sent_to_all(school: School, people: list[Invitee] | None = None, **how: object) -> SendingOutcome:
    """Send to everyone who hasn't been invited, without pauses."""
    people_to_invite = (
        people if people is not None else [invitee for invitee in invitees(school) if invitee.is_new]
    )
    return send_invitations(school, people_to_invite, pause=0, **how)  # type: ignore[arg-type]


def states(sending: SendingOutcome) -> list[str]:
    return [result.state for result in sending.results]


def test_without_a_mail_server_every_message_goes_to_the_outbox(school: School) -> None:
    colleagues(school, ("Byrne", "b@example.org"), ("Adams", "a@example.org"))
    sending = sent_to_all(school)
    assert states(sending) == ["outbox", "outbox"]
    assert (sending.sent, sending.not_tried, sending.error, sending.outbox) == (
        2,
        (),
        None,
        school.folder.outbox,
    )
    assert [result.invitee.name for result in sending.results] == ["Jo Adams", "Jo Byrne"]
    assert "To: a@example.org" in outbox_text(outbox(school)[0])
    assert of(school, "Adams").status.startswith("Saved in the outbox for a@example.org on ")
    assert "because no mail server is set up" in mail_route(school).description


def test_all_messages_to_a_mail_server_use_one_connection(school: School) -> None:
    many(school, 20)
    with mail_server() as box:
        use(school, box.port)
        sending = sent_to_all(school)
    assert sending.sent == 20
    assert sending.outbox is None
    assert box.recipients == [f"aaa{letter}@example.org" for letter in "abcdefghijklmnopqrst"]
    assert box.connections == 1
    assert not outbox(school)
    assert of(school, "Aaaa").status.startswith("Sent to aaaa@example.org on ")


def test_nobody_is_sent_a_second_message_unless_requested(school: School) -> None:
    many(school, 3)
    sent_to_all(school)
    assert sent_to_all(school).results == ()
    assert len(outbox(school)) == 3
    assert sent_to_all(school, [of(school, "Aaab")]).sent == 1
    assert len(outbox(school)) == 4


def test_nothing_is_sent_to_anyone_changed_or_invited_since_the_list_was_made(
    school: School,
) -> None:
    many(school, 4)
    seen = invitees(school)
    change_one(school.store.people("staff"), seen[0].id, {"email": "other@example.org"})
    change_one(school.store.people("staff"), seen[1].id, {"user_group": "DSLs"})
    remove_one(school.store.people("staff"), seen[2].id)
    sent_to_all(school, [of(school, "Aaad")])
    sending = sent_to_all(school, seen)
    assert states(sending) == ["changed"] * 4
    assert len(outbox(school)) == 1


def test_one_refused_message_among_fifty_does_not_stop_the_others(school: School) -> None:
    many(school, 50)
    with mail_server(refuse={"aaah@example.org": "550 5.1.1 No such user"}) as box:
        use(school, box.port)
        sending = sent_to_all(school)
    assert (sending.sent, sending.count("refused"), sending.error) == (49, 1, None)
    assert len(box.recipients) == 49
    refused = of(school, "Aaah")
    assert "does not accept mail for aaah@example.org (550 5.1.1 No such user)" in refused.status
    assert refused.is_new
    assert how(school) == "done"


def test_a_message_that_is_refused_does_not_stop_the_others(school: School) -> None:
    many(school, 2)
    with scripted_server({"DATA": "554 looks like spam"}) as port:
        use(school, port)
        sending = send_invitations(school, invitees(school)[:1], pause=0)
    assert states(sending) == ["refused"]
    assert sending.error is None
    assert "looks like spam" in of(school, "Aaaa").status


def how(school: School) -> str:
    return {status.step.key: status.state for status in set_up_progress(school).steps}["invite"]


def test_a_server_that_stops_working_stops_the_sending_and_the_rest_is_sent_later(school: School) -> None:
    many(school, 10)
    with ExitStack() as server:
        first = server.enter_context(mail_server())
        use(school, first.port)

        def dies(_: SendResult) -> None:
            if len(first.recipients) == 4:
                server.close()

        sending = sent_to_all(school, on_result=dies)
    assert (sending.sent, len(sending.not_tried)) == (4, 6)
    assert "No mail server answers" in str(sending.error)
    assert [invitee.is_new for invitee in invitees(school)] == [False] * 4 + [True] * 6
    assert how(school) == "done"
    with mail_server() as second:
        use(school, second.port)
        assert sent_to_all(school).sent == 6
    assert len({*first.recipients, *second.recipients}) == 10


def test_a_server_that_is_shutting_down_is_not_the_fault_of_an_address(school: School) -> None:
    many(school, 2)
    with mail_server(refuse={"aaab@example.org": "421 4.3.2 shutting down"}) as box:
        use(school, box.port)
        sending = sent_to_all(school)
    assert (sending.sent, len(sending.not_tried)) == (1, 1)
    assert isinstance(sending.error, MailError)
    assert of(school, "Aaab").invitation is None


def test_if_no_server_answers_nothing_is_stored_and_the_step_stays_to_do(school: School) -> None:
    many(school, 2)
    use(school, 1)
    sending = sent_to_all(school)
    assert isinstance(sending.error, MailError)
    assert "No mail server answers" in sending.error.message
    assert (sending.results, len(sending.not_tried)) == ((), 2)
    assert invitations(school) == {}
    assert how(school) == "to-do"


def test_a_server_that_never_confirms_a_message_leaves_it_unsure(school: School) -> None:
    many(school, 2)
    with scripted_server({"DATA": "354 go on", ".": None}) as port:
        use(school, port)
        sending = sent_to_all(school)
    assert states(sending) == ["unsure"]
    assert "closed the connection" in str(sending.error)
    unsure = of(school, "Aaaa")
    assert not unsure.is_new
    assert unsure.status.startswith("The message to aaaa@example.org on ")
    assert of(school, "Aaab").is_new


def test_a_server_that_closes_the_connection_before_it_has_the_message_leaves_nothing_unsure(
    school: School,
) -> None:
    many(school, 1)
    with scripted_server({"DATA": None}) as port:
        use(school, port)
        sending = sent_to_all(school)
    assert (states(sending), len(sending.not_tried)) == ([], 1)
    assert invitations(school) == {}


def test_the_previous_result_is_restored_if_a_second_message_cant_be_sent(school: School) -> None:
    many(school, 1)
    sent_to_all(school)
    before = invitations(school)
    use(school, 1)
    sent_to_all(school, invitees(school))
    assert invitations(school) == before


def test_sending_can_be_stopped_between_two_messages(school: School) -> None:
    many(school, 5)
    stop = Event()

    def on_result(result: SendResult) -> None:
        if result.invitee.name == "Jo Aaab":
            stop.set()

    sending = sent_to_all(school, on_result=on_result, stop=stop)
    assert (sending.sent, len(sending.not_tried), sending.error) == (2, 3, None)
    assert sent_to_all(school).sent == 3


def test_stopping_ends_the_pause_between_two_messages(school: School) -> None:
    many(school, 3)
    stop = Event()
    with mail_server() as box:
        use(school, box.port)
        sending = send_invitations(
            school, invitees(school), pause=3600, on_result=lambda _: stop.set(), stop=stop
        )
    assert (sending.sent, len(sending.not_tried)) == (1, 2)


def test_people_without_an_address_of_their_own_are_sent_nothing(school: School) -> None:
    colleagues(
        school, ("Adams", "a@example.org"), ("Byrne", "A@Example.org"), ("Cole", None), ("Dean", "dean@")
    )
    assert sent_to_all(school, invitees(school)).results == ()
    assert "same address as Jo Byrne" in of(school, "Adams").status
    assert of(school, "Cole").obstacle == "No e-mail address is stored."
    assert "“dean@” is not an e-mail address" in of(school, "Dean").obstacle


def test_a_changed_address_is_reported_but_not_invited_by_itself(school: School) -> None:
    many(school, 1)
    sent_to_all(school)
    change_one(school.store.people("staff"), of(school, "Aaaa").id, {"email": "new@example.org"})
    moved = of(school, "Aaaa")
    assert moved.address_changed
    assert not moved.is_new
    assert moved.status.endswith("The address is now new@example.org.")


def test_results_of_removed_people_are_removed(school: School) -> None:
    many(school, 3)
    sent_to_all(school)
    gone = of(school, "Aaab").id
    remove_one(school.store.people("staff"), gone)
    assert gone in invitations(school)
    sent_to_all(school)
    assert gone not in invitations(school)
    assert len(invitations(school)) == 2


def test_results_survive_a_restart_and_the_step_is_done(school: School, data: DataFolder) -> None:
    many(school, 2)
    assert how(school) == "to-do"
    sent_to_all(school)
    before = invitations(school)
    school.close()
    with School(data, read_only=True) as reopened:
        assert invitations(reopened) == before
        assert how(reopened) == "done"


def test_a_locked_step_sends_nothing(school: School) -> None:
    many(school, 1)
    seen = invitees(school)
    sign_up(school, verified=False)
    with pytest.raises(LockedError):
        send_invitations(school, seen)
    assert not outbox(school)


def test_a_missing_password_is_reported_before_anything_is_sent(school: School) -> None:
    many(school, 1)
    use(school, 1, user="backdrop")
    with pytest.raises(MailError, match="password"):
        send_invitations(school, invitees(school))
    assert invitations(school) == {}


def test_a_message_whose_result_cant_be_stored_is_not_sent(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(school, 2)

    def full(*_: object) -> None:
        raise DataFolderError("The disk is full.")

    monkeypatch.setattr(invitation_sending, "save_invitation", full)
    sending = sent_to_all(school)
    assert isinstance(sending.error, DataFolderError)
    assert len(sending.not_tried) == 2
    assert not outbox(school)


def test_a_sent_message_whose_result_cant_be_stored_is_unsure(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(school, 1)

    def full_afterwards(school: School, person_id: str, invitation: Invitation) -> None:
        if invitation.state != "unsure":
            raise DataFolderError("The disk is full.")
        save_invitation(school, person_id, invitation)

    monkeypatch.setattr(invitation_sending, "save_invitation", full_afterwards)
    sent_to_all(school)
    assert len(outbox(school)) == 1
    assert not of(school, "Aaaa").is_new


def test_the_log_has_counts_and_no_names(school: School, data: DataFolder) -> None:
    many(school, 3)
    with mail_server(refuse={"aaab@example.org": "550 no"}) as box:
        use(school, box.port)
        sent_to_all(school)
    last = data.log.read_text().splitlines()[-1]
    assert '"event":"invited","sent":2,"saved":0,"refused":1,"not_sent":0' in last
    assert "Aaa" not in last
    assert "aaab@" not in last


def test_results_damaged_by_hand_are_ignored(school: School) -> None:
    many(school, 1)
    person_id = of(school, "Aaaa").id
    for wrong in (
        {"state": "sent"},
        {"state": "lost", "address": "a", "at": 1},
        {"state": "sent", "address": "a", "at": 1e300},
    ):
        school.store.table("invitations").put(person_id, wrong)
        assert of(school, "Aaaa").invitation is None


def test_the_preview_is_the_message_that_is_sent(school: School) -> None:
    many(school, 1, group="DSLs")
    school.settings.put("lead-name", "Sam Lee")
    school.settings.put("lead-email", "sam@example.org")
    text = preview(school, of(school, "Aaaa"))
    sent_to_all(school)
    written = outbox_text(outbox(school)[0])
    assert [line for line in written.splitlines() if not line.startswith("Date")] == [
        line for line in text.splitlines() if not line.startswith("Date")
    ]
    assert "Reply-To: sam@example.org" in written
    assert "- view child-protection records" in written


def test_more_people_can_be_invited_once_the_step_is_done(school: School) -> None:
    many(school, 1)
    mark_invited(school)
    assert sent_to_all(school).sent == 1


def test_the_message_lists_the_rights_that_the_group_has_at_present(school: School) -> None:
    many(school, 1)
    change_rights(school, {"Teachers": {"run-reports": True, "add-concerns": False}})
    text = preview(school, of(school, "Aaaa"))
    assert "- run reports" in text
    assert "- add concerns" not in text


def test_someone_whose_message_has_gone_from_the_outbox_counts_as_not_invited(school: School) -> None:
    colleagues(school, ("Adams", "a@example.org"), ("Byrne", "b@example.org"))
    sent_to_all(school)
    outbox(school)[0].unlink()
    adams, byrne = of(school, "Adams"), of(school, "Byrne")
    assert (adams.is_new, adams.is_in_outbox, byrne.is_new, byrne.is_in_outbox) == (True, False, False, True)
    assert adams.status.endswith("It is no longer there, so this counts as not invited.")
    assert [(each.label, len(each.ids)) for each in selections([adams, byrne])] == [
        ("not invited yet", 1),
        ("not invited yet, in Teachers", 1),
        ("whose message is only in the outbox", 1),
        ("already invited, to invite again", 1),
    ]
    assert states(sent_to_all(school)) == ["outbox"]
    assert len(outbox(school)) == 2
    assert of(school, "Adams").is_in_outbox
