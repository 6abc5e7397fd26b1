"""Codes that verify an e-mail address: made, kept as a hash, tried.

Nothing here knows of mail or of the store. Times are seconds since 1970 by the computer's clock, so that they hold from
one start to the next.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from backdrop_tui.errors import UnusableChoiceError

DIGITS = 6
"""How long a code is."""
LIFE = 30 * 60
"""Seconds for which it can be used."""
TRIES = 5
"""Wrong tries after which it can't."""
CLOCK_SLACK = 60
"""Seconds by which a clock may be put right without harm."""

_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


class CodeError(UnusableChoiceError):
    """A code that was typed is not the right one."""

    title = "That code can't be used"

    def __init__(self, message: str, *, over: bool = False) -> None:
        super().__init__(message)
        self.over = over
        """Whether no code is of use any more, and a new one has to be sent."""


@dataclass(frozen=True)
class KeptCode:
    """What is stored of a code: not the code."""

    email: str
    """Where it was sent."""
    salt: str
    """In hexadecimal."""
    hash: str
    """Of salt and code, in hexadecimal."""
    issued: float
    """When it was made."""
    seen: float
    """The latest time at which it was tried, or made."""
    tries: int = 0
    """How many wrong ones were tried."""

    @classmethod
    def of(cls, document: Mapping[str, Any] | None) -> Self | None:
        """The code that a stored document is about; None where there is none, or it was damaged."""
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
        """As it is stored."""
        return asdict(self)

    def refusal(self, now: float) -> CodeError | None:
        """Why this code can't be used any more, whatever is typed; None where it can."""
        if self.tries >= TRIES:
            return CodeError(
                f"{TRIES} wrong codes were typed, so this one can't be used any more. Ask for a new one.",
                over=True,
            )
        if now < self.seen - CLOCK_SLACK:
            return CodeError(
                "This computer's clock was set back after the code was sent, so it can't be used any more. Ask for a new one.",
                over=True,
            )
        if now - self.issued > LIFE:
            return CodeError(
                f"This code is too old: it could be used for {LIFE // 60} minutes. Ask for a new one.",
                over=True,
            )
        return None

    def is_right(self, code: str) -> bool:
        """Whether a code is this one, found out in the same time whatever it is."""
        return hmac.compare_digest(_hash(code, self.salt), self.hash)

    def after_wrong_try(self, now: float) -> Self:
        """The same with one try less."""
        return replace(self, tries=self.tries + 1, seen=max(self.seen, now))

    def wrong(self) -> CodeError:
        """What is said of the wrong try that was just counted."""
        left = TRIES - self.tries
        if left <= 0:
            return CodeError(
                f"That is not the code, and it was try {TRIES} of {TRIES}. Ask for a new code.", over=True
            )
        count = "1 try is" if left == 1 else f"{left} tries are"
        return CodeError(f"That is not the code. {count} left.")


def make_code(email: str, now: float) -> tuple[str, KeptCode]:
    """A new code, and what is kept of it."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    salt = secrets.token_hex(16)
    return code, KeptCode(email, salt, _hash(code, salt), now, now)


def read_code(text: str) -> str:
    """A code as it was typed, with or without spaces.

    Raises:
        CodeError: It isn't one.
    """
    code = _GAPS.sub("", text)
    if not _CODE.fullmatch(code):
        raise CodeError(f"A code has {DIGITS} digits.")
    return code


def grouped(code: str) -> str:
    """A code as it is easy to read: 123 456."""
    return f"{code[:3]} {code[3:]}"


def _hash(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**13, r=8, p=1).hex()
