"""Send welcome e-mails to staff one after the other, and store the result for each person before the next is sent.

Before a message is sent, the store already says that it may have been. So nobody is sent a second message by accident,
wherever a crash or a failing server interrupts the sending; what isn't known afterwards is reported as not known.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Literal

from backdrop_tui.errors import BackdropError, DataFolderError
from backdrop_tui.mail.composing import message_text
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.letters import Letter
from backdrop_tui.mail.mailer import Mailer
from backdrop_tui.mail.server import MailServer
from backdrop_tui.mail.welcome_letter import WelcomeDetails, welcome_letter
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.invitation_results import (
    Invitation,
    State,
    invitation_of,
    remove_stale_invitations,
    restore_invitation,
    save_invitation,
)
from backdrop_tui.people.invitees import Invitee
from backdrop_tui.records.leaving import LEFT, STATUS
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import Account, require_account
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import INVITE_STAFF
from backdrop_tui.steps.locks import LockedError, require_unlocked
from backdrop_tui.steps.marks import mark_invited

PAUSE = 1.0
"""Seconds to wait between two messages: many mail servers accept only so many a minute."""

_CHANGED = "Someone has just changed or invited this person. Check the list and try again."
_NOT_STORED = "The message was sent or saved, but recording that failed."


@dataclass(frozen=True)
class SendResult:
    """The result of sending one person's message."""

    invitee: Invitee
    """The person."""
    state: State | Literal["changed"]
    """The outcome; `changed` if nothing was sent because someone else changed or invited the person first."""
    reason: str = ""
    """The error in words, if the message was not sent or may not have been."""


@dataclass(frozen=True)
class SendingOutcome:
    """The results of all messages that were to be sent together."""

    results: tuple[SendResult, ...]
    """The results in the order of sending."""
    not_tried: tuple[Invitee, ...]
    """The people whose message wasn't tried, because the sending was stopped or failed."""
    outbox: Path | None
    """The folder that the messages were saved in; None if there is a mail server."""
    error: BackdropError | None = None
    """The error that stopped the sending; None if everyone's message was tried, or the user stopped it."""

    def count(self, *states: str) -> int:
        """The number of results with one of the states."""
        return sum(result.state in states for result in self.results)

    @property
    def sent(self) -> int:
        """The number of messages that were sent or saved in the outbox."""
        return self.count("sent", "outbox")


@dataclass(frozen=True)
class MailRoute:
    """The way in which welcome e-mails will be sent."""

    server: str
    """The mail server, for people; empty if none is set."""
    outbox: Path
    """The folder for messages if no mail server is set."""
    has_lead_address: bool
    """Whether the safeguarding lead's address is set, so that replies go there."""

    @property
    def description(self) -> str:
        """The route as part of a sentence, after "will be sent"."""
        if self.server:
            return f"through the mail server {self.server}"
        return f"to the outbox ({self.outbox}), because no mail server is set up"


def mail_route(school: School) -> MailRoute:
    """The way in which welcome e-mails would be sent at present.

    Raises:
        DataFolderError: The settings can't be read.
    """
    settings = school.settings
    server = MailServer.of(settings)
    return MailRoute(
        str(server) if server else "", school.folder.outbox, settings.text("lead-email") is not None
    )


def preview(school: School, invitee: Invitee) -> str:
    """The message that a person would be sent, as text for people.

    Raises:
        NoAccountError: Nobody has signed up.
        MailError: There is no password for the mail server's user.
        DataFolderError: The stored data can't be read.
    """
    account = require_account(school)
    letter = letter_for(school, account, invitee)
    if invitee.obstacle:
        return f"Subject: {letter.subject}\n\n{letter.text}"
    with Mailer(school, account.email) as mailer:
        return message_text(mailer.message(letter, invitee.address))


def letter_for(school: School, account: Account, invitee: Invitee) -> Letter:
    """The welcome e-mail for one person."""
    setting = school.settings.text
    groups = {group.name: group for group in school.user_groups()}
    keys = groups[invitee.group].rights if invitee.group in groups else frozenset()
    return welcome_letter(
        WelcomeDetails(
            organisation=account.organisation,
            name=invitee.name,
            group=invitee.group,
            rights=tuple(right.ability for right in RIGHTS if right.key in keys),
            admin=account.name,
            admin_email=account.email,
            lead=setting("lead-name") or "",
            lead_email=setting("lead-email") or "",
        )
    )


def send_invitations(
    school: School,
    people: Sequence[Invitee],
    *,
    pause: float = PAUSE,
    on_result: Callable[[SendResult], object] = lambda _: None,
    stop: Event | None = None,
) -> SendingOutcome:
    """Send welcome e-mails, even to people who were invited before. Anyone who can't be invited is skipped.

    Nothing is sent to anyone who was changed or invited since `people` were looked up.

    Args:
        school: The school.
        people: The people to send to, in this order.
        pause: Seconds to wait between two messages to a mail server.
        on_result: Called with each result as soon as it is stored.
        stop: Once this event is set, no further message is tried.

    Raises:
        LockedError: Nobody can be invited yet.
        MailError: There is no password for the mail server's user; nothing was sent.
        DataFolderError: The stored data can't be read; nothing was sent.
    """
    require_unlocked(school, INVITE_STAFF)
    account = require_account(school)
    remove_stale_invitations(school)
    stop = stop or Event()
    recipients = [invitee for invitee in people if not invitee.obstacle]
    with Mailer(school, account.email) as mailer:
        sender = _Sender(school, account, mailer, on_result)
        sending_error: BackdropError | None = None
        try:
            for n, invitee in enumerate(recipients):
                if n and not mailer.uses_outbox:
                    stop.wait(pause)
                if stop.is_set():
                    break
                sender.send(invitee)
        except BackdropError as error:
            sending_error = error
        finally:
            if recipients:
                sender.log(len(recipients))
    tried = {result.invitee.id for result in sender.results}
    return SendingOutcome(
        results=tuple(sender.results),
        not_tried=tuple(invitee for invitee in recipients if invitee.id not in tried),
        outbox=school.folder.outbox if mailer.uses_outbox else None,
        error=sending_error,
    )


class _Sender:
    """Sends messages one by one, and stores the result of each."""

    def __init__(
        self, school: School, account: Account, mailer: Mailer, on_result: Callable[[SendResult], object]
    ) -> None:
        self._school = school
        self._account = account
        self._mailer = mailer
        self._on_result = on_result
        self.results: list[SendResult] = []
        """The results in the order of sending."""

    def send(self, invitee: Invitee) -> None:
        """Send one message, and store the result.

        Raises:
            MailError: No other message can be sent either.
            DataFolderError: The result can't be stored, or the message can't be written to the outbox.
        """
        school = self._school
        unsure = Invitation("unsure", invitee.address, time.time())
        with school.store.transaction():
            unchanged = self._is_unchanged(invitee)
            if unchanged:
                save_invitation(school, invitee.id, unsure)
        if not unchanged:
            self._report(SendResult(invitee, "changed", _CHANGED))
            return
        # Outside the transaction, so that a slow mail server doesn't block other processes.
        try:
            sent = self._mailer.send(letter_for(school, self._account, invitee), invitee.address)
        except BackdropError as error:
            self._handle_failure(invitee, unsure, error)
            return
        state: State = "outbox" if sent.path else "sent"
        try:
            with school.store.transaction():
                file = sent.path.name if sent.path else ""
                save_invitation(school, invitee.id, replace(unsure, state=state, file=file))
                if not any(result.state in {"sent", "outbox"} for result in self.results):
                    with suppress(LockedError):
                        mark_invited(school)
        except DataFolderError:
            self._report(SendResult(invitee, "unsure", _NOT_STORED))
            raise
        self._report(SendResult(invitee, state))

    def _handle_failure(self, invitee: Invitee, unsure: Invitation, error: BackdropError) -> None:
        """Store why a message was not sent. Raises the error again if no other message can be sent either."""
        if not isinstance(error, MailError) or not (error.may_have_been_sent or error.only_this_message):
            try:
                restore_invitation(self._school, invitee.id, invitee.invitation)
            except DataFolderError:
                self._report(SendResult(invitee, "unsure", error.message))
            raise error
        state: State = "unsure" if error.may_have_been_sent else "refused"
        save_invitation(self._school, invitee.id, replace(unsure, state=state, reason=error.message))
        self._report(SendResult(invitee, state, error.message))
        if not error.only_this_message:
            raise error

    def _is_unchanged(self, invitee: Invitee) -> bool:
        """Whether the person is still at the school, and they and their invitation are the same as when they were looked up."""
        stored = self._school.store.people(STAFF.name).get(invitee.id)
        if (
            stored is None
            or stored[STATUS] == LEFT
            or invitation_of(self._school, invitee.id) != invitee.invitation
        ):
            return False
        person = {key: (value or "").strip() for key, value in stored.items()}
        looked_up = (invitee.name, invitee.group, invitee.address)
        return looked_up == (name_of(person), person["user_group"], person["email"])

    def _report(self, result: SendResult) -> None:
        self.results.append(result)
        self._on_result(result)

    def log(self, total: int) -> None:
        """Add the numbers to the audit log. An error in the log must not hide that messages were sent.

        Args:
            total: The number of messages that were to be sent.
        """
        states = [result.state for result in self.results]
        sent, saved, refused = (states.count(state) for state in ("sent", "outbox", "refused"))
        with suppress(DataFolderError):
            entry = audit_log.entry_of(
                self._account.email,
                audit_log.Event.INVITED,
                sent=sent,
                saved=saved,
                refused=refused,
                not_sent=total - sent - saved - refused,
            )
            self._school.store.log(entry)
