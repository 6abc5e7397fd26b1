"""Hearing everything that is held about a person, and erasing them everywhere."""

from functools import partial

from backdrop_tui.care.erase import erase, look_for
from backdrop_tui.care.erase_texts import receipt_text, warning
from backdrop_tui.care.subject_access import held_about
from backdrop_tui.care.subject_access_text import subject_access_text
from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.state import Session


def care_actions(session: Session, person_id: str) -> list[Action]:
    """What can be done with everything that is held about a person, each with its label."""
    return [
        ("Hear everything that is held about them", partial(_hear, session, person_id)),
        (
            "Save everything that is held about them as a file",
            partial(session.dialogue.save_file, f"{person_id}.txt", partial(_held, session, person_id)),
        ),
        ("Erase them everywhere, for good", partial(_erase, session, person_id)),
    ]


def _hear(session: Session, person_id: str) -> None:
    session.dialogue.read_out(f"\n{_held(session, person_id).decode()}")


def _held(session: Session, person_id: str) -> bytes:
    organisation = session.school.settings.text("organisation") or ""
    return subject_access_text(held_about(session.school, person_id), organisation, session.today).encode()


def _erase(session: Session, person_id: str) -> None:
    """Say what erasing someone would do, and do it if the user confirms that."""
    dialogue, school = session.dialogue, session.school
    dialogue.say("", *warning(school, look_for(school, [person_id]), session.today))
    if dialogue.confirm("Erase this person for good?"):
        dialogue.say("", *receipt_text(erase(school, [person_id])))
