"""The welcome e-mail that invites a member of staff."""

from dataclasses import dataclass, fields
from functools import partial
from html import escape
from textwrap import fill

from backdrop_tui.mail.letters import Letter, html_page, signature
from backdrop_tui.printable import printable


@dataclass(frozen=True)
class WelcomeDetails:
    """What a welcome e-mail says about the recipient and the school."""

    organisation: str
    """The organisation's name."""
    name: str
    """The recipient's name."""
    group: str
    """The recipient's user group."""
    rights: tuple[str, ...]
    """What the group's rights allow, each as the end of a sentence that begins with “you can”: “add concerns”."""
    admin: str
    """The name of the person who invites."""
    admin_email: str
    """The e-mail address of the person who invites."""
    lead: str
    """The safeguarding lead's name; empty if it isn't set."""
    lead_email: str
    """The safeguarding lead's e-mail address; empty if it isn't set."""


def welcome_letter(details: WelcomeDetails) -> Letter:
    """The welcome e-mail for one person. It contains no links and no password."""
    details = _with_printable_texts(details)
    subject = f"Welcome to Back:drop at {details.organisation}"
    before, after = _introduction(details), _what_happens_next(details)
    bullets = ["\n".join(f"  - {right}" for right in details.rights)] if details.rights else []
    wrapped = partial(fill, break_long_words=False, break_on_hyphens=False)  # addresses stay in one piece
    parts = [*map(wrapped, before), *bullets, *map(wrapped, after), wrapped(signature(details.organisation))]
    items = "\n".join(f"<li>{escape(right)}</li>" for right in details.rights)
    middle = f"<ul>\n{items}\n</ul>" if details.rights else ""
    html = html_page(subject, before, middle, after, details.organisation)
    return Letter(subject, "\n\n".join(parts) + "\n", html, reply_to=details.lead_email)


def _introduction(details: WelcomeDetails) -> list[str]:
    allowed = ", so you can:" if details.rights else ", which has no rights yet."
    return [
        f"Hello {details.name},",
        (
            f"{details.organisation} uses Back:drop to keep its safeguarding records. Staff record their concerns about "
            "children there, and the people at school who need to act on them are told."
        ),
        f"{details.admin} has added you as a member of staff. You are in the user group “{details.group}”{allowed}",
    ]


def _what_happens_next(details: WelcomeDetails) -> list[str]:
    return [
        (
            f"{details.admin} will tell you how to sign in. This message contains no links and no password, "
            "and nobody from Back:drop will ever ask you for a password."
        ),
        "Until you can sign in, please keep reporting concerns the way you do now.",
        _contact(details),
        (
            f"If you don't work at {details.organisation}, please tell {details.admin} ({details.admin_email}), "
            "so that nobody is given access by mistake."
        ),
    ]


def _contact(details: WelcomeDetails) -> str:
    """The sentence that says whom to ask: the safeguarding lead, or the person who invites if no lead is set."""
    if not details.lead and not details.lead_email:
        return f"If you have any questions, please ask {details.admin} ({details.admin_email})."
    lead = f"{details.lead}, the safeguarding lead" if details.lead else "the safeguarding lead"
    if not details.lead_email:
        return f"If you have any questions, please ask {lead}."
    return f"If you have any questions, please ask {lead} ({details.lead_email}). Replies to this message go there too."


def _with_printable_texts(details: WelcomeDetails) -> WelcomeDetails:
    """The details without characters that can't be seen: names come from files."""
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    texts = {name: printable(value) for name, value in values.items() if isinstance(value, str)}
    return WelcomeDetails(**values | texts)
