"""The system settings: each declared once with its purpose, its default, and a check of the text that is typed."""

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
from backdrop_tui.school.theme_choices import THEMES
from backdrop_tui.store.port import Store

Value = str | int
"""The value of a setting."""
SettingKind = Literal["text", "address", "choice", "number"]
"""The kind of value, so that a screen can offer the right kind of field."""

Section = Literal["School", "Safeguarding lead", "Mail", "The app and imports", "How long data is kept"]
"""The headings that settings are listed under."""

Security = Literal["none", "starttls", "tls"]
"""How the connection to a mail server is encrypted."""
SECURITIES: tuple[Security, ...] = ("none", "starttls", "tls")
PORTS: dict[Security, int] = {"none": 25, "starttls": 587, "tls": 465}
"""The default port for each kind of encryption."""
TIMEOUT = 15.0
"""Seconds to wait for an answer from a mail server."""

_MOST_DAYS = 3_650
_DECIDE_ENCRYPTION = ("mail-host", "mail-security", "mail-user")
_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")
_YEARS = re.compile(r"(20[0-9]{2})(?:\s*[/–-]\s*([0-9]{2,4}))?\Z")


@dataclass(frozen=True)
class Setting:
    """One system setting."""

    name: str
    """The setting's name on the command line."""
    label: str
    """The setting's name on screen."""
    section: Section
    """The heading that it is listed under."""
    purpose: str
    """One line that says what the setting does."""
    kind: SettingKind
    """The kind of value."""
    check: Callable[[str], Value]
    """Turns a text that was typed, and isn't blank, into the value to store. Raises `UnusableChoiceError`."""
    default: "Callable[[Settings], Value | None]" = lambda _settings: None
    """Works out the default, which may depend on other settings and on the day."""
    choices: tuple[str, ...] = ()
    """All possible values of a choice; empty for other kinds."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """The meaning of each choice in a few words."""
    needed: bool = False
    """Whether the setting can't be made blank."""
    unset: str = "not set"
    """The text in place of a value if there is none."""
    to_text: Callable[[Value], str] = str
    """Turns a value into text for people, which `check` turns back into the same value."""

    def text_of(self, value: Value | None) -> str:
        """A value of this setting as text for people."""
        return self.unset if value is None else self.to_text(value)


class Settings:
    """A school's settings. Every method raises `DataFolderError` if the store can't be read or written."""

    def __init__(self, store: Store, today: date | None = None) -> None:
        self._store = store
        self.today = today or date.today()  # noqa: DTZ011 - the school's own day
        """The day that defaults may depend on."""

    def get(self, name: str) -> Value | None:
        """The value of a setting: as stored, or else its default; None if it has neither."""
        value = self.stored_value(name)
        return SETTINGS[name].default(self) if value is None else value

    def stored_value(self, name: str) -> Value | None:
        """The stored value of a setting; None if none is stored, or it isn't a possible value."""
        document = self._store.table("settings").get(name)
        value = document.get("value") if document else None
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            return None
        try:
            return SETTINGS[name].check(str(value))
        except UnusableChoiceError:
            return None  # someone has edited the file

    def text(self, name: str) -> str | None:
        """The value of a setting as text; None if it has none."""
        value = self.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> int | None:
        """The value of a setting that is a number; None if it has none."""
        value = self.get(name)
        return value if isinstance(value, int) else None

    def put(self, name: str, text: str) -> Value | None:
        """Change a setting to the text that was typed; a blank text resets it to its default.

        Returns:
            The new value.

        Raises:
            UnusableChoiceError: The setting can't have that value; nothing was changed.
        """
        setting = setting_named(name)
        table = self._store.table("settings")
        if text.strip():
            value = setting.check(text)
            self._refuse_unencrypted_password({setting.name: value})
            table.put(setting.name, {"value": value})
        elif setting.needed:
            raise UnusableChoiceError(f"{setting.label} can't be blank.")
        else:
            table.remove(setting.name)
        return self.get(setting.name)

    def _refuse_unencrypted_password(self, change: Mapping[str, Value]) -> None:
        """Refuse a change after which the mail server's password would be sent unencrypted over the network."""
        if change.keys().isdisjoint(_DECIDE_ENCRYPTION):
            return
        host, security, user = (change.get(name) or self.get(name) for name in _DECIDE_ENCRYPTION)
        if user and security == "none" and host and not is_this_computer(str(host)):
            raise UnusableChoiceError(
                f"The password of the mail server's user would be sent to {host} unencrypted, where others could read it. "
                "Set mail-security to starttls or tls, or make mail-user blank."
            )


def is_this_computer(host: str) -> bool:
    """Whether a host name or IP address is the loopback interface, which nothing leaves."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def setting_named(name: str) -> Setting:
    """The setting with this name, in any case and with `-` or `_`.

    Raises:
        UnusableChoiceError: There is none.
    """
    folded = name.strip().lower().replace("_", "-")
    if folded not in SETTINGS:
        raise UnusableChoiceError(
            f"There is no setting {text_input.quoted(name)}. Choose one of: {', '.join(SETTINGS)}."
        )
    return SETTINGS[folded]


def academic_year_text(value: Value) -> str:
    """An academic year in the form that schools use: `2026/27`."""
    return f"{value}/{(int(value) + 1) % 100:02}"


def _choice(
    label: str, choices: tuple[str, ...], others: Mapping[str, str] | None = None
) -> Callable[[str], str]:
    """A check for one of a few words in any case; `others` maps other ways of writing them."""
    known = {text_input.folded(choice): choice for choice in choices} | dict(others or {})

    def check(text: str) -> str:
        folded = text_input.folded(text)
        if folded not in known:
            raise UnusableChoiceError(
                f"{label} can't be {text_input.quoted(text)}. Choose one of: {', '.join(choices)}."
            )
        return known[folded]

    return check


def _between(label: str, lowest: int, highest: int) -> Callable[[str], int]:
    """A check for a whole number in a range."""

    def check(text: str) -> int:
        number = text_input.whole_number(text)
        if number is None or not lowest <= number <= highest:
            raise UnusableChoiceError(
                f"{label} must be a number from {lowest} to {highest}, not {text_input.quoted(text)}."
            )
        return number

    return check


def _academic_year(text: str) -> int:
    """The year in which an academic year starts, from `2026`, `2026/27` or `2026-2027`."""
    match = _YEARS.match(text.strip())
    following = int(match[1]) + 1 if match else 0
    if not match or match[2] not in {None, str(following), f"{following % 100:02}"}:
        raise UnusableChoiceError(
            f"{text_input.quoted(text)} is not an academic year. For the year that starts in September 2026, type 2026."
        )
    return int(match[1])


def _host(text: str) -> str:
    """A host name in lower case, or an IP address."""
    host = text.strip().rstrip(".")
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    if not _HOST.match(host):
        raise UnusableChoiceError(
            f"{text_input.quoted(text)} is not the name of a mail server. Type it like smtp.school.org.uk. The port is a setting of its own: mail-port."
        )
    return host.lower()


def _user(text: str) -> str:
    return text_input.one_line(text, what="The user name", longest=254)


def _name(what: str) -> Callable[[str], str]:
    return lambda text: text_input.name(text, what=what)


def _port_of(settings: Settings) -> int:
    security = settings.text("mail-security")
    return next(port for name, port in PORTS.items() if name == security)


_SECURITY = {
    "none": "not encrypted; with a user, only for a server on this computer",
    "starttls": "encrypted once connected; usually port 587",
    "tls": "encrypted from the start; usually port 465",
}
_EXISTING = {
    "update": "values in the file replace stored ones; blank cells change nothing",
    "fill": "only fields that are still blank are filled in from the file",
    "skip": "they are not changed",
}

_THEMES = {
    "dark": "light text on a dark background",
    "light": "dark text on a light background",
    "high contrast": "white text on black, with strong colours",
}

_ALL = (
    Setting("organisation", "Organisation name", "School", "Appears in messages and at the top of the screen.", "text",
            _name("The organisation name"), needed=True),
    Setting("phase", "Phase", "School", "Decides which year groups the school has; any other gets a warning.", "choice",
            _choice("The phase", PHASES), lambda _: "all-through", PHASES, {phase: years_of(phase) for phase in PHASES}),
    Setting("academic-year", "Academic year", "School", "The year in which it starts; ages and year groups are checked against it.", "number",
            _academic_year, lambda settings: academic_year_of(settings.today), to_text=academic_year_text),
    Setting("lead-name", "Safeguarding lead's name", "Safeguarding lead", "Appears in the welcome e-mails as the person to ask.", "text",
            _name("The lead's name")),
    Setting("lead-email", "Safeguarding lead's e-mail", "Safeguarding lead", "Appears in the welcome e-mails; replies to them go there.", "address",
            text_input.address),
    Setting("mail-host", "Mail server", "Mail", "Sends all messages; if none is set, they are saved as files in the outbox.", "text", _host,
            unset="none, so messages go to the outbox"),
    Setting("mail-port", "Mail server's port", "Mail", "Usually 25, 587 or 465, depending on the mail server's security.", "number",
            _between("The port", 1, 65535), _port_of),
    Setting("mail-security", "Mail server's security", "Mail", "How the connection to the mail server is encrypted: none, starttls or tls.",
            "choice", _choice("The security", SECURITIES, {"ssl": "tls", "ssltls": "tls", "off": "none"}), lambda _: "starttls", SECURITIES, _SECURITY),
    Setting("mail-user", "Mail server's user", "Mail",
            "The user to log in as; the password goes in BACKDROP_MAIL_PASSWORD or the file mail-password.", "text", _user,
            unset="none, so there is no login"),
    Setting("mail-from", "Sender", "Mail", "The address that messages come from.", "address", text_input.address,
            unset="the account's address"),
    Setting("idle-minutes", "Minutes of inactivity", "The app and imports", "The app closes after this many minutes without a key being pressed.", "number",
            _between("Minutes of inactivity", 1, 1440), lambda _: 30),
    Setting("existing", "People already stored", "The app and imports",
            "What an import does with people already stored: update, fill (only what is blank) or skip.", "choice",
            _choice("What to do with people already stored", EXISTING), lambda _: "update", EXISTING, _EXISTING),
    Setting("theme", "Theme", "The app and imports", "The app's colours: dark, light or high contrast. F2 changes it from every screen.",
            "choice", _choice("The theme", THEMES), lambda _: THEMES[0], THEMES, _THEMES),
    Setting("keep-drafts", "Days to keep drafts", "How long data is kept", "A file being fixed is removed this many days after it was last worked on.", "number",
            _between("The number of days to keep drafts", 1, _MOST_DAYS), lambda _: 90),
    Setting("keep-outbox", "Days to keep the outbox", "How long data is kept", "A message in the outbox is removed this many days after it was written.", "number",
            _between("The number of days to keep messages", 1, _MOST_DAYS), lambda _: 30),
    Setting("keep-undo", "Days to keep undo data", "How long data is kept", "An import can be undone for this many days after it was made.", "number",
            _between("The number of days to keep undo data", 1, _MOST_DAYS), lambda _: 365),
    Setting("keep-leavers", "Years after birth (leavers)", "How long data is kept",
            "A student who has left is due for removal this many years after birth.", "number",
            _between("The number of years after birth", 18, 100), lambda _: 25),
    Setting("keep-transferred", "Years after receipt of file", "How long data is kept",
            "If another school has the file, that is due this many years after its receipt.", "number",
            _between("The number of years after the receipt", 1, 100), lambda _: 1),
)  # fmt: skip

SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _ALL}
"""All settings by name, in the order in which they are listed."""
