"""`backdrop invite`: sending welcome e-mails to staff."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option, open_school
from backdrop_tui.cli.output import is_terminal, say, say_error, write_json
from backdrop_tui.cli.progress import ProgressLines
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import INVITE_STAFF
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.wording import counted

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.people.invitation_sending import SendingOutcome, SendResult
    from backdrop_tui.people.invitees import Invitee
    from backdrop_tui.school.school import School


_ALWAYS_SHOWN = ("sent", "written", "refused")
"""The results whose number is shown even if it is 0."""
_SECONDS = click.FloatRange(0, 60)
_SECONDS.name = "number of seconds"  # named in the message about a wrong value


@click.command(
    "invite",
    epilog="Example: backdrop invite --group DSLs --dry-run",
    short_help="Send welcome e-mails to staff.",
)
@click.option("--all", "everybody", is_flag=True, help="Invite all staff.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Invite everyone in this user group. You can use this option more than once.",
)
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="ID",
    help="Invite this member of staff (--dry-run lists the IDs). You can use this option more than once.",
)
@click.option("--again", is_flag=True, help="Include people who have been invited before.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show who would be invited, and the first message. Nothing is sent or changed.",
)
@click.option(
    "--pause",
    type=_SECONDS,
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait between messages to a mail server.",
)
@format_option
@data_option
@click.pass_context
def invite_command(  # noqa: PLR0913 - one for each option
    ctx: click.Context, /, *, everybody: bool, groups: tuple[str, ...], people: tuple[str, ...], again: bool,
    dry_run: bool, pause: float, format: Format,  # noqa: A002 - the option's name
) -> int:  # fmt: skip
    """Send welcome e-mails to all staff, by user group, or one by one.

    Nobody is sent a second one unless you use --again. The result for each person is saved straight away: if
    something goes wrong, run the command again to send the rest. Staff without an e-mail address of their own are
    listed.

    The exit status is 1 if some messages could not be sent, or someone named by --person has no address, 2 if the
    mail server can't be used at all, and 3 if the step is locked.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.people import invitees  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx), read_only=True) as school:
        require_unlocked(school, INVITE_STAFF)
    _check_choice(everybody, groups, people)
    with open_school(ctx, read_only=dry_run) as school:
        staff = invitees.invitees(school)
        if not staff:
            raise UnusableChoiceError("No staff are stored yet, so nobody can be invited. Import them first.")
        chosen = staff if everybody else invitees.select_invitees(school, staff, groups, people)
        if warning := invitees.missing_leads_warning(school, staff):
            say_error(f"Warning: {warning}")
        to_invite = [invitee for invitee in chosen if again or not invitee.was_invited]
        invited_before = [invitee for invitee in chosen if invitee.was_invited and not again]
        if dry_run:
            _show(school, to_invite, invited_before, format)
            return 0
        no_address = any(invitee.obstacle and invitee.id in people for invitee in to_invite)
        return max(_send(school, to_invite, invited_before, pause, format), int(no_address))


def _check_choice(everybody: bool, groups: Sequence[str], people: Sequence[str]) -> None:  # noqa: FBT001 - an option
    """Refuse options that name nobody, or name everybody twice."""
    if everybody and (groups or people):
        raise UnusableChoiceError("Use either --all, or --group and --person.")
    if not (everybody or groups or people):
        raise UnusableChoiceError("Choose who to invite: --all, --group NAME or --person ID.")


def _send(
    school: "School", to_invite: "list[Invitee]", invited_before: "list[Invitee]", pause: float, format: Format  # noqa: A002 - the option's name
) -> int:  # fmt: skip
    """Send the messages, and print the results. Returns the exit status."""
    from backdrop_tui.people.invitation_sending import send_invitations  # noqa: PLC0415

    as_text = format == "text"
    results = 0
    with ProgressLines() as progress:

        def tell(result: "SendResult") -> None:
            nonlocal results
            results += 1
            if as_text:
                _say_result(result)
            if not (as_text and is_terminal()):  # where each result is seen, that is progress enough
                progress.stage(f"Messages: {results:,} of {len(to_invite):,} done")

        progress.stage("Sending the first message")
        sending = send_invitations(school, to_invite, pause=pause, on_result=tell)
    if sending.error is not None and not sending.results:
        raise sending.error
    if as_text:
        say(_results_as_text(sending, to_invite, invited_before))
    else:
        write_json(_results_as_json(sending, to_invite, invited_before))
    if sending.error is not None:
        say_error(f"{sending.error.message} {_not_sent(len(sending.not_tried))}".rstrip())
        return sending.error.exit_status if sending.error.exit_status == 4 else 1
    return 0 if sending.sent == len(sending.results) else 1


def _say_result(result: "SendResult") -> None:
    """Print one person's result as soon as it is known."""
    words = {"outbox": "written", "unsure": "not sure", "changed": "left out"}
    reason = f": {result.reason}" if result.reason else ""
    say(
        f"{words.get(result.state, result.state):<13}  {result.invitee.name}  {result.invitee.address}{reason}"
    )


def _not_sent(number: int) -> str:
    """How many messages were not sent, and what to do about it; empty if all were."""
    if not number:
        return ""
    return f"{counted(number, 'message')} {'was' if number == 1 else 'were'} not sent. Run the command again to send the rest."


def _results_as_text(
    sending: "SendingOutcome", to_invite: "list[Invitee]", invited_before: "list[Invitee]"
) -> str:
    """The people who could not be invited, where the messages are, and the number of each result."""
    without_address = [invitee for invitee in to_invite if invitee.obstacle]
    lines = _without_address(without_address)
    if sending.outbox is not None and sending.sent:
        lines.append(f"No mail server is set up, so the messages were saved in {sending.outbox}.")
    if not to_invite and not invited_before:
        lines.append("There is nobody in that user group.")
    counts = [
        (sending.sent, "sent" if sending.outbox is None else "written"),
        (sending.count("refused"), "refused"),
        (sending.count("unsure"), "not sure"),
        (sending.count("changed"), "left out"),
        (len(sending.not_tried), "not sent"),
        (len(without_address), "without an address of their own"),
        (len(invited_before), "invited before"),
    ]
    shown = [f"{number:,} {result}" for number, result in counts if number or result in _ALWAYS_SHOWN]
    again = " To include people invited before, use --again." if invited_before else ""
    lines.append(f"{', '.join(shown)}.{again}")
    return "\n".join(lines)


def _without_address(people: "list[Invitee]") -> list[str]:
    """Lines for the people who can't be invited, and what to do about it."""
    lines = [
        f"{invitee.obstacle_label:<13}  {invitee.name}  {invitee.id}: {invitee.obstacle}"
        for invitee in people
    ]
    if people:
        lines.append("Add their addresses on the screen “Invite staff”, or import a file that has them.")
    return lines


def _results_as_json(
    sending: "SendingOutcome", to_invite: "list[Invitee]", invited_before: "list[Invitee]"
) -> dict[str, object]:
    without_address = [invitee for invitee in to_invite if invitee.obstacle]
    return {
        "sent": sending.sent,
        "refused": sending.count("refused"),
        "not_sent": len(sending.not_tried) + sending.count("unsure", "changed"),
        "no_address": len(without_address),
        "invited_before": len(invited_before),
        "outbox": str(sending.outbox) if sending.outbox is not None else None,
        "people": [
            *(_person(result.invitee, result.state, result.reason) for result in sending.results),
            *(_person(invitee, "not-sent", "") for invitee in sending.not_tried),
            *(_person(invitee, "no-address", invitee.obstacle) for invitee in without_address),
            *(_person(invitee, "invited-before", invitee.status) for invitee in invited_before),
        ],
    }


def _person(invitee: "Invitee", state: str, message: str) -> dict[str, object]:
    return {
        "id": invitee.id,
        "name": invitee.name,
        "group": invitee.group,
        "address": invitee.address or None,
        "state": state,
        "message": message,
    }


def _show(
    school: "School", to_invite: "list[Invitee]", invited_before: "list[Invitee]", format: Format  # noqa: A002 - the option's name
) -> None:  # fmt: skip
    """Print who would be invited, and the first message."""
    from backdrop_tui.people.invitation_sending import mail_route, preview  # noqa: PLC0415

    ready = [invitee for invitee in to_invite if not invitee.obstacle]
    without_address = [invitee for invitee in to_invite if invitee.obstacle]
    message = preview(school, ready[0]) if ready else None
    if format == "json":
        write_json(
            {
                "would_send": len(ready),
                "no_address": len(without_address),
                "invited_before": len(invited_before),
                "people": [
                    *(_person(invitee, "would-send", "") for invitee in ready),
                    *(_person(invitee, "no-address", invitee.obstacle) for invitee in without_address),
                    *(_person(invitee, "invited-before", invitee.status) for invitee in invited_before),
                ],
                "message": message,
            }
        )
        return
    lines = [
        f"would be invited  {invitee.name}  {invitee.address}  {invitee.group}  {invitee.id}"
        for invitee in ready
    ]
    lines += [
        f"invited before    {invitee.name}  {invitee.id}: {invitee.status}" for invitee in invited_before
    ]
    lines += _without_address(without_address)
    lines.append(
        f"{counted(len(ready), 'message')} would be sent {mail_route(school).description}. Nothing was sent or changed."
    )
    if message is not None:
        lines += ["", "The first message:", "", message]
    say("\n".join(lines))
