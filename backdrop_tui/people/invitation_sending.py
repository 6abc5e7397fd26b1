"""Inviting staff: welcome e-mails, one after the other, with each person's outcome kept before the next one goes out.

That a message is about to go out is on the disk before it does. So nobody gets a second one by accident, wherever a kill
or a failing server cuts this off; what is not known then is said to be not known.
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
from backdrop_tui.people import invitation_results
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.invitation_results import Invitation, State
from backdrop_tui.people.invitees import Invitee, tidy
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import Account, require_account
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import TIMEOUT
from backdrop_tui.steps.listing import INVITE_STAFF
from backdrop_tui.steps.locks import LockedError, require_unlocked
from backdrop_tui.steps.marks import mark_invited

PAUSE = 1.0
"""Seconds between two messages over a mail server; many take only so many a minute."""

_CHANGED = "They were changed or invited in the meantime. Look again."


@dataclass(frozen=True)
class Tried:
    """What became of one person's message."""

    invitee: Invitee
    """Who."""
    state: State | Literal["changed"]
    """How it ended; `changed` where nothing was sent, because somebody else was quicker."""
    reason: str = ""
    """Why it did not go out, in words."""


@dataclass(frozen=True)
class Sending:
    """What became of all messages that were to be sent together."""

    tried: tuple[Tried, ...]
    """Those whose turn came, in order."""
    left: tuple[Invitee, ...]
    """Those whose turn did not come, because it was stopped."""
    outbox: Path | None
    """Where the messages were written; None where there is a mail server."""
    error: BackdropError | None = None
    """What stopped it; None where all had their turn, or it was cancelled."""

    def count(self, *states: str) -> int:
        """How many ended so."""
        return sum(one.state in states for one in self.tried)

    @property
    def sent(self) -> int:
        """How many messages went out, or to the outbox."""
        return self.count("sent", "outbox")


@dataclass(frozen=True)
class WayOut:
    """How welcome e-mails go out."""

    server: str
    """The mail server, for people; empty where none is set."""
    outbox: Path
    """Where messages are written otherwise."""
    lead: bool
    """Whether the safeguarding lead's address is set, so that answers go there."""

    @property
    def in_words(self) -> str:
        """Where messages go."""
        if self.server:
            return f"over the mail server {self.server}"
        return f"to files in {self.outbox}, because no mail server is set"


def way_out(school: School) -> WayOut:
    """How welcome e-mails go out now.

    Raises:
        DataFolderError: The settings can't be read.
    """
    settings = school.settings
    server = MailServer.of(settings)
    return WayOut(
        str(server) if server else "", school.folder.outbox, settings.text("lead-email") is not None
    )


def preview(school: School, invitee: Invitee) -> str:
    """The message that somebody would get, as text for people.

    Raises:
        NoAccountError: Nobody has signed up.
        MailError: There is no password for the mail server's user.
        DataFolderError: What is stored can't be read.
    """
    account = require_account(school)
    letter = welcome(school, account, invitee)
    if invitee.hindrance:
        return f"Subject: {letter.subject}\n\n{letter.text}"
    with Mailer(school, account.email) as mailer:
        return message_text(mailer.message(letter, invitee.address))


def welcome(school: School, account: Account, invitee: Invitee) -> Letter:
    """The words of somebody's message."""
    text, keys = school.settings.text, _rights(school, invitee.group)
    return welcome_letter(
        WelcomeDetails(
            organisation=account.organisation,
            name=invitee.name,
            group=invitee.group,
            rights=tuple(right.title for right in RIGHTS if right.key in keys),
            admin=account.name,
            admin_email=account.email,
            lead=text("lead-name") or "",
            lead_email=text("lead-email") or "",
        )
    )


def send(  # noqa: PLR0913 - whose, to whom, and how
    school: School,
    people: Sequence[Invitee],
    *,
    pause: float = PAUSE,
    told: Callable[[Tried], object] = lambda _: None,
    stop: Event | None = None,
    timeout: float = TIMEOUT,
) -> Sending:
    """Send welcome e-mails, also to those among the people who were invited before; who can't be invited is passed over.

    Whoever was changed or invited since the people were looked up gets none.

    Args:
        school: Whose staff.
        people: To whom.
        pause: Seconds between two messages, where there is a mail server.
        told: Called with what became of each, when that is kept.
        stop: Once it is set, no further message is begun.
        timeout: Seconds for which the mail server may be silent.

    Raises:
        LockedError: Nobody can be invited yet.
        MailError: There is no password for the mail server's user; nothing was sent.
        DataFolderError: What is stored can't be read; nothing was sent.
    """
    require_unlocked(school, INVITE_STAFF)
    account = require_account(school)
    tidy(school)
    stop = stop or Event()
    wanted = [invitee for invitee in people if not invitee.hindrance]
    with Mailer(school, account.email, timeout=timeout) as mailer:
        post = _Post(school, account, mailer, told)
        error: BackdropError | None = None
        try:
            for n, invitee in enumerate(wanted):
                if n and not mailer.uses_outbox:
                    stop.wait(pause)
                if stop.is_set():
                    break
                post.invite(invitee)
        except BackdropError as trouble:
            error = trouble
        finally:
            if wanted:
                post.note_in_log(len(wanted))
    done = {one.invitee.id for one in post.tried}
    return Sending(
        tried=tuple(post.tried),
        left=tuple(invitee for invitee in wanted if invitee.id not in done),
        outbox=school.folder.outbox if mailer.uses_outbox else None,
        error=error,
    )


class _Post:
    """Messages going out, and what became of each."""

    def __init__(
        self, school: School, account: Account, mailer: Mailer, told: Callable[[Tried], object]
    ) -> None:
        self._school = school
        self._account = account
        self._mailer = mailer
        self._told = told
        self.tried: list[Tried] = []
        """What became of each, in order."""

    def invite(self, invitee: Invitee) -> None:
        """Send one message, and keep what became of it.

        Raises:
            MailError: Others can't be sent either.
            DataFolderError: What became of it can't be stored, or it can't be written to the outbox.
        """
        school = self._school
        by: State = "outbox" if self._mailer.uses_outbox else "sent"
        going = Invitation("unsure", invitee.address, time.time())
        with school.setup.transaction():
            ready = self._is_as_seen(invitee)
            if ready:
                invitation_results.keep(school, invitee.id, going)
        if not ready:
            self._tell(Tried(invitee, "changed", _CHANGED))
            return
        # Outside the transaction: a slow mail server holds nobody up.
        try:
            self._mailer.send(welcome(school, self._account, invitee), invitee.address)
        except BackdropError as error:
            self._failed(invitee, going, error)
            return
        with school.setup.transaction():
            invitation_results.keep(school, invitee.id, replace(going, state=by))
            if not any(one.state in {"sent", "outbox"} for one in self.tried):
                with suppress(LockedError):
                    mark_invited(school)
        self._tell(Tried(invitee, by))

    def _failed(self, invitee: Invitee, going: Invitation, error: BackdropError) -> None:
        """Keep why a message did not go out. Raises the error again where others can't either."""
        if not isinstance(error, MailError) or not (error.may_have_been_sent or error.only_this_message):
            invitation_results.put_back(self._school, invitee.id, invitee.invitation)
            raise error
        state: State = "unsure" if error.may_have_been_sent else "refused"
        invitation_results.keep(self._school, invitee.id, replace(going, state=state, reason=error.message))
        self._tell(Tried(invitee, state, error.message))
        if not error.only_this_message:
            raise error

    def _is_as_seen(self, invitee: Invitee) -> bool:
        """Whether a person is as they were when they were looked up, and was not invited since."""
        person = self._school.people.get(STAFF.name, invitee.id)
        if person is None or invitation_results.invitation_of(self._school, invitee.id) != invitee.invitation:
            return False
        now = {key: (value or "").strip() for key, value in person.items()}
        seen = (invitee.name, invitee.group, invitee.address)
        return seen == (name_of(now), now["user_group"], now["email"])

    def _tell(self, one: Tried) -> None:
        self.tried.append(one)
        self._told(one)

    def note_in_log(self, wanted: int) -> None:
        """Add to the audit log how many messages went out. That is no reason to fail once they are out."""
        states = [one.state for one in self.tried]
        sent, refused = sum(state in {"sent", "outbox"} for state in states), states.count("refused")
        with suppress(DataFolderError):
            audit_log.note(
                self._school.folder,
                self._account.email,
                audit_log.Event.INVITED,
                sent=sent,
                refused=refused,
                not_sent=wanted - sent - refused,
            )


def _rights(school: School, name: str) -> frozenset[str]:
    """The keys of the rights that a group has now."""
    return next((group.rights for group in school.user_groups() if group.name == name), frozenset())
