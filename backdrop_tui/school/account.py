"""The account: signing up, the code that verifies its e-mail address, trying it.

All of it is kept in setup.json, table `account`: who it is (`account`), the hash of the last code (`code`), and when codes
were sent where (`sent`). A restart therefore forgets nothing, and two processes can't try more than one.
"""

import time
from dataclasses import asdict, dataclass, replace

from backdrop_tui.errors import BackdropError
from backdrop_tui.school import audit_log, text_input
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School

ACCOUNT, CODE, CODES_SENT = "account", "code", "sent"
"""The documents of the table `account`."""


class NoAccountError(BackdropError):
    """Nobody has signed up yet."""

    title = "Sign up first"
    exit_status = 3

    def __init__(self) -> None:
        super().__init__("Nobody has signed up yet. Sign up first.")


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
    document = school.setup.table("account").get(ACCOUNT) or {}
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
    organisation = text_input.name(organisation, what="The organisation name")
    name = text_input.name(name, what="Your name")
    email = text_input.address(email)
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
            school.setup.table("account").remove(CODE)
        put_account(school, account)
        audit_log.note(school.folder, email, event)
    return account


def put_account(school: School, account: Account) -> None:
    """Store the account; the organisation's name is stored as a setting."""
    document = asdict(account)
    school.settings.put("organisation", document.pop("organisation"))
    school.setup.table("account").put(ACCOUNT, document)
