"""Sending welcome e-mails to staff."""

from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.invitation_sending import SendResult, mail_route, preview, send_invitations
from backdrop_tui.people.invitees import Invitee, invitees, missing_leads_warning, selections
from backdrop_tui.steps.listing import INVITE_STAFF
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.wording import counted

_RESULTS = {"outbox": "saved in the outbox", "unsure": "may not have been sent", "changed": "left out"}


def invite(session: Session) -> None:
    """Ask who is to be invited, show the first message, and send them once that is confirmed."""
    require_unlocked(session.school, INVITE_STAFF)
    dialogue, school = session.dialogue, session.school
    while True:
        staff = invitees(school)
        warning = missing_leads_warning(school, staff)
        without = [invitee for invitee in staff if invitee.obstacle]
        dialogue.say(
            "",
            f"Invite staff. The messages will be sent {mail_route(school).description}.",
            *([warning] if warning else []),
            *(f"{invitee.name} can't be invited: {invitee.obstacle}" for invitee in without),
        )
        groups = selections(staff)
        choices = [f"{counted(len(each.ids), 'person', 'people')} {each.label}" for each in groups]
        choice = dialogue.choose(
            "Who should get a welcome e-mail?" if choices else "Nobody can be invited.", choices
        )
        if choice is None:
            return
        chosen = [invitee for invitee in staff if invitee.id in groups[choice].ids]
        with session.telling_errors():
            _send(session, chosen)


def _send(session: Session, chosen: list[Invitee]) -> None:
    """Say who gets a message and what it says, and send them if the user wants that."""
    dialogue = session.dialogue
    dialogue.say("", *(f"{invitee.name}, {invitee.address}, {invitee.group}" for invitee in chosen))
    dialogue.read_out(f"\nThe first message:\n\n{preview(session.school, chosen[0])}")
    if not dialogue.confirm(f"Send {counted(len(chosen), 'message')}?"):
        dialogue.say("Nothing has been sent.")
        return

    def tell(result: SendResult) -> None:
        reason = f" {result.reason}" if result.reason else ""
        dialogue.say(f"{result.invitee.name}: {_RESULTS.get(result.state, result.state)}.{reason}")

    sending = send_invitations(session.school, chosen, on_result=tell)
    dialogue.say(f"{sending.sent:,} of {counted(len(chosen), 'message')} done.")
    if sending.error is not None:
        raise sending.error
