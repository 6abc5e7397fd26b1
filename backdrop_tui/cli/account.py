"""`backdrop sign-up` and `backdrop verify`: creating the account and verifying its e-mail address."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import data_option, open_school
from backdrop_tui.cli.output import say
from backdrop_tui.cli.standard_input import NOTE, value_of
from backdrop_tui.errors import UnusableChoiceError

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.mail.mailer import Sent
    from backdrop_tui.school.school import School


@click.command(
    "sign-up",
    epilog='Example: backdrop sign-up --organisation "Hill Top School" --name "Jo Field" --email jo.field@example.org',
)
@click.option("--organisation", required=True, metavar="NAME", help="The school's name.")
@click.option("--name", required=True, metavar="NAME", help=f"Your name. {NOTE}")
@click.option(
    "--email",
    required=True,
    metavar="ADDRESS",
    help=f"Your e-mail address. A code will be sent to it. {NOTE}",
)
@data_option
@click.pass_context
def sign_up_command(ctx: click.Context, /, organisation: str, name: str, email: str) -> None:
    """Create the account, and send a code to its e-mail address.

    Run the command again to change the account. A new address has to be verified again. If both --name and --email
    are -, the first line of standard input is the name, and the second the address.
    """
    # Loaded here, so that `--help` and wrong options don't wait for polars.
    from backdrop_tui.mail import verification  # noqa: PLC0415
    from backdrop_tui.school import account  # noqa: PLC0415

    name, email = value_of(name, "--name"), value_of(email, "--email")
    with open_school(ctx) as school:
        saved = account.sign_up(school, organisation, name, email)
        say(f"Account saved: {saved.name}, {saved.organisation}.")
        try:
            _send(school)
        except (verification.AlreadyVerifiedError, verification.TooSoonError) as not_needed:
            say(not_needed.message)


@click.command(
    "verify",
    epilog="Example: backdrop verify 123 456",
    short_help="Verify your e-mail address, or get a new code.",
)
@click.argument("code", nargs=-1)
@click.option("--resend", is_flag=True, help="Send a new code.")
@data_option
@click.pass_context
def verify_command(ctx: click.Context, /, code: tuple[str, ...], *, resend: bool) -> None:
    """Verify the account's e-mail address with the CODE that was sent to it.

    The code has 6 digits; you can leave the space in. - reads it from standard input. The exit status is 2 if it is wrong.
    """
    if resend == bool(code):
        raise UnusableChoiceError("Give either the code or --resend.")
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads polars
    from backdrop_tui.school.verification_codes import CodeError  # noqa: PLC0415

    with open_school(ctx) as school:
        if resend:
            _send(school)
            return
        try:
            verified = verification.verify(school, value_of(" ".join(code), "the code"))
        except CodeError as error:
            if error.needs_new_code:
                raise CodeError(f"{error.message} To do this, run “backdrop verify --resend”.") from None
            raise
    say(f"{verified.email} is verified.")


def _send(school: "School") -> None:
    """Send a code, and print where it went."""
    from backdrop_tui.mail import verification  # noqa: PLC0415 - loads polars
    from backdrop_tui.mail.errors import MailError  # noqa: PLC0415

    try:
        sent = verification.send_code(school)
    except MailError as error:
        raise MailError(f"{error.message} To try again, run “backdrop verify --resend”.") from None
    say(_next_step(sent))


def _next_step(sent: "Sent") -> str:
    """Where the code went, and what to do with it."""
    from backdrop_tui.school.verification_codes import MINUTES_VALID  # noqa: PLC0415 - loads polars

    if sent.by == "outbox":
        where = (
            f"No mail server is set up, so the message to {sent.to} was saved as a file instead: {sent.path}"
        )
    else:
        where = f"A code was sent to {sent.to}."
    return f"{where}\nThe code is valid for {MINUTES_VALID} minutes. To enter it, run: backdrop verify CODE"
