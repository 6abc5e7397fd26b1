"""The system settings: each declared once, with what it does, what it is unless set, and a check of what is text_input."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.linking.plan import EXISTING
from backdrop_tui.records.fields.year_group import years_of
from backdrop_tui.records.schema.context import PHASES, academic_year_of
from backdrop_tui.school import text_input
from backdrop_tui.store.tinydb.setup_file import SetupFile

Value = str | int
"""What a setting can be."""
SettingKind = Literal["text", "address", "choice", "number"]
"""What is typed into it, so that a screen can offer the right kind of field."""

Section = Literal["School", "Safeguarding lead", "Mail", "The app and imports"]
"""What a setting belongs to."""

Security = Literal["none", "starttls", "tls"]
"""How the conversation with a mail server is kept private."""
SECURITIES: tuple[Security, ...] = ("none", "starttls", "tls")
PORTS: dict[Security, int] = {"none": 25, "starttls": 587, "tls": 465}
"""The port that goes with each, unless another is set."""
TIMEOUT = 15.0
"""Seconds for which a mail server may be silent."""

_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")
_YEARS = re.compile(r"(20[0-9]{2})(?:\s*[/–-]\s*([0-9]{2,4}))?\Z")


@dataclass(frozen=True)
class Setting:
    """One system setting."""

    name: str
    """As the command line has it."""
    label: str
    """As the screens have it."""
    section: Section
    """What it belongs to."""
    purpose: str
    """One line that says what it does."""
    kind: SettingKind
    """What is text_input."""
    check: Callable[[str], Value]
    """What is text_input, which is not blank, in the form in which it is stored. Raises `UnusableChoiceError`."""
    default: "Callable[[Settings], Value | None]" = lambda _settings: None
    """What it is unless set; may depend on other settings and on the day."""
    choices: tuple[str, ...] = ()
    """All that it can be, where it is a choice."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What each choice means, in a few words."""
    needed: bool = False
    """Whether it can't be made blank again."""
    unset: str = "not set"
    """What is said of it where it has no value."""
    in_words: Callable[[Value], str] = str
    """Turns a value into what a person reads; typed in again it is the same value."""

    def said(self, value: Value | None) -> str:
        """What it is, in words."""
        return self.unset if value is None else self.in_words(value)


class Settings:
    """A school's settings as they are now. Everything raises `DataFolderError` as the store does."""

    def __init__(self, setup: SetupFile, today: date | None = None) -> None:
        self._setup = setup
        self.today = today or date.today()  # noqa: DTZ011 - the school's own day
        """The day that a default may depend on."""

    def get(self, name: str) -> Value | None:
        """What a setting is: as it was set, else its default; None where it has none."""
        found = self.own(name)
        return SETTINGS[name].default(self) if found is None else found

    def own(self, name: str) -> Value | None:
        """What a setting was set to; None where it was not, or to something that it can't be."""
        found = self._setup.table("settings").get(name)
        value = found.get("value") if found else None
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            return None
        try:
            return SETTINGS[name].check(str(value))
        except UnusableChoiceError:
            return None  # changed by hand in the file

    def text(self, name: str) -> str | None:
        """The same as `get`, as text."""
        value = self.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> int | None:
        """The same as `get`, of a setting that is a number."""
        value = self.get(name)
        return value if isinstance(value, int) else None

    def put(self, name: str, text: str) -> Value | None:
        """Change a setting to what was typed; blank makes it its default again.

        Returns what it is now. Raises `UnusableChoiceError` where it can't be that; nothing was changed.
        """
        setting = setting_named(name)
        table = self._setup.table("settings")
        if text.strip():
            value = setting.check(text)
            table.put(setting.name, {"value": value})
        elif setting.needed:
            raise UnusableChoiceError(f"{setting.label} can't be blank.")
        else:
            table.remove(setting.name)
        return self.get(setting.name)


def setting_named(name: str) -> Setting:
    """A setting by its name on the command line. Raises `UnusableChoiceError` where there is none."""
    folded = name.strip().lower().replace("_", "-")
    if folded not in SETTINGS:
        raise UnusableChoiceError(
            f"There is no setting {text_input.quoted(name)}. There are: {', '.join(SETTINGS)}."
        )
    return SETTINGS[folded]


def said_of_year(value: Value) -> str:
    """An academic year as schools write it: `2026/27`."""
    return f"{value}/{(int(value) + 1) % 100:02}"


def _choice(
    label: str, choices: tuple[str, ...], others: Mapping[str, str] | None = None
) -> Callable[[str], str]:
    """One of a few words, in any case; `others` are other ways of writing them."""
    known = {text_input.folded(choice): choice for choice in choices} | dict(others or {})

    def check(text: str) -> str:
        folded = text_input.folded(text)
        if folded not in known:
            raise UnusableChoiceError(
                f"{label} can't be {text_input.quoted(text)}. It is one of: {', '.join(choices)}."
            )
        return known[folded]

    return check


def _between(label: str, lowest: int, highest: int) -> Callable[[str], int]:
    """A whole number."""

    def check(text: str) -> int:
        number = text_input.whole_number(text)
        if number is None or not lowest <= number <= highest:
            raise UnusableChoiceError(
                f"{label} is a number from {lowest} to {highest}, not {text_input.quoted(text)}."
            )
        return number

    return check


def _academic_year(text: str) -> int:
    """The year in which it starts, written as `2026`, `2026/27`, `2026-2027`."""
    found = _YEARS.match(text.strip())
    following = int(found[1]) + 1 if found else 0
    if not found or found[2] not in {None, str(following), f"{following % 100:02}"}:
        raise UnusableChoiceError(
            f"{text_input.quoted(text)} is not an academic year. Write 2026 for the one that starts in September 2026."
        )
    return int(found[1])


def _host(text: str) -> str:
    """A computer's name or address."""
    host = text.strip().rstrip(".")
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    if not _HOST.match(host):
        raise UnusableChoiceError(
            f"{text_input.quoted(text)} is not the name of a computer. Write it like smtp.school.org.uk, the port goes into mail-port."
        )
    return host.lower()


def _user(text: str) -> str:
    return text_input.one_line(text, what="The user name", longest=254)


def _name(what: str) -> Callable[[str], str]:
    return lambda text: text_input.name(text, what=what)


def _security_of(settings: Settings) -> Security:
    """Private, unless the mail never leaves this computer."""
    host = settings.text("mail-host")
    try:
        near = host == "localhost" or (host is not None and ipaddress.ip_address(host).is_loopback)
    except ValueError:
        near = False
    return "none" if near else "starttls"


def _port_of(settings: Settings) -> int:
    security = settings.text("mail-security")
    return next(port for name, port in PORTS.items() if name == security)


_SECURITY = {
    "none": "not kept private; only for a server on this computer or in the school's own network",
    "starttls": "kept private once the conversation has begun; usually port 587",
    "tls": "kept private from the start; usually port 465",
}
_EXISTING = {
    "update": "what stands in the file replaces what is stored; a blank cell replaces nothing",
    "fill": "only what is blank so far is filled in from the file",
    "skip": "they are left as they are",
}

_ALL = (
    Setting("organisation", "Organisation name", "School", "Stands in messages and at the top of the screen.", "text",
            _name("The organisation name"), needed=True),
    Setting("phase", "Phase", "School", "Says which year groups the school has; others get a warning.", "choice",
            _choice("The phase", PHASES), lambda _: "all-through", PHASES, {phase: years_of(phase) for phase in PHASES}),
    Setting("academic-year", "Academic year", "School", "The September in which it starts; ages and year groups are held against it.", "number",
            _academic_year, lambda settings: academic_year_of(settings.today), in_words=said_of_year),
    Setting("lead-name", "Safeguarding lead's name", "Safeguarding lead", "Stands in the welcome e-mails as the person to ask.", "text",
            _name("The lead's name")),
    Setting("lead-email", "Safeguarding lead's e-mail", "Safeguarding lead", "Stands in the welcome e-mails; answers to them go there.", "address",
            text_input.address),
    Setting("mail-host", "Mail server", "Mail", "Sends all messages; without one each is written to a file in the outbox.", "text", _host,
            unset="none, so messages go to the outbox"),
    Setting("mail-port", "Mail server's port", "Mail", "The mail server is called there; 25, 587 or 465 by its security.", "number",
            _between("The port", 1, 65535), _port_of),
    Setting("mail-security", "Mail server's security", "Mail", "none, starttls or tls: how messages are kept private on their way to the mail server.",
            "choice", _choice("The security", SECURITIES, {"ssl": "tls", "ssltls": "tls", "off": "none"}), _security_of, SECURITIES, _SECURITY),
    Setting("mail-user", "Mail server's user", "Mail",
            "Logs in as this user; the password stands in BACKDROP_MAIL_PASSWORD or the file mail-password.", "text", _user,
            unset="none, so nobody logs in"),
    Setting("mail-from", "Sender", "Mail", "Messages come from this address; without one they come from the account's.", "address", text_input.address,
            unset="the account's address"),
    Setting("idle-minutes", "Minutes of idleness", "The app and imports", "The app closes after so many minutes without a key.", "number",
            _between("Minutes of idleness", 1, 1440), lambda _: 30),
    Setting("existing", "People already stored", "The app and imports",
            "update, fill (only what is blank) or skip those whom an import finds stored already.", "choice",
            _choice("What to do with people already stored", EXISTING), lambda _: "update", EXISTING, _EXISTING),
)  # fmt: skip

SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _ALL}
"""All of them, in the order in which they are shown."""
