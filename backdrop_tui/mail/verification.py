"""Verify the account's e-mail address: send a code to it, and check the code that is typed in."""

import math
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.mail.codes_sent import CODES_AN_HOUR, CodesSent
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.letters import code_letter
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.school.account import CODE, CODES_SENT, Account, put_account, require_account
from backdrop_tui.school.audit_log import Event, entry_of
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.school.verification_codes import CodeError, StoredCode, make_code, read_code
from backdrop_tui.steps.listing import VERIFY_EMAIL
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.wording import counted


class AlreadyVerifiedError(UnusableChoiceError):
    """The address is verified, so it doesn't need a code."""

    title = "Already verified"


class TooSoonError(UnusableChoiceError):
    """The last code was sent less than a minute ago, or enough were sent in the last hour."""

    title = "A code is on its way"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
        """Seconds until another code can be sent."""


def send_code(school: School, *, timeout: float = TIMEOUT) -> Sent:
    """Send a new code to the account's address. The previous code stops working.

    If the new code can't be sent, the previous one keeps working and another code can be sent straight away. Where it isn't
    known whether it was sent, it counts as sent.

    Args:
        school: The school.
        timeout: Seconds to wait for an answer from the mail server.

    Raises:
        LockedError: Nobody has signed up.
        AlreadyVerifiedError: The address is verified.
        TooSoonError: The last code was sent less than a minute ago, or enough were sent in the last hour.
        MailError: The code could not be sent.
        DataFolderError: The code can't be stored, or written to the outbox.
    """
    require_unlocked(school, VERIFY_EMAIL)
    _unverified(school)  # before the store is locked
    table = school.store.table("account")
    with school.store.transaction():
        account = _unverified(school)
        now = time.time()
        codes_sent, previous = CodesSent.of(table.get(CODES_SENT), now), table.get(CODE)
        _refuse_too_soon(account, codes_sent, now)
        code, stored_code = make_code(account.email, now)
        table.put(CODE, stored_code.document())
        table.put(CODES_SENT, codes_sent.with_code(account.email, now).document())
    is_known_unsent = True
    try:
        # Outside the transaction, so that a slow mail server doesn't block other processes.
        with Mailer(school, account.email, timeout=timeout) as mailer:
            sent = mailer.send(code_letter(account.organisation, account.name, code), account.email)
        is_known_unsent = False
    except MailError as error:
        is_known_unsent = not error.may_have_been_sent
        raise
    finally:
        if is_known_unsent:
            _restore_previous_code(school, account, stored_code, previous)
    with suppress(DataFolderError):  # an error in the log must not hide that the code was sent
        school.store.log(entry_of(account.email, Event.CODE_SENT))
    return sent


def verify(school: School, text: str) -> Account:
    """Check a code, and mark the address as verified if it is right.

    Args:
        school: The school.
        text: The code as it was typed.

    Raises:
        LockedError: Nobody has signed up.
        AlreadyVerifiedError: The address is verified.
        CodeError: The code is wrong, too old or was tried too often, or no code was sent.
        DataFolderError: The attempt can't be stored, so it doesn't count.
    """
    code = read_code(text)
    require_unlocked(school, VERIFY_EMAIL)
    _unverified(school)  # before the store is locked
    table = school.store.table("account")
    with school.store.transaction():
        account = _unverified(school)
        stored_code, now = StoredCode.of(table.get(CODE)), time.time()
        refusal: CodeError | None = None
        if stored_code is None or stored_code.email != account.email:
            refusal = CodeError(
                f"No code has been sent to {account.email} yet. Send one first.", needs_new_code=True
            )
        elif not (refusal := stored_code.refusal(now)):
            if stored_code.matches(code):
                account = replace(account, verified=now)
                put_account(school, account)
                table.remove(CODE)
            else:
                stored_code = stored_code.after_wrong_try(now)
                table.put(CODE, stored_code.document())
                refusal = stored_code.wrong_code_error()
        log_event(school, Event.CODE_REFUSED if refusal else Event.ADDRESS_VERIFIED)
    # Raised outside the transaction, so that the attempt is stored.
    if refusal:
        raise refusal
    return account


def _unverified(school: School) -> Account:
    account = require_account(school)
    if account.verified is not None:
        raise AlreadyVerifiedError(f"{account.email} is already verified. You don't need a code.")
    return account


def _restore_previous_code(
    school: School, account: Account, unsent: StoredCode, previous: dict[str, Any] | None
) -> None:
    """Undo the storing of a code that could not be sent."""
    table = school.store.table("account")
    with school.store.transaction():
        if StoredCode.of(table.get(CODE)) == unsent:
            table.put(CODE, previous) if previous else table.remove(CODE)
        codes_sent = CodesSent.of(table.get(CODES_SENT), time.time())
        table.put(CODES_SENT, codes_sent.without_code(account.email, unsent.issued).document())
        school.store.log(entry_of(account.email, Event.CODE_NOT_SENT))


def _refuse_too_soon(account: Account, codes_sent: CodesSent, now: float) -> None:
    if seconds := codes_sent.wait_for_all(now):
        raise TooSoonError(
            f"{CODES_AN_HOUR} codes were sent in the last hour, which is the most that Back:drop sends. "
            f"You can send a new one in {counted(math.ceil(seconds / 60), 'minute')}.",
            seconds,
        )
    if seconds := codes_sent.wait_for(account.email, now):
        raise TooSoonError(
            f"A code was requested for {account.email} less than a minute ago. "
            f"You can send a new one in {counted(seconds, 'second')}.",
            seconds,
        )
