"""Verifying the account's e-mail address: sending a code to it, and trying what was typed."""

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.mail.letters import code_letter
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import CODE, CODES_SENT, Account, put_account, require_account
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.school.verification_codes import CodeError, KeptCode, make_code, read_code
from backdrop_tui.steps.listing import VERIFY_EMAIL
from backdrop_tui.steps.locks import require_unlocked

RESEND_WAIT = 60
"""Seconds between two codes to one address."""


class VerifiedAlreadyError(UnusableChoiceError):
    """The address needs no code any more."""

    title = "Verified already"


class TooEarlyError(UnusableChoiceError):
    """The last code was sent a moment ago."""

    title = "A code is on its way"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
        """When the next one can be sent, from now."""


def send_code(school: School, *, timeout: float = TIMEOUT) -> Sent:
    """Send a new code to the account's address; the one before it can't be used any more.

    Nothing is kept of a code that could not be sent: the one before it still holds, and another try can be made at once.

    Args:
        school: Whose account.
        timeout: Seconds for which the mail server may be silent.

    Raises:
        LockedError: Nobody has signed up.
        VerifiedAlreadyError: The address is verified.
        TooEarlyError: The last one was sent less than a minute ago.
        MailError: It could not be sent.
        DataFolderError: It can't be stored, or written to the outbox.
    """
    require_unlocked(school, VERIFY_EMAIL)
    _unverified(school)  # before the store is locked
    table = school.setup.table("account")
    with school.setup.transaction():
        account = _unverified(school)
        now = time.time()
        earlier, before = table.get(CODES_SENT), table.get(CODE)
        _refuse_too_early(account, earlier, now)
        code, kept = make_code(account.email, now)
        table.put(CODE, kept.document())
        table.put(CODES_SENT, {"times": _recent(earlier, now) | {account.email.casefold(): now}})
    sent: Sent | None = None
    try:
        # Outside the transaction: a slow mail server holds nobody up.
        with Mailer(school, account.email, timeout=timeout) as mailer:
            sent = mailer.send(code_letter(account.organisation, account.name, code), account.email)
    finally:
        if sent is None:
            _take_back(school, account, kept, before)
    audit_log.note(school.folder, account.email, Event.CODE_SENT)
    return sent


def verify(school: School, text: str) -> Account:
    """Try a code.

    Args:
        school: Whose account.
        text: The code as it was text_input.

    Raises:
        LockedError: Nobody has signed up.
        VerifiedAlreadyError: The address is verified.
        CodeError: It is not the right code, too old, tried too often, or no code was sent.
        DataFolderError: The try can't be stored, so it does not count as one.
    """
    code = read_code(text)
    require_unlocked(school, VERIFY_EMAIL)
    _unverified(school)  # before the store is locked
    table = school.setup.table("account")
    with school.setup.transaction():
        account = _unverified(school)
        kept, now = KeptCode.of(table.get(CODE)), time.time()
        refusal: CodeError | None = None
        if kept is None or kept.email != account.email:
            refusal = CodeError(f"No code was sent to {account.email} yet. Ask for one.", over=True)
        elif not (refusal := kept.refusal(now)):
            if kept.is_right(code):
                account = replace(account, verified=now)
                put_account(school, account)
                table.remove(CODE)
            else:
                kept = kept.after_wrong_try(now)
                table.put(CODE, kept.document())
                refusal = kept.wrong()
        audit_log.note(
            school.folder, account.email, Event.CODE_REFUSED if refusal else Event.ADDRESS_VERIFIED
        )
    # Raised only now, so that the try is stored.
    if refusal:
        raise refusal
    return account


def _unverified(school: School) -> Account:
    account = require_account(school)
    if account.verified is not None:
        raise VerifiedAlreadyError(f"{account.email} is verified already. No code is needed.")
    return account


def _take_back(school: School, account: Account, kept: KeptCode, before: dict[str, Any] | None) -> None:
    """Make it as if a code that could not be sent had never been made."""
    table = school.setup.table("account")
    with school.setup.transaction():
        if KeptCode.of(table.get(CODE)) == kept:
            table.put(CODE, before) if before else table.remove(CODE)
        times = _times(table.get(CODES_SENT))
        if times.get(account.email.casefold()) == kept.issued:
            del times[account.email.casefold()]
            table.put(CODES_SENT, {"times": times})
        audit_log.note(school.folder, account.email, Event.CODE_NOT_SENT)


def _refuse_too_early(account: Account, sent: Mapping[str, Any] | None, now: float) -> None:
    last = _recent(sent, now).get(account.email.casefold())
    if last is None:
        return
    seconds = max(1, math.ceil(last + RESEND_WAIT - now))
    raise TooEarlyError(
        f"A code was sent to {account.email} a moment ago. "
        f"A new one can be sent in {seconds} second{'' if seconds == 1 else 's'}.",
        seconds,
    )


def _recent(sent: Mapping[str, Any] | None, now: float) -> dict[str, float]:
    """When codes were sent where, as far as it matters still. A clock that was set back makes nobody wait for long."""
    return {email: at for email, at in _times(sent).items() if abs(now - at) < RESEND_WAIT}


def _times(sent: Mapping[str, Any] | None) -> dict[str, float]:
    times = sent.get("times") if sent else None
    if not isinstance(times, dict):
        return {}
    return {str(email): float(at) for email, at in times.items() if isinstance(at, int | float)}
