"""Mailboxes of a role or an office, such as office@ and head@, which several people may read."""

import polars as pl

from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import TEXT, Rule, sentence

EMAIL_SHARED = ProblemType("email-shared", "{field} may be read by several people", "warning")

_WORDS = (
    "school|main|front|general|the|of|office|office[- ]?manager|info|information|admin|administration|administrator|admins|enquiry|"
    "enquiries|inquiries|contact|contactus|mail|mailbox|email|post|postmaster|webmaster|reception|receptionist|desk|secretary|"
    "bursar|finance|accounts|invoices|hr|personnel|recruitment|jobs|head|heads|headteacher|headmaster|headmistress|teacher|"
    "principal|deputy|assistant|slt|smt|staff|all|teachers|governor|governors|chair|clerk|senco|sendco|sen|send|inclusion|dsl|"
    "dsls|safeguarding|child|protection|pastoral|welfare|attendance|absence|absences|admissions|exams|officer|data|dpo|gdpr|"
    "ict|it|support|help|helpdesk|library|kitchen|catering|site|team|caretaker|premises|nursery|newsletter|pta|noreply|"
    "no-reply|donotreply"
)
SHARED_MAILBOX = rf"(?i)^(?:(?:{_WORDS})[._\-]?)+\d*@"
"""Pattern of an address whose part before the @ has only words for a role or an office."""
_ROLE_NAME = (
    rf"(?i)^(?:(?:{_WORDS}|account|shared|generic|department|dept|year|class)[\d \-.&/]*)*$"
    r"|\b(?:school|office|reception desk|enquiries|mailbox|department|academy)\b"
)


def shared_mailbox_rule(address: pl.Expr) -> Rule:
    """The warning `email-shared`.

    Args:
        address: The address in its stored form (String); null if it isn't valid.
    """
    return Rule(
        EMAIL_SHARED,
        fails=(TEXT != "") & address.str.contains(SHARED_MAILBOX),
        message=sentence(
            "“{}” looks like a shared mailbox, so several people may read what is sent to it. "
            "Check that it is right, or use the person's own address."
        ),
    )


def is_role_name(first_name: pl.Expr, surname: pl.Expr) -> pl.Expr:
    """Whether a name (String, cleaned) is that of a role or an office and not of a person, or blank (Boolean)."""
    return pl.concat_str(first_name, pl.lit(" "), surname).str.strip_chars().str.contains(_ROLE_NAME)
