"""`backdrop invite`: sends the welcome e-mails."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import say, say_error
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import INVITE_STAFF
from backdrop_tui.steps.locks import require_unlocked

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.people.invitation_sending import Sending, Tried
    from backdrop_tui.people.invitees import Invitee
    from backdrop_tui.school.school import School


_SECONDS = click.FloatRange(0, 60)
_SECONDS.name = "number of seconds"  # stands in what is said of a wrong one


@click.command("invite", short_help="Send welcome e-mails to staff.")
@click.option("--all", "everybody", is_flag=True, help="All staff.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Everybody in this user group. Can be given again.",
)
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="ID",
    help="This member of staff; --dry-run lists ids. Can be given again.",
)
@click.option("--again", is_flag=True, help="Also those who were invited before.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show who would get a message, and one message. Nothing is sent or changed.",
)
@click.option(
    "--pause",
    type=_SECONDS,
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Wait so long between two messages over a mail server.",
)
@format_option
@data_option
@click.pass_context
def invite_command(  # noqa: PLR0913 - one for each option
    ctx: click.Context, /, *, everybody: bool, groups: tuple[str, ...], people: tuple[str, ...], again: bool,
    dry_run: bool, pause: float, format: Format,  # noqa: A002 - the option's name
) -> int:  # fmt: skip
    """Send welcome e-mails to staff: to all, by user group, or one by one.

    Nobody gets a second one unless --again is given. What became of each is kept, so that running it again after
    something went wrong sends the rest. Who has no e-mail address of their own is listed.

    Ends with 0 where all went well, 1 where some were refused or not reached, or somebody named by --person has no
    address, 2 where the mail server can't be used at all, 3 where the step is locked.
    """
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.people import invitees  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx), read_only=True) as school:
        require_unlocked(school, INVITE_STAFF)
    _refuse_no_choice(everybody, groups, people)
    with School(data_folder(ctx), read_only=dry_run) as school:
        staff = invitees.invitees(school)
        if not staff:
            raise UnusableChoiceError("No staff are stored yet, so nobody can be invited. Import them first.")
        chosen = staff if everybody else invitees.chosen(school, staff, groups, people)
        if warning := invitees.without_leads(school, staff):
            say_error(f"Warning: {warning}")
        wanted = [one for one in chosen if again or not one.was_invited]
        passed = [one for one in chosen if one.was_invited and not again]
        if dry_run:
            _show(school, wanted, passed, format)
            return 0
        missing = any(one.hindrance and one.id in people for one in wanted)
        return max(_send(school, wanted, passed, pause, format), int(missing))


def _refuse_no_choice(everybody: bool, groups: Sequence[str], people: Sequence[str]) -> None:  # noqa: FBT001 - an option
    if everybody and (groups or people):
        raise UnusableChoiceError("Say either --all, or whom by --group and --person.")
    if not (everybody or groups or people):
        raise UnusableChoiceError("Say whom to invite: --all, --group NAME or --person ID.")


def _send(
    school: "School", wanted: "list[Invitee]", passed: "list[Invitee]", pause: float, format: Format  # noqa: A002 - the option's name
) -> int:  # fmt: skip
    """Send the messages, and say what became of each. Returns the exit status."""
    from backdrop_tui.cli.report import write_json  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.invitation_sending import send  # noqa: PLC0415

    as_text = format == "text"
    sending = send(school, wanted, pause=pause, told=_say_one if as_text else lambda _: None)
    if sending.error is not None and not sending.tried:
        raise sending.error
    if as_text:
        say(_outcome_as_text(sending, wanted, passed))
    else:
        write_json(_outcome_as_json(sending, wanted, passed))
    if sending.error is not None:
        say_error(f"{sending.error.message} {_rest(len(sending.left))}".rstrip())
        return sending.error.exit_status if sending.error.exit_status == 4 else 1
    return 0 if sending.sent == len(sending.tried) else 1


def _say_one(one: "Tried") -> None:
    """One line, as soon as it is known."""
    words = {"outbox": "written", "unsure": "not sure", "changed": "left out"}
    reason = f": {one.reason}" if one.reason else ""
    say(f"{words.get(one.state, one.state):<13}  {one.invitee.name}  {one.invitee.address}{reason}")


def _rest(left: int) -> str:
    if not left:
        return ""
    return (
        f"{left:,} {'message was' if left == 1 else 'messages were'} not sent; run it again to send the rest."
    )


def _outcome_as_text(sending: "Sending", wanted: "list[Invitee]", passed: "list[Invitee]") -> str:
    """Who could not be invited, where the messages are, and how many."""
    hindered = [one for one in wanted if one.hindrance]
    lines = _hindered(hindered)
    if sending.outbox is not None and sending.sent:
        lines.append(f"No mail server is set, so the messages were written to {sending.outbox}.")
    if not wanted and not passed:
        lines.append("Nobody is in that user group.")
    unsure = sending.count("unsure")
    counts = [
        f"{sending.sent:,} {'sent' if sending.outbox is None else 'written'}",
        f"{sending.count('refused'):,} refused",
        *([f"{unsure:,} not sure"] if unsure else []),
        *([f"{sending.count('changed'):,} left out"] if sending.count("changed") else []),
        *([f"{len(sending.left):,} not sent"] if sending.left else []),
        *([f"{len(hindered):,} without an address of their own"] if hindered else []),
        *([f"{len(passed):,} invited before"] if passed else []),
    ]
    lines.append(f"{', '.join(counts)}.{' --again sends to those invited before, too.' if passed else ''}")
    return "\n".join(lines)


def _hindered(people: "list[Invitee]") -> list[str]:
    """Who can't be invited, and what to do."""
    lines = [f"{one.hindered_by:<13}  {one.name}  {one.id}: {one.hindrance}" for one in people]
    if people:
        lines.append("Type addresses in on the screen “Invite staff”, or import a file that has them.")
    return lines


def _outcome_as_json(
    sending: "Sending", wanted: "list[Invitee]", passed: "list[Invitee]"
) -> dict[str, object]:
    return {
        "sent": sending.sent,
        "refused": sending.count("refused"),
        "not_sent": len(sending.left) + sending.count("unsure", "changed"),
        "no_address": sum(bool(one.hindrance) for one in wanted),
        "invited_before": len(passed),
        "outbox": str(sending.outbox) if sending.outbox is not None else None,
        "people": [
            *(_person(one.invitee, one.state, one.reason) for one in sending.tried),
            *(_person(one, "not-sent", "") for one in sending.left),
            *(_person(one, "no-address", one.hindrance) for one in wanted if one.hindrance),
            *(_person(one, "invited-before", one.said) for one in passed),
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


def _show(school: "School", wanted: "list[Invitee]", passed: "list[Invitee]", format: Format) -> None:  # noqa: A002 - the option's name
    """Say who would get a message, and show one."""
    from backdrop_tui.cli.report import write_json  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.invitation_sending import preview, way_out  # noqa: PLC0415

    ready = [one for one in wanted if not one.hindrance]
    hindered = [one for one in wanted if one.hindrance]
    message = preview(school, ready[0]) if ready else None
    if format == "json":
        write_json(
            {
                "would_send": len(ready),
                "no_address": len(hindered),
                "invited_before": len(passed),
                "people": [
                    *(_person(one, "would-send", "") for one in ready),
                    *(_person(one, "no-address", one.hindrance) for one in hindered),
                    *(_person(one, "invited-before", one.said) for one in passed),
                ],
                "message": message,
            }
        )
        return
    lines = [f"would get one  {one.name}  {one.address}  {one.group}  {one.id}" for one in ready]
    lines += [f"invited before {one.name}  {one.id}: {one.said}" for one in passed]
    lines += _hindered(hindered)
    counted = f"{len(ready):,} {'message' if len(ready) == 1 else 'messages'}"
    lines.append(f"{counted} would go out {way_out(school).in_words}. Nothing was sent or changed.")
    if message is not None:
        lines += ["", "The first of them:", "", message]
    say("\n".join(lines))
