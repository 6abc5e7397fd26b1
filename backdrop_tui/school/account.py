"""The account of the person who sets up the school, and signing up.

Stored in setup.json, table `account`: the account itself (`account`), the hash of the last verification code (`code`), and
the times at which codes were sent (`sent`). So a restart doesn't allow more tries, and neither do two processes at once.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial

from backdrop_tui.errors import BackdropError
from backdrop_tui.school import text_input
from backdrop_tui.school.audit_log import Event, entry_of
from backdrop_tui.school.school import School

ACCOUNT, CODE, CODES_SENT = "account", "code", "sent"
"""The keys of the documents in the table `account`."""


class NoAccountError(BackdropError):
    """Nobody has signed up yet."""

    title = "Sign up first"
    exit_status = 3

    def __init__(self) -> None:
        super().__init__("Nobody has signed up yet. Sign up first.")


@dataclass(frozen=True)
class Account:
    """The person who has signed up, and their organisation."""

    organisation: str
    """The organisation's name, which is stored as a setting."""
    name: str
    """The person's name."""
    email: str
    """The person's e-mail address, normalised."""
    signed_up: float
    """The time of signing up, in seconds since 1970."""
    verified: float | None = None
    """The time at which the address was verified, in seconds since 1970; None if it hasn't been."""


def account_of(school: School) -> Account | None:
    """The school's account; None if nobody has signed up."""
    document = school.store.table("account").get(ACCOUNT) or {}
    match document:
        case {"name": str(name), "email": str(email), "signed_up": int() | float() as signed_up}:
            verified = document.get("verified")
            return Account(
                organisation=school.settings.text("organisation") or "",
                name=name,
                email=email,
                signed_up=float(signed_up),
                # Only a time counts as verified, not `true`.
                verified=verified if isinstance(verified, float) else None,
            )
    return None


def require_account(school: School) -> Account:
    """The school's account.

    Raises:
        NoAccountError: Nobody has signed up.
    """
    account = account_of(school)
    if account is None:
        raise NoAccountError
    return account


def email_of(school: School) -> str | None:
    """The account's e-mail address; None if nobody has signed up."""
    account = account_of(school)
    return account.email if account else None


CHECKS: Mapping[str, Callable[[str], str]] = {
    "organisation": partial(text_input.name, what="The organisation name"),
    "name": partial(text_input.name, what="Your name"),
    "email": text_input.address,
}
"""For each text of an account, what turns it as it was typed into what is stored; raises `UnusableChoiceError` if it can't be used."""


def sign_up(school: School, organisation: str, name: str, email: str) -> Account:
    """Create or change the account. A new address has to be verified again. This doesn't send a code.

    Args:
        school: The school.
        organisation: The organisation's name as it was typed; it is stored as a setting.
        name: The person's name as it was typed.
        email: The person's e-mail address as it was typed.

    Raises:
        UnusableChoiceError: One of the texts can't be used; nothing was changed.
        DataFolderError: The account can't be stored; nothing was changed.
    """
    organisation = CHECKS["organisation"](organisation)
    name = CHECKS["name"](name)
    email = CHECKS["email"](email)
    school.folder.create()
    with school.store.transaction():
        before = account_of(school)
        if before is None:
            event, account = Event.SIGNED_UP, Account(organisation, name, email, time.time())
        elif before.email == email:
            event, account = Event.ACCOUNT_CHANGED, replace(before, organisation=organisation, name=name)
        else:
            event = Event.ADDRESS_CHANGED
            account = Account(organisation, name, email, before.signed_up)
            school.store.table("account").remove(CODE)
        put_account(school, account)
        school.store.log(entry_of(email, event))
    return account


def put_account(school: School, account: Account) -> None:
    """Store the account, and the organisation's name as a setting."""
    document = asdict(account)
    school.settings.put("organisation", document.pop("organisation"))
    school.store.table("account").put(ACCOUNT, document)
