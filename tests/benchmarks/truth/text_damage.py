"""Damages to names, UPNs, and the text of any cell."""

import unicodedata
from collections.abc import Callable
from html.entities import codepoint2name
from random import Random

from tests.benchmarks.truth.rows import Damage, Row, rewriting

NAMES = ("first_name", "surname")
"""The keys of the names."""


def decoded(data: bytes, encoding: str) -> str:
    """Bytes as text; where cp1252 has no character, the control character that Windows puts there."""
    if encoding != "cp1252":
        return data.decode(encoding)
    return "".join(_in_cp1252(byte) for byte in data)


def _in_cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def garbled(text: str, encoding: str, times: int = 1) -> str:
    """UTF-8 read in another encoding, once or several times."""
    for _ in range(times):
        text = decoded(text.encode(), encoding)
    return text


def _of_names(name: str, change: Callable[[str, Random], str]) -> tuple[Damage, ...]:
    """A damage to names: one for first names, one for surnames."""

    def of(key: str) -> Damage:
        return rewriting(name, key, lambda row, random: change(row.pupil.stored[key] or "", random))

    return tuple(of(key) for key in NAMES)


def _entities(name: str, random: Random) -> str:
    """A name as HTML."""
    kind = random.randrange(3)
    return "".join(_entity(letter, kind) for letter in name)


def _entity(letter: str, kind: int) -> str:
    if letter.isascii() and letter not in "'&":
        return letter
    named = codepoint2name.get(ord(letter))
    if kind == 0 and named:
        return f"&{named};"
    return f"&#x{ord(letter):x};" if kind == 1 else f"&#{ord(letter)};"


def _each_accented(put: str) -> Callable[[str, Random], str]:
    return lambda name, _random: "".join(letter if letter.isascii() else put for letter in name)


GARBLED = {
    f"UTF-8 read as {encoding}{' twice' * (times - 1)}": _of_names(
        f"UTF-8 read as {encoding}{' twice' * (times - 1)}",
        lambda name, _random, encoding=encoding, times=times: garbled(name, encoding, times),  # type: ignore[misc]
    )
    for encoding in ("cp1252", "mac-roman")
    for times in (1, 2)
}
"""`JesÃºs` for Jesús, by the name of the damage."""
ENTITIES = _of_names("HTML entities", _entities)
"""`Zo&euml;` for Zoë."""
REPLACED = _of_names("U+FFFD for letters", _each_accented("\ufffd"))
"""`Zo�` for Zoë."""
QUESTIONED = _of_names("? for letters", _each_accented("?"))
"""`Zo?` for Zoë."""
CAPITALS = _of_names("names in capitals", lambda name, _random: name.upper())
"""`O'NEILL` for O'Neill."""
SMALL = _of_names("names in small letters", lambda name, _random: name.lower())
"""`o'neill` for O'Neill."""
DECOMPOSED = _of_names(
    "accents as characters of their own", lambda name, _random: unicodedata.normalize("NFD", name)
)
"""Text that looks the same, as a Mac writes it."""
CURLY = _of_names("typographic apostrophes", lambda name, _random: name.replace("'", "’"))
"""`O’Neill`, which is stored as O'Neill."""
INVISIBLE = _of_names(
    "invisible characters",
    lambda name, random: (
        name[:1] + random.choice("\u200b\u200d\ufeff\u2060\u00ad\u3164\U000e0041") + name[1:]
    ),
)
"""A zero-width space, a soft hyphen, a Hangul filler or a tag inside the name."""
TITLES = rewriting(
    "titles in front of names",
    "first_name",
    lambda row, random: f"{random.choice(('Miss', 'Mr', 'Ms', 'Mx', 'Mr.'))} {row.pupil.first_name}",
)
"""`Miss Zoë`."""


def _of_upns(name: str, change: Callable[[str, Random], str]) -> Damage:
    return rewriting(name, "upn", lambda row, random: change(row.pupil.upn or "", random))


def _one_digit(upn: str, random: Random) -> str:
    if not upn:
        return upn
    place = random.randrange(4, 12)
    return upn[:place] + str((int(upn[place]) + random.randrange(1, 10)) % 10) + upn[place + 1 :]


def _transposed(upn: str, random: Random) -> str:
    places = [n for n in range(1, len(upn) - 1) if upn[n] != upn[n + 1] and upn[n : n + 2].isdigit()]
    if not places:
        return upn
    place = random.choice(places)
    return upn[:place] + upn[place + 1] + upn[place] + upn[place + 2 :]


def _letter_o(upn: str, random: Random) -> str:
    places = [n for n, letter in enumerate(upn) if letter == "0"]
    if not places:
        return upn
    place = random.choice(places)
    return upn[:place] + "O" + upn[place + 1 :]


def _wrong_letter(upn: str, random: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ".replace(upn[:1] or "-", "")
    return random.choice(letters) + upn[1:] if upn else upn


UPNS = (
    _of_upns("UPNs with a wrong digit", _one_digit),
    _of_upns("UPNs with two digits transposed", _transposed),
    _of_upns("UPNs with O for 0", _letter_o),
    _of_upns("UPNs with a wrong check letter", _wrong_letter),
    _of_upns("UPNs cut short", lambda upn, _random: upn[:-1]),
    _of_upns("UPNs in small letters", lambda upn, _random: upn.lower()),
)
"""Mistyped UPNs."""


def any_cell(name: str, change: Callable[[str], str], keys: tuple[str, ...]) -> tuple[Damage, ...]:
    """A damage to whatever is written in a cell: one for each field."""

    def of(key: str) -> Damage:
        def hit(row: Row, _random: Random) -> None:
            row.cells[key] = change(row.cells[key])

        return Damage(f"{name} ({key})", key, lambda row: change(row.cells[key]) != row.cells[key], hit)

    return tuple(of(key) for key in keys)


_ALL = ("date_of_birth", "registration_group", "upn", "year_group", "surname")
EXCEL_ERRORS = any_cell("#N/A", lambda text: "#N/A" if text else text, (*_ALL, "gender"))
"""What a formula that found nothing leaves in its cell."""
FORMULAS = any_cell('="…"', lambda text: f'="{text}"', _ALL)
"""Texts that are protected from Excel."""
APOSTROPHES = any_cell("leading apostrophes", lambda text: f"'{text}" if text else text, _ALL)
"""Cells that were formatted as text."""
SPACES = any_cell("spaces around", lambda text: f"\u00a0{text} ", _ALL)
"""Spaces and no-break spaces, which change nothing."""
