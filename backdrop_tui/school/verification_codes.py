"""Codes that verify an e-mail address: made, stored as a hash, and compared with what is typed.

Independent of mail and of the store. Times are seconds since 1970 by the computer's clock, so that they are still right
after a restart.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.wording import counted

DIGITS = 6
"""The number of digits of a code."""
MINUTES_VALID = 30
"""Minutes for which a code can be used."""
MAX_TRIES = 5
"""The number of wrong tries after which a code stops working."""
CLOCK_SLACK = 60
"""Seconds by which the clock may be set back without invalidating a code."""

_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


class CodeError(UnusableChoiceError):
    """The code that was typed can't be accepted."""

    title = "This code can't be used"

    def __init__(self, message: str, *, needs_new_code: bool = False) -> None:
        super().__init__(message)
        self.needs_new_code = needs_new_code
        """Whether no further try can succeed until a new code is sent."""


@dataclass(frozen=True)
class StoredCode:
    """What is stored about a code: its salted hash, never the code itself."""

    email: str
    """The address that the code was sent to."""
    salt: str
    """The salt, in hexadecimal."""
    hash: str
    """The hash of salt and code, in hexadecimal."""
    issued: float
    """The time at which the code was made."""
    seen: float
    """The time at which the code was made or last tried, whichever is later."""
    tries: int = 0
    """The number of wrong tries so far."""

    @classmethod
    def of(cls, document: Mapping[str, Any] | None) -> Self | None:
        """The code described by a stored document; None if there is none or it is damaged."""
        match document:
            case {
                "email": str(email),
                "salt": str(salt),
                "hash": str(digest),
                "issued": int() | float() as issued,
                "seen": int() | float() as seen,
                "tries": int(tries),
            }:
                return cls(email, salt, digest, float(issued), float(seen), tries)  # fmt: skip
        return None

    def document(self) -> dict[str, Any]:
        """The document to store."""
        return asdict(self)

    def refusal(self, now: float) -> CodeError | None:
        """The reason why this code no longer works, whatever is typed; None if it still works."""
        reason = ""
        if self.tries >= MAX_TRIES:
            reason = f"The wrong code was entered {MAX_TRIES} times, so this code no longer works."
        elif now < self.seen - CLOCK_SLACK:
            reason = (
                "This computer's clock was set back after the code was sent, so the code no longer works."
            )
        elif now - self.issued > MINUTES_VALID * 60:
            reason = f"This code has expired: it was valid for {MINUTES_VALID} minutes."
        return CodeError(f"{reason} Send a new code.", needs_new_code=True) if reason else None

    def matches(self, code: str) -> bool:
        """Whether a code is the right one, compared in constant time."""
        return hmac.compare_digest(_hash(code, self.salt), self.hash)

    def after_wrong_try(self, now: float) -> Self:
        """This code with one more wrong try counted."""
        return replace(self, tries=self.tries + 1, seen=max(self.seen, now))

    def wrong_code_error(self) -> CodeError:
        """The error for the wrong try that was counted last."""
        left = MAX_TRIES - self.tries
        if left <= 0:
            return CodeError(
                "That isn't the right code, and it was the last try. Send a new code.", needs_new_code=True
            )
        return CodeError(f"That isn't the right code. You have {counted(left, 'try', 'tries')} left.")


def make_code(email: str, now: float) -> tuple[str, StoredCode]:
    """A new code for an address, and what to store about it."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    salt = secrets.token_hex(16)
    return code, StoredCode(email, salt, _hash(code, salt), now, now)


def read_code(text: str) -> str:
    """The digits of a code that was typed with or without spaces and hyphens.

    Raises:
        CodeError: It doesn't have the right number of digits.
    """
    code = _GAPS.sub("", text)
    if not _CODE.fullmatch(code):
        raise CodeError(f"The code has {DIGITS} digits. Check the message and type it again.")
    return code


def grouped(code: str) -> str:
    """A code in two groups, easier to read: `123 456`."""
    return f"{code[:3]} {code[3:]}"


def _hash(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**13, r=8, p=1).hex()
