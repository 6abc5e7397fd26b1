"""Turn short texts and addresses that people type into the form in which they are stored, or refuse them."""

import re
import unicodedata

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.printable import INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LONGEST_QUOTE = 60


def one_line(text: str, *, what: str, longest: int = 100) -> str:
    """A text in one line, with single spaces and in Unicode's normal form C.

    Args:
        text: The text as it was typed; may be blank.
        what: What the text is, as the beginning of a sentence: "The name".
        longest: The most characters it may have.

    Raises:
        UnusableChoiceError: It is too long, or has characters that can't be displayed.
    """
    line = unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))
    if not line.isprintable():
        raise UnusableChoiceError(f"{what} has a character that can't be displayed. Type it again.")
    if len(line) > longest:
        raise UnusableChoiceError(f"{what} is too long. It can have up to {longest} characters.")
    return line


def name(text: str, *, what: str) -> str:
    """The name of a person, a group or an organisation, in one line.

    Args:
        text: The name as it was typed.
        what: What the name is, as the beginning of a sentence: "Your name".

    Raises:
        UnusableChoiceError: It has neither a letter nor a digit, is too long, or has characters that can't be displayed.
    """
    line = one_line(text, what=what)
    if not any(c.isalnum() for c in line):
        raise UnusableChoiceError(f"{what} must have a letter." if line else f"{what} can't be blank.")
    return line


def address(text: str) -> str:
    """An e-mail address in the form in which it is stored. There is no DNS look-up.

    Raises:
        UnusableChoiceError: It isn't an e-mail address.
    """
    from backdrop_tui.records.fields.email_address import normal_address  # noqa: PLC0415 - loads polars

    stripped = text.strip()
    if not stripped:
        raise UnusableChoiceError("The e-mail address can't be blank. Type one like a.khan@school.org.uk.")
    normal = normal_address(stripped)
    if normal is None:
        raise UnusableChoiceError(
            f"{quoted(stripped)} is not an e-mail address. Type one like a.khan@school.org.uk."
        )
    return normal


def whole_number(text: str) -> int | None:
    """The number in a text of one to nine ASCII digits; None for any other text."""
    stripped = text.strip()
    return int(stripped) if re.fullmatch(r"[0-9]{1,9}", stripped) else None


def folded(text: str) -> str:
    """The letters and digits of a text in lower case, for comparing words however they are written."""
    return "".join(c for c in text.casefold() if c.isalnum())


def quoted(text: str) -> str:
    """A text that was typed, in quotation marks and shortened if it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + '…'}”"
