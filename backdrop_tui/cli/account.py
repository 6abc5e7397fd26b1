"""`backdrop sign-up` and `backdrop verify`: the account, and the code that verifies its e-mail address."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import data_folder, data_option
from backdrop_tui.cli.output import say
from backdrop_tui.errors import UnusableChoiceError

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from backdrop_tui.mail.mailer import Sent
    from backdrop_tui.school.school import School


@click.command("sign-up")
@click.option("--organisation", required=True, metavar="NAME", help="The school's name.")
@click.option("--name", required=True, metavar="NAME", help="Your name.")
@click.option("--email", required=True, metavar="ADDRESS", help="Your e-mail address; a code is sent to it.")
@data_option
@click.pass_context
def sign_up_command(ctx: click.Context, /, organisation: str, name: str, email: str) -> None:
    """Make the account, and send a code to its e-mail address.

    Run again it changes the account. Another address has to be verified again.
    """
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.mail import verification  # noqa: PLC0415
    from backdrop_tui.school import account  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    with School(data_folder(ctx)) as school:
        made = account.sign_up(school, organisation, name, email)
        say(f"The account of {made.name}, {made.organisation}, is kept.")
        try:
            _send(school)
        except (verification.VerifiedAlreadyError, verification.TooEarlyError) as nothing_to_do:
            say(nothing_to_do.message)


@click.command("verify", short_help="Verify your e-mail address with the code, or have a new one sent.")
@click.argument("code", nargs=-1)
@click.option("--resend", is_flag=True, help="Send a new code.")
@data_option
@click.pass_context
def verify_command(ctx: click.Context, /, code: tuple[str, ...], *, resend: bool) -> None:
    """Verify the account's e-mail address with the CODE that was sent to it.

    A code has 6 digits; a space in it does no harm. Ends with 2 where it is not the right one.
    """
    if resend == bool(code):
        raise UnusableChoiceError("Say either the code or --resend.")
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.school import School  # noqa: PLC0415
    from backdrop_tui.school.verification_codes import CodeError  # noqa: PLC0415

    with School(data_folder(ctx)) as school:
        if resend:
            _send(school)
            return
        try:
            verified = verification.verify(school, " ".join(code))
        except CodeError as error:
            if error.over:
                raise CodeError(f"{error.message} “backdrop verify --resend” sends one.") from None
            raise
    say(f"{verified.email} is verified.")


def _send(school: "School") -> None:
    """Send a code, and say where it went."""
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads polars
    from backdrop_tui.mail.mailer import MailError  # noqa: PLC0415

    try:
        sent = verification.send_code(school)
    except MailError as error:
        raise MailError(f"{error.message} “backdrop verify --resend” tries again.") from None
    say(_where(sent))


def _where(sent: "Sent") -> str:
    """Where a code went, and how to go on."""
    from backdrop_tui.school.verification_codes import LIFE  # noqa: PLC0415

    where = (
        f"No mail server is set, so the message for {sent.to} was not sent. It was written to {sent.path}"
        if sent.by == "outbox"
        else f"A code was sent to {sent.to}"
    )
    return f"{where}.\nType the code in within {LIFE // 60} minutes: backdrop verify CODE"
