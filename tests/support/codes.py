"""Helpers for tests of verification codes."""

import re

import pytest

from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.mail.verification import send_code, verify
from backdrop_tui.school.school import School
from backdrop_tui.school.verification_codes import CodeError


def sent_code(school: School) -> str:
    """Send a code, and read it from the outbox."""
    path = send_code(school).path
    assert path is not None
    code = re.search(r"^ +(\d{3}) (\d{3})$", outbox_text(path), re.MULTILINE)
    assert code is not None
    return code[1] + code[2]


def wrong(code: str) -> str:
    """A code that differs from the given one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def try_wrong(school: School, code: str, times: int) -> str:
    """Try a wrong code a number of times, and return the last error message."""
    message = ""
    for _ in range(times):
        with pytest.raises(CodeError) as refused:
            verify(school, wrong(code))
        message = refused.value.message
    return message
