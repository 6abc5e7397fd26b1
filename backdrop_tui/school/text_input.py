"""Short texts and addresses as people type them: put in the form in which they are kept, or refused in a sentence."""

import re
import unicodedata

from backdrop_tui.errors import UnusableChoiceError

_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LONGEST_QUOTE = 60


def one_line(text: str, *, what: str, longest: int = 100) -> str:
    """A text of one line: inner runs of spaces made one, Unicode in its normal form C.

    Args:
        text: As it was typed. Blank is allowed, and stays blank.
        what: What it is, to begin a sentence with: "The name".
        longest: How many characters it may have.

    Raises:
        UnusableChoiceError: It is too long, or has characters that can't be shown.
    """
    line = unicodedata.normalize("NFC", " ".join(_NOTHING.sub("", text).split()))
    if not line.isprintable():
        raise UnusableChoiceError(f"{what} has a character that can't be shown. Type it again.")
    if len(line) > longest:
        raise UnusableChoiceError(f"{what} is too long: it can have {longest} characters.")
    return line


def name(text: str, *, what: str) -> str:
    """A name of a person or of an organisation, as `one_line` has it.

    Raises:
        UnusableChoiceError: As `one_line`, or there is no letter and no digit in it.
    """
    line = one_line(text, what=what)
    if not any(c.isalnum() for c in line):
        raise UnusableChoiceError(f"{what} is needed." if not line else f"{what} needs a letter.")
    return line


def address(text: str) -> str:
    """An e-mail address in the form in which it is stored. The network is not asked.

    Raises:
        UnusableChoiceError: It is not an e-mail address.
    """
    from backdrop_tui.records.fields.email_address import normal_address  # noqa: PLC0415 - loads polars

    typed = text.strip()
    if not typed:
        raise UnusableChoiceError("The e-mail address is needed. Write it like a.khan@school.org.uk.")
    normal = normal_address(typed)
    if normal is None:
        raise UnusableChoiceError(
            f"{quoted(typed)} is not an e-mail address. Write it like a.khan@school.org.uk."
        )
    return normal


def whole_number(text: str) -> int | None:
    """A number of at most nine plain digits; None where it is none."""
    typed = text.strip()
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None


def folded(text: str) -> str:
    """Letters and digits alone, without regard to case, so that a word is known however it is written."""
    return "".join(c for c in text.casefold() if c.isalnum())


def quoted(text: str) -> str:
    """What was typed, in quotation marks, cut short where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + '…'}”"
