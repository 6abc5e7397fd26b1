"""The account: signing up, the code that verifies its e-mail address, trying it.

All of it is kept in setup.json, table `account`: who it is (`account`), the hash of the last code (`code`), and when codes
were sent where (`sent`). A restart therefore forgets nothing, and two processes can't try more than one.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.setup import audit, typed
from backdrop_tui.setup.audit import Event
from backdrop_tui.setup.codes import CodeError, KeptCode, make_code, read_code
from backdrop_tui.setup.messages import code_letter
from backdrop_tui.setup.school import School
from backdrop_tui.setup.settings import TIMEOUT

if TYPE_CHECKING:
    from backdrop_tui.setup.mail import Sent

RESEND_WAIT = 60
"""Seconds between two codes to one address."""

_ACCOUNT, _CODE, _SENT = "account", "code", "sent"


class NoAccountError(BackdropError):
    """Nobody has signed up yet."""

    title = "Sign up first"
    exit_status = 3

    def __init__(self) -> None:
        super().__init__("Nobody has signed up yet. Signing up opens this step.")


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


@dataclass(frozen=True)
class Account:
    """Who has signed up."""

    organisation: str
    """The organisation's name, which is a setting."""
    name: str
    """The person's name."""
    email: str
    """Their address, normalised."""
    signed_up: float
    """When, in seconds since 1970."""
    verified: float | None = None
    """When the address was verified, in seconds since 1970; None where it wasn't yet."""


def account_of(school: School) -> Account | None:
    """Who has signed up; None where nobody has."""
    document = school.setup.table("account").get(_ACCOUNT) or {}
    match document:
        case {"name": str(name), "email": str(email), "signed_up": int() | float() as signed_up}:
            verified = document.get("verified")
            return Account(
                organisation=school.settings.text("organisation") or "",
                name=name,
                email=email,
                signed_up=float(signed_up),
                # Not `true`: when it was, or not at all.
                verified=verified if isinstance(verified, float) else None,
            )
    return None


def require_account(school: School) -> Account:
    """Who has signed up.

    Raises:
        NoAccountError: Nobody has.
    """
    account = account_of(school)
    if account is None:
        raise NoAccountError
    return account


def email_of(school: School) -> str | None:
    """The account's e-mail address; None where nobody has signed up."""
    account = account_of(school)
    return account.email if account else None


def sign_up(school: School, organisation: str, name: str, email: str) -> Account:
    """Make the account, or change it. Another address has to be verified again. No code is sent yet.

    Args:
        school: Whose account.
        organisation: The organisation's name, kept as a setting.
        name: The person's name.
        email: Their address.

    Raises:
        UnusableChoiceError: One of them can't be used; nothing was changed.
        DataFolderError: It can't be stored; nothing was.
    """
    organisation = typed.name(organisation, what="The organisation name")
    name = typed.name(name, what="Your name")
    email = typed.address(email)
    school.folder.create()
    with school.setup.transaction():
        before = account_of(school)
        if before is None:
            event, account = Event.SIGNED_UP, Account(organisation, name, email, time.time())
        elif before.email == email:
            event, account = Event.ACCOUNT_CHANGED, replace(before, organisation=organisation, name=name)
        else:
            event = Event.ADDRESS_CHANGED
            account = Account(organisation, name, email, before.signed_up)
            school.setup.table("account").remove(_CODE)
        _keep(school, account)
        audit.note(school.folder, email, event)
    return account


def send_code(school: School, *, timeout: float = TIMEOUT) -> "Sent":
    """Send a new code to the account's address; the one before it can't be used any more.

    Nothing is kept of a code that could not be sent: the one before it still holds, and another try can be made at once.

    Args:
        school: Whose account.
        timeout: Seconds for which the mail server may be silent.

    Raises:
        NoAccountError: Nobody has signed up.
        VerifiedAlreadyError: The address is verified.
        TooEarlyError: The last one was sent less than a minute ago.
        MailError: It could not be sent.
        DataFolderError: It can't be stored, or written to the outbox.
    """
    # Loaded here, so that who only asks for the account need not wait for what speaks to mail servers.
    from backdrop_tui.setup.mail import Mailer  # noqa: PLC0415

    _unverified(school)  # before anything is locked
    table = school.setup.table("account")
    with school.setup.transaction():
        account = _unverified(school)
        now = time.time()
        earlier, before = table.get(_SENT), table.get(_CODE)
        _refuse_too_early(account, earlier, now)
        code, kept = make_code(account.email, now)
        table.put(_CODE, kept.document())
        table.put(_SENT, {"times": _recent(earlier, now) | {account.email.casefold(): now}})
    sent: Sent | None = None
    try:
        # Outside the transaction: a slow mail server holds nobody up.
        with Mailer(school, account.email, timeout=timeout) as mailer:
            sent = mailer.send(code_letter(account.organisation, account.name, code), account.email)
    finally:
        if sent is None:
            _take_back(school, account, kept, before)
    audit.note(school.folder, account.email, Event.CODE_SENT)
    return sent


def verify(school: School, text: str) -> Account:
    """Try a code.

    Args:
        school: Whose account.
        text: The code as it was typed.

    Raises:
        NoAccountError: Nobody has signed up.
        VerifiedAlreadyError: The address is verified.
        CodeError: It is not the right code, too old, tried too often, or no code was sent.
        DataFolderError: The try can't be stored, so it does not count as one.
    """
    code = read_code(text)
    _unverified(school)  # before anything is locked
    table = school.setup.table("account")
    with school.setup.transaction():
        account = _unverified(school)
        kept, now = KeptCode.of(table.get(_CODE)), time.time()
        refusal: CodeError | None = None
        if kept is None or kept.email != account.email:
            refusal = CodeError(f"No code was sent to {account.email} yet. Ask for one.", over=True)
        elif not (refusal := kept.refusal(now)):
            if kept.is_right(code):
                account = replace(account, verified=now)
                _keep(school, account)
                table.remove(_CODE)
            else:
                kept = kept.after_wrong_try(now)
                table.put(_CODE, kept.document())
                refusal = kept.wrong()
        audit.note(school.folder, account.email, Event.CODE_REFUSED if refusal else Event.ADDRESS_VERIFIED)
    # Raised only now, so that the try is stored.
    if refusal:
        raise refusal
    return account


def _keep(school: School, account: Account) -> None:
    document = asdict(account)
    school.settings.put("organisation", document.pop("organisation"))
    school.setup.table("account").put(_ACCOUNT, document)


def _unverified(school: School) -> Account:
    account = require_account(school)
    if account.verified is not None:
        raise VerifiedAlreadyError(f"{account.email} is verified already. No code is needed.")
    return account


def _take_back(school: School, account: Account, kept: KeptCode, before: dict[str, Any] | None) -> None:
    """Make it as if a code that could not be sent had never been made."""
    table = school.setup.table("account")
    with school.setup.transaction():
        if KeptCode.of(table.get(_CODE)) == kept:
            table.put(_CODE, before) if before else table.remove(_CODE)
        times = _times(table.get(_SENT))
        if times.get(account.email.casefold()) == kept.issued:
            del times[account.email.casefold()]
            table.put(_SENT, {"times": times})
        audit.note(school.folder, account.email, Event.CODE_NOT_SENT)


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
