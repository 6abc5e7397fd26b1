"""A test message, which shows whether mail goes out."""

from backdrop_tui.mail.letters import trial_letter
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.school import audit_log, text_input
from backdrop_tui.school.account import require_account
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked


def send_test_message(school: School, to: str = "", *, timeout: float = TIMEOUT) -> Sent:
    """Send a test message, as every other message is sent.

    Args:
        school: Whose mail.
        to: An address as it was typed; blank for the account's own.
        timeout: Seconds for which the mail server may be silent.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: It is not an e-mail address.
        MailError: It could not be sent.
        DataFolderError: It can't be written to the outbox.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    account = require_account(school)
    address = text_input.address(to) if to.strip() else account.email
    with Mailer(school, account.email, timeout=timeout) as mailer:
        sent = mailer.send(trial_letter(account.organisation, account.name), address)
    audit_log.note(school.folder, account.email, Event.TEST_SENT)
    return sent


def where_it_went(sent: Sent) -> str:
    """Where a test message went, in words."""
    if sent.by == "outbox":
        return f"No mail server is set, so the test message to {sent.to} was not sent. It was written to {sent.path}"
    return f"The mail server ({sent.server}) took the test message to {sent.to}. Look whether it arrives, also among the junk mail."
