"""`backdrop settings`: the system settings."""

from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from backdrop_tui.cli.options import Format, data_folder, data_option, format_option
from backdrop_tui.cli.output import say
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import is_done, require_unlocked

if TYPE_CHECKING:  # they load polars, for which `--help` need not wait
    from collections.abc import Iterable

    from backdrop_tui.mail.mailer import Sent
    from backdrop_tui.mail.password import PasswordNow
    from backdrop_tui.people.setting_changes import SettingNow
    from backdrop_tui.school.school import School

_WIDTH = 79
_OWN = "\0"
"""What `--test-mail` has where no address stands behind it."""


@click.command("settings", short_help="List, change and confirm the system settings.")
@click.argument("words", nargs=-1, metavar="[NAME [VALUE]]")
@click.option("--reviewed", is_flag=True, help="Confirm that the settings have been looked through.")
@click.option(
    "--test-mail",
    is_flag=False,
    flag_value=_OWN,
    metavar="[ADDRESS]",
    help="Send a test message to the account's address, or to this one.",
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
    """List the system settings, show the one called NAME, or change it to VALUE.

    An empty VALUE ("") sets it back to its default.

    \b
      organisation   the school's name, in messages and at the top of the screen
      phase          nursery, primary, middle, secondary, all-through,
                     sixth form or special: which year groups there are
      academic-year  2026 for the one that starts in September 2026
      lead-name      the safeguarding lead, for the welcome e-mails
      lead-email
      mail-host      the mail server; without one, messages go to the outbox
      mail-port
      mail-security  none, starttls or tls
      mail-user      who logs in there; the password stands in
                     BACKDROP_MAIL_PASSWORD or the file mail-password
      mail-from      the address that messages come from
      idle-minutes   after so many without a key the app closes, 1 to 1440
      existing       update, fill or skip: people whom an import finds stored

    Ends with 0 where all is well, 2 where there is no such setting or it can't be VALUE, or the test message could not be
    sent, 3 before signing up.
    """  # noqa: D301 - click's own mark for lines that stay as they are
    _refuse_too_much(words, reviewed=reviewed, test_mail=test_mail)
    # Loaded here, so that `--help` and wrong options need not wait for polars.
    from backdrop_tui.cli.report import write_json  # noqa: PLC0415
    from backdrop_tui.school.school import School  # noqa: PLC0415

    as_json, said = _look(School(data_folder(ctx), read_only=True), words)
    if reviewed or test_mail is not None or len(words) == 2:
        with School(data_folder(ctx)) as school:
            if reviewed:
                as_json, said = _confirm(school)
            elif test_mail is not None:
                as_json, said = _test(school, "" if test_mail == _OWN else test_mail)
            else:
                as_json, said = _change(school, *words)
    if format == "json":
        write_json(as_json)
    else:
        say(said)


def _refuse_too_much(words: tuple[str, ...], *, reviewed: bool, test_mail: str | None) -> None:
    if len(words) > 2:
        raise UnusableChoiceError(
            f"There are too many words. A value with spaces stands in quotation marks: "
            f'backdrop settings {words[0]} "{" ".join(words[1:])}"'
        )
    if sum([bool(words), reviewed, test_mail is not None]) > 1:
        raise UnusableChoiceError("Say only one of these: a setting, --reviewed, --test-mail.")


def _look(school: "School", words: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """All settings, or the one that is named, for programs and for people. Nothing is changed.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: There is no such setting.
    """
    from backdrop_tui.mail.password import password_now  # noqa: PLC0415 - loads polars
    from backdrop_tui.people.setting_changes import SettingNow  # noqa: PLC0415
    from backdrop_tui.school.settings import SETTINGS  # noqa: PLC0415

    with school:
        require_unlocked(school, REVIEW_SETTINGS)
        if words:
            now = SettingNow.of(school, words[0])
            return _object(now), _one(now)
        found = [SettingNow.of(school, name) for name in SETTINGS]
        confirmed = bool(is_done(school, REVIEW_SETTINGS))
        password = password_now(school.folder, needed=school.settings.get("mail-user") is not None)
    as_json = {
        "settings": [_object(now) for now in found],
        "mail_password": password.found_in,
        "reviewed": confirmed,
    }
    return as_json, _list(found, password, is_reviewed=confirmed)


def _change(school: "School", name: str, value: str) -> tuple[dict[str, Any], str]:
    from backdrop_tui.people.setting_changes import change_setting  # noqa: PLC0415 - loads polars

    done = change_setting(school, name, value)
    is_now = "is now" if done.changed else "is as it was:"
    lines = [f"{done.now.setting.name} {is_now} {_said(done.now)}.", done.note]
    return _object(done.now), "\n".join(fill(line, _WIDTH) for line in lines if line)


def _confirm(school: "School") -> tuple[dict[str, Any], str]:
    from backdrop_tui.steps.marks import mark_reviewed  # noqa: PLC0415 - loads polars

    mark_reviewed(school, REVIEW_SETTINGS)
    return {"reviewed": True}, "The system settings are confirmed as reviewed."


def _test(school: "School", to: str) -> tuple[dict[str, Any], str]:
    from backdrop_tui.mail.trial_message import send_test_message, where_it_went  # noqa: PLC0415 - loads polars

    sent: Sent = send_test_message(school, to)
    as_json = {"to": sent.to, "by": sent.by, "path": str(sent.path) if sent.path else None}
    return as_json, where_it_went(sent)


def _object(now: "SettingNow") -> dict[str, Any]:
    return {
        "name": now.setting.name,
        "value": now.value,
        "default": now.default,
        "is_default": now.is_default,
        "purpose": now.setting.purpose,
    }


def _said(now: "SettingNow") -> str:
    default = " (default)" if now.is_default and now.value is not None else ""
    return f"{now.said}{default}"


def _list(found: "Iterable[SettingNow]", password: "PasswordNow", *, is_reviewed: bool) -> str:
    """All settings, a line each with its purpose below it."""
    lines = []
    for now in found:
        lines += [f"{now.setting.name:<15}{_said(now)}", _indented(now.setting.purpose)]
        if now.setting.name == "mail-user":
            lines.append(_indented(f"Password: {password.trouble or password.in_words}"))
    lines += ["", "Confirmed as reviewed." if is_reviewed else "Not confirmed as reviewed yet."]
    return "\n".join(lines)


def _one(now: "SettingNow") -> str:
    """One setting, with its default, and all that it can be."""
    setting = now.setting
    lines = [f"{setting.name:<15}{_said(now)}", _indented(setting.purpose)]
    if not now.is_default and now.default is not None:
        lines.append(_indented(f"Its default is {setting.said(now.default)}."))
    lines += [_indented(f"{choice}: {setting.meanings[choice]}") for choice in setting.choices]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return fill(text, _WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)
