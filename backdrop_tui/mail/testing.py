"""Send a test message, to see whether mail is delivered."""

from backdrop_tui.mail.letters import delivery_test_letter
from backdrop_tui.mail.mailer import Mailer, Sent
from backdrop_tui.school import text_input
from backdrop_tui.school.account import require_account
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked


def send_test_message(school: School, to: str = "", *, timeout: float = TIMEOUT) -> Sent:
    """Send a test message in the way that every other message is sent.

    Args:
        school: The school.
        to: The recipient's address as it was typed; blank for the account's address.
        timeout: Seconds to wait for an answer from the mail server.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: `to` is not an e-mail address.
        MailError: The message could not be sent.
        DataFolderError: The message can't be written to the outbox.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    account = require_account(school)
    address = text_input.address(to) if to.strip() else account.email
    with Mailer(school, account.email, timeout=timeout) as mailer:
        sent = mailer.send(delivery_test_letter(account.organisation, account.name), address)
    log_event(school, Event.TEST_SENT)
    return sent


def result_of_test(sent: Sent) -> str:
    """What happened to a test message, and what to do next."""
    if sent.by == "outbox":
        return f"No mail server is set up, so the test message to {sent.to} was not sent. It was saved as {sent.path}"
    return (
        f"The mail server ({sent.server}) accepted the test message to {sent.to}. "
        "Check that it arrives, and look in the junk folder too."
    )
