"""`backdrop settings`: listing, changing and confirming the system settings."""

from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import say, write_json
from backdrop_tui.cli.standard_input import value_of
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import is_done, require_unlocked

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from collections.abc import Iterable

    from backdrop_tui.mail.mailer import Sent
    from backdrop_tui.mail.password import PasswordStatus
    from backdrop_tui.people.setting_changes import CurrentSetting
    from backdrop_tui.school.school import School

_WIDTH = 79
_NAME_WIDTH = 18
_ACCOUNT_ADDRESS = "\0"
"""The value of `--test-mail` if no address follows it."""


@click.command(
    "settings",
    epilog="Example: backdrop settings phase secondary",
    short_help="List, change and confirm the system settings.",
)
@click.argument("words", nargs=-1, metavar="[NAME [VALUE]]")
@click.option("--reviewed", is_flag=True, help="Confirm that you have reviewed the settings.")
@click.option(
    "--test-mail",
    is_flag=False,
    flag_value=_ACCOUNT_ADDRESS,
    metavar="[ADDRESS]",
    help="Send a test message to this address, or to the account's if you leave it out.",
)
@format_option
@data_option
@click.pass_context
def settings_command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    *,
    reviewed: bool,
    test_mail: str | None,
    format: Format,  # noqa: A002 - the option's name
) -> None:
    """List the system settings, print the value of the one called NAME, or change it to VALUE.

    NAME alone prints its value and nothing else, or a blank line if it isn't set. An empty VALUE ("") sets it back to its
    default; - reads it from standard input.

    \b
      organisation   the school's name, in messages and at the top of the screen
      phase          nursery, primary, middle, secondary, all-through,
                     sixth form or special: which year groups there are
      academic-year  2026 for the year that starts in September 2026
      lead-name      the safeguarding lead, named in the welcome e-mails
      lead-email     their address, for replies to the welcome e-mails
      mail-host      the mail server; if none is set, messages go to the outbox
      mail-port      its port
      mail-security  none, starttls or tls
      mail-user      the user name for the mail server; the password comes from
                     BACKDROP_MAIL_PASSWORD or the file mail-password
      mail-from      the address that messages are sent from
      idle-minutes   how long the app stays open without a key press, 1 to 1440
      existing       update, fill or skip: what an import does with people
                     who are already stored
      theme          dark, light or high contrast: the app's colours

    The exit status is 2 if there is no such setting, its value can't be used or the test message could not be sent,
    and 3 if nobody has signed up yet.
    """  # noqa: D301 - click's own mark for lines that stay as they are
    _check_arguments(words, reviewed=reviewed, test_mail=test_mail)
    changes = reviewed or test_mail is not None or len(words) == 2
    with open_school(ctx, read_only=not changes) as school:
        if reviewed:
            as_json, as_text = _confirm(school)
        elif test_mail is not None:
            as_json, as_text = _test(
                school, "" if test_mail == _ACCOUNT_ADDRESS else value_of(test_mail, "--test-mail")
            )
        elif changes:
            as_json, as_text = _change(school, *words)
        else:
            as_json, as_text = _show(school, words)
    if format == "json":
        write_json(as_json)
    else:
        say(as_text)


def _check_arguments(words: tuple[str, ...], *, reviewed: bool, test_mail: str | None) -> None:
    """Refuse arguments that don't go together."""
    if len(words) > 2:
        raise UnusableChoiceError(
            "There are too many words. Put quotation marks round a value that has spaces in it: "
            f'backdrop settings {words[0]} "{" ".join(words[1:])}"'
        )
    if sum([bool(words), reviewed, test_mail is not None]) > 1:
        raise UnusableChoiceError("Use only one of these at a time: a setting, --reviewed or --test-mail.")


def _show(school: "School", words: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """All settings, or the one that is named, as JSON and as text. Nothing is changed.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: There is no such setting.
    """
    from backdrop_tui.mail.password import password_status  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.setting_changes import CurrentSetting  # noqa: PLC0415
    from backdrop_tui.school.settings import SETTINGS  # noqa: PLC0415

    require_unlocked(school, REVIEW_SETTINGS)
    if words:
        current = CurrentSetting.of(school, words[0])
        return _as_json(current), "" if current.value is None else str(current.value)
    settings = [CurrentSetting.of(school, name) for name in SETTINGS]
    reviewed = bool(is_done(school, REVIEW_SETTINGS))
    password = password_status(school.folder, needed=school.settings.get("mail-user") is not None)
    as_json = {
        "settings": [_as_json(current) for current in settings],
        "mail_password": password.source,
        "reviewed": reviewed,
    }
    return as_json, _list(settings, password, reviewed=reviewed)


def _change(school: "School", name: str, value: str) -> tuple[dict[str, Any], str]:
    from backdrop_tui.people.setting_changes import change_setting  # noqa: PLC0415 - loads polars

    change = change_setting(school, name, value_of(value, name))
    verb = "is now" if change.changed else "is still"
    lines = [f"{change.current.setting.name} {verb} {_value(change.current)}.", change.note]
    return _as_json(change.current), "\n".join(fill(line, _WIDTH) for line in lines if line)


def _confirm(school: "School") -> tuple[dict[str, Any], str]:
    from backdrop_tui.steps.marks import mark_reviewed  # noqa: PLC0415 - loads polars

    mark_reviewed(school, REVIEW_SETTINGS)
    return {"reviewed": True}, "The system settings are confirmed as reviewed."


def _test(school: "School", to: str) -> tuple[dict[str, Any], str]:
    from backdrop_tui.mail.testing import result_of_test, send_test_message  # noqa: PLC0415 - loads polars

    sent: Sent = send_test_message(school, to)
    as_json = {"to": sent.to, "by": sent.by, "path": str(sent.path) if sent.path else None}
    return as_json, result_of_test(sent)


def _as_json(current: "CurrentSetting") -> dict[str, Any]:
    return {
        "name": current.setting.name,
        "value": current.value,
        "default": current.default,
        "is_default": current.is_default,
        "purpose": current.setting.purpose,
    }


def _value(current: "CurrentSetting") -> str:
    """A setting's value in words, marked if it is the default."""
    default = " (default)" if current.is_default and current.value is not None else ""
    return f"{current.text}{default}"


def _list(settings: "Iterable[CurrentSetting]", password: "PasswordStatus", *, reviewed: bool) -> str:
    """All settings with their values, each with its purpose, its default and its possible values on the lines below."""
    lines = []
    for current in settings:
        lines += _details(current)
        if current.setting.name == "mail-user":
            lines.append(_indented(f"Password: {password.problem or password.description}"))
    lines += ["", "Confirmed as reviewed." if reviewed else "Not confirmed as reviewed yet."]
    return "\n".join(lines)


def _details(current: "CurrentSetting") -> list[str]:
    """One setting with its purpose, its default and its possible values, a line each."""
    setting = current.setting
    lines = [f"{setting.name:<{_NAME_WIDTH}}{_value(current)}", _indented(setting.purpose)]
    if not current.is_default and current.default is not None:
        lines.append(_indented(f"Its default is {setting.text_of(current.default)}."))
    return [*lines, *(_indented(f"{choice}: {setting.meanings[choice]}") for choice in setting.choices)]


def _indented(text: str) -> str:
    return fill(text, _WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)
