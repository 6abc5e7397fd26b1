"""The question before welcome e-mails are sent, and the results after that."""

from collections.abc import Sequence

from textual.content import Content

from backdrop_tui.people.invitation_sending import MailRoute, SendingOutcome, SendResult
from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import counted, listed

_MOST_NAMES = 5
_MOST_RESULTS = 500
_MARKS = {
    "sent": ("✓", ""),
    "outbox": ("✓", ""),
    "refused": ("!", "$text-error"),
    "unsure": ("?", "$text-warning"),
    "changed": ("-", "$text-warning"),
}
"""The mark and colour for each outcome of sending."""


def sending_question(recipients: Sequence[Invitee], hidden: int, route: MailRoute, warning: str) -> str:
    """How many messages will be sent and by what route, who gets them, and what may be wrong.

    Args:
        recipients: Those who will get a message.
        hidden: The number of people who are ticked but not shown.
        route: How the messages will be sent.
        warning: What is wrong with the staff as a whole; empty if nothing is.
    """
    names = listed((invitee.name for invitee in recipients), at_most=_MOST_NAMES)
    lines = [f"{counted(len(recipients), 'message')} will be sent {route.description}.", f"To: {names}."]
    if hidden:
        others = counted(hidden, "ticked person isn't", "ticked people aren't")
        lines.append(f"{others} in this list and won't get a message.")
    if invited_before := sum(invitee.was_invited for invitee in recipients):
        verb = "was" if invited_before == 1 else "were"
        lines.append(f"{invited_before:,} of them {verb} invited before and will get it again.")
    if not route.has_lead_address:
        lines.append(
            "The safeguarding lead's address isn't set, so replies will go to the sender. You can set it in System settings."
        )
    if warning:
        lines.append(warning)
    return "\n\n".join(lines)


def sending_results(outcome: SendingOutcome) -> Content:
    """The number of messages sent, the error that stopped the sending, then everyone who got none, and everyone else."""
    verb = "sent" if outcome.outbox is None else "written"
    lines = [Content.styled(f"{counted(outcome.sent, 'message')} {verb}.", "bold")]
    if outcome.outbox is not None and outcome.sent:
        lines.append(plain(f"No mail server is set up, so they were written to files in {outcome.outbox}."))
    if outcome.error is not None:
        lines.append(Content.styled(plain(outcome.error.message).plain, "$text-error"))
    if outcome.not_tried:
        people = counted(len(outcome.not_tried), "person hasn't", "people haven't")
        lines.append(plain(f"{people} been sent a message yet. They are still ticked: press s to send."))
    not_sent = [result for result in outcome.results if result.reason]
    lines += _section(f"{counted(len(not_sent), 'message')} not sent", not_sent)
    lines += _section("To", [result for result in outcome.results if not result.reason])
    return Content("\n").join(lines)


def _section(heading: str, results: Sequence[SendResult]) -> list[Content]:
    """A blank line, a heading and a line for each result; nothing if there are no results."""
    if not results:
        return []
    lines = [Content(""), Content.styled(heading, "bold"), *map(_result_line, results[:_MOST_RESULTS])]
    if len(results) > _MOST_RESULTS:
        lines.append(plain(f"… and {len(results) - _MOST_RESULTS:,} more"))
    return lines


def _result_line(result: SendResult) -> Content:
    mark, style = _MARKS[result.state]
    reason = f": {result.reason}" if result.reason else ""
    text = plain(f"{result.invitee.name}  {result.invitee.address}{reason}")
    return Content.assemble((mark, style), " ", text)
