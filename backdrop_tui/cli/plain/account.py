"""Signing up, and verifying the e-mail address."""

from functools import partial
from pathlib import Path

from backdrop_tui.cli.plain.dialogue import AS_IT_IS, GOING_BACK, Action
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.mail import verification
from backdrop_tui.mail.mailer import Sent
from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.school import account
from backdrop_tui.school.verification_codes import MINUTES_VALID


def sign_up(session: Session) -> None:
    """Ask for the school, the name and the address, store them, and send a code."""
    dialogue, before = session.dialogue, account.account_of(session.school)
    if before is not None:
        dialogue.say("", f"{before.organisation}. {before.name}, {before.email}.")
        if not dialogue.confirm("You have signed up already. Do you want to change that?"):
            return
    questions = {
        "organisation": "What is your school called?",
        "name": "What is your name?",
        "email": "What is your e-mail address? A code will be sent to it.",
    }
    given: dict[str, str] = {}
    for key, question in questions.items():
        current = str(getattr(before, key)) if before else ""
        note = f" Now: {current}." if current else ""
        leaving = AS_IT_IS if current else GOING_BACK
        answer = dialogue.text(f"{question}{note}", account.CHECKS[key], leaving=leaving)
        if answer is None and not current:
            dialogue.say("Nothing has been saved.")
            return
        given[key] = answer or current
    saved = account.sign_up(session.school, **given)
    dialogue.say(f"Account saved: {saved.name}, {saved.organisation}, {saved.email}.")
    if saved.verified is None:
        sent = None
        with session.telling_errors():
            sent = _send(session)
        verify(session, sent)


def verify(session: Session, sent: Sent | None = None) -> None:
    """Ask for the code until it is right; read out the message if it is in the outbox, and send a new one on request.

    Args:
        session: The session.
        sent: The message with the code, if it has just been sent.
    """
    dialogue = session.dialogue
    while (found := account.account_of(session.school)) is not None and found.verified is None:
        action = dialogue.choose_action(f"Verify {found.email}.", _ways(session, sent))
        if action is None:
            return
        with session.telling_errors():
            answer = action()
            sent = answer if isinstance(answer, Sent) else sent
    if found is not None:
        dialogue.say(f"{found.email} is verified.")


def _ways(session: Session, sent: Sent | None) -> list[Action]:
    """What can be done to verify the address."""
    path = sent.path if sent else None
    hear = [("Hear the message with the code", partial(_read_out, session, path))] if path else []
    return [
        ("Type in the code", partial(_type_code, session)),
        *hear,
        ("Send a new code", partial(_send, session)),
    ]


def _type_code(session: Session) -> None:
    session.dialogue.text(
        "Type in the 6 digits of the code.",
        partial(verification.verify, session.school),
        leaving=GOING_BACK,
    )


def _read_out(session: Session, letter: Path) -> None:
    session.dialogue.read_out(f"\n{outbox_text(letter)}")


def _send(session: Session) -> Sent:
    """Send a code, and say where it went."""
    sent = verification.send_code(session.school)
    where = f"A code was sent to {sent.to}."
    if sent.path:
        where = (
            f"No mail server is set up, so the message with the code was saved as a file instead: {sent.path}"
        )
    session.dialogue.say(where, f"The code is valid for {MINUTES_VALID} minutes.")
    return sent
