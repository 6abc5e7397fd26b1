"""The question before welcome e-mails are sent, and the results after that."""

from pathlib import Path

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitation_results import Invitation
from backdrop_tui.people.invitation_sending import MailRoute, SendingOutcome, SendResult
from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.screens.invitations.texts import sending_question, sending_results

ROUTE = MailRoute("mail.example.org", Path("outbox"), has_lead_address=True)
ADAMS = Invitee("1", "Jo Adams", "Teacher", "Teachers", "a@example.org")
BYRNE = Invitee(
    "2", "Jo Byrne", "Teacher", "Teachers", "b@example.org", Invitation("sent", "b@example.org", 0.0)
)


def test_the_question_says_how_many_messages_go_where_and_to_whom() -> None:
    assert sending_question([ADAMS, ADAMS], 0, ROUTE, "") == (
        "2 messages will be sent through the mail server mail.example.org.\n\nTo: Jo Adams and Jo Adams."
    )


def test_the_question_warns_about_hidden_people_second_invitations_and_missing_leads() -> None:
    route = MailRoute("", Path("outbox"), has_lead_address=False)
    question = sending_question([BYRNE], 2, route, "Nobody is in DSLs.")
    assert "1 message will be sent to the outbox (outbox), because no mail server is set up." in question
    assert "2 ticked people aren't in this list and won't get a message." in question
    assert "1 of them was invited before and will get it again." in question
    assert "The safeguarding lead's address isn't set" in question
    assert question.endswith("Nobody is in DSLs.")


def test_many_recipients_are_counted() -> None:
    assert "Jo Adams and 7 more." in sending_question([ADAMS] * 12, 0, ROUTE, "")


def test_results_start_with_failures_and_end_with_successes() -> None:
    outcome = SendingOutcome(
        (SendResult(BYRNE, "sent"), SendResult(ADAMS, "refused", "No such user")),
        not_tried=(ADAMS, ADAMS),
        outbox=None,
        error=BackdropError("The mail server went away."),
    )
    assert sending_results(outcome).plain.splitlines() == [
        "1 message sent.",
        "The mail server went away.",
        "2 people haven't been sent a message yet. They are still ticked: press s to send.",
        "",
        "1 message not sent",
        "! Jo Adams  a@example.org: No such user",
        "",
        "To",
        "✓ Jo Byrne  b@example.org",
    ]


def test_results_in_the_outbox_say_where_that_is() -> None:
    results = sending_results(SendingOutcome((SendResult(ADAMS, "outbox"),), (), Path("outbox")))
    assert results.plain.startswith(
        "1 message written.\nNo mail server is set up, so they were written to files in outbox."
    )


def test_long_results_are_cut_and_counted() -> None:
    results = sending_results(SendingOutcome((SendResult(ADAMS, "sent"),) * 1_502, (), None))
    assert results.plain.endswith("… and 1,002 more")
