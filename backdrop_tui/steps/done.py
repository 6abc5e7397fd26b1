"""How the program knows that a step is done, where the answer is in what is stored rather than in a mark."""

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.account import account_of
from backdrop_tui.school.school import School


def has_account(school: School) -> bool:
    """Whether someone has signed up."""
    return account_of(school) is not None


def is_verified(school: School) -> bool:
    """Whether the account's e-mail address has been verified."""
    account = account_of(school)
    return account is not None and account.verified is not None


def has_students(school: School) -> bool:
    """Whether at least one student is at the school."""
    return not school.current(KINDS["students"]).is_empty()


def has_staff(school: School) -> bool:
    """Whether at least one member of staff is at the school."""
    return not school.current(KINDS["staff"]).is_empty()
