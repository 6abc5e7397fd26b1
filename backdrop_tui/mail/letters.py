"""The messages that are sent: their words, as plain text and as simple HTML."""

from dataclasses import dataclass
from functools import partial
from html import escape
from textwrap import fill

from backdrop_tui.school.verification_codes import LIFE, grouped

_BIG = "font:bold 32px/1.5 Consolas,Menlo,monospace;letter-spacing:2px;margin:24px 0"
_SMALL = "color:#555555;font-size:14px;border-top:1px solid #cccccc;padding-top:12px"
CODE_SUBJECT = "Your Back:drop code"
"""How the subject of a message that brings a code begins."""
_UNASKED = (
    "If you did not ask for a code, you need do nothing. "
    "Somebody has typed in your address, and nothing happens without the code."
)


@dataclass(frozen=True)
class Letter:
    """What a message says."""

    subject: str
    """Its subject, one line."""
    text: str
    """Plain text."""
    html: str
    """The same as HTML, without pictures and links."""
    answers_to: str = ""
    """The address that answers go to; empty: to the sender."""


def code_letter(organisation: str, name: str, code: str) -> Letter:
    """The message that brings a code.

    Args:
        organisation: The organisation's name.
        name: Whom it is for.
        code: Six digits.
    """
    before = [
        f"Hello {name},",
        f"this is the code that verifies your e-mail address for {organisation} on Back:drop:",
    ]
    after = [
        f"Type it in where Back:drop asks for it. It can be used for {LIFE // 60} minutes, and only once.",
        "Give it to nobody else. Nobody from Back:drop will ever ask you for it.",
        _UNASKED,
    ]
    return _letter(f"{CODE_SUBJECT} for {organisation}", organisation, before, grouped(code), after)


def trial_letter(organisation: str, name: str) -> Letter:
    """The message that shows whether messages arrive.

    Args:
        organisation: The organisation's name.
        name: Who has it sent.
    """
    before = ["Hello,", f"this is a test message that {name} has sent from Back:drop for {organisation}."]
    after = ["If you can read it, messages from Back:drop reach you. There is nothing to do."]
    return _letter(
        f"A test message from Back:drop for {organisation}", organisation, before, "It works", after
    )


@dataclass(frozen=True)
class Welcome:
    """What a welcome e-mail is made of."""

    organisation: str
    """The organisation's name."""
    name: str
    """Whom it is for."""
    group: str
    """The user group that they are in."""
    rights: tuple[str, ...]
    """What that group lets them do, each like “Add concerns”."""
    admin: str
    """The name of who invites."""
    admin_email: str
    """Their address."""
    lead: str
    """The safeguarding lead's name; empty where it is not set."""
    lead_email: str
    """The lead's address; empty where it is not set."""


def welcome_letter(w: Welcome) -> Letter:
    """The message that invites a member of staff. There is no link and no password in it."""
    before = [
        f"Hello {w.name},",
        (
            f"{w.organisation} keeps its safeguarding record in Back:drop. Concerns about a child are written down there, "
            "and reach the people at the school who have to act on them."
        ),
        f"{w.admin} has entered you as a member of staff. You are in the user group “{w.group}”"
        + (", which means that you can:" if w.rights else ". It has no rights yet."),
    ]
    after = [
        (
            f"{w.admin} will tell you how to sign in. There is no link and no password in this message, "
            "and nobody from Back:drop will ever ask you for one."
        ),
        "Until you can sign in, go on reporting concerns as you do now.",
        _whom_to_ask(w),
        (
            f"If you do not work at {w.organisation}, please tell {w.admin} ({w.admin_email}), "
            "so that nobody is given access by mistake."
        ),
    ]
    before, after = [_seen(text) for text in before], [_seen(text) for text in after]
    subject = _seen(f"Welcome to Back:drop at {w.organisation}")
    close = _seen(f"Back:drop, set-up for {w.organisation}")
    rights = [right[:1].lower() + right[1:] for right in w.rights]
    listed = ["\n".join(f"  - {right}" for right in rights)] if rights else []
    # No address is broken over two lines.
    filled = partial(fill, break_long_words=False, break_on_hyphens=False)
    text = "\n\n".join([*map(filled, before), *listed, *map(filled, after), filled(close)])
    points = "\n".join(f"<li>{escape(right)}</li>" for right in rights)
    html = _page(subject, before, f"<ul>\n{points}\n</ul>" if rights else "", after, close)
    return Letter(subject, f"{text}\n", html, answers_to=w.lead_email)


def _whom_to_ask(w: Welcome) -> str:
    """Whom questions go to: the safeguarding lead, or who invites where there is none."""
    if not w.lead and not w.lead_email:
        return f"If you have a question, ask {w.admin}: {w.admin_email}."
    lead = f"{w.lead}, the safeguarding lead" if w.lead else "the safeguarding lead"
    if not w.lead_email:
        return f"If you have a question, ask {lead}."
    return f"If you have a question, ask {lead}: {w.lead_email}. Answers to this message go there, too."


def _seen(text: str) -> str:
    """A paragraph without what can't be seen, whatever a file had in a name."""
    return "".join(c if c.isprintable() else " " for c in text)


def _letter(subject: str, organisation: str, before: list[str], shown: str, after: list[str]) -> Letter:
    """A message with one thing in the middle that has to be seen at once."""
    close = f"Back:drop, set-up for {organisation}"
    text = "\n\n".join([*map(fill, before), f"    {shown}", *map(fill, after), fill(close)])
    middle = f'<p style="{_BIG}">{escape(shown)}</p>'
    return Letter(subject, f"{text}\n", _page(subject, before, middle, after, close))


def _page(subject: str, before: list[str], middle: str, after: list[str], close: str) -> str:
    """A page of HTML. The middle is HTML already, all else is text."""
    lines = [
        *_paragraphs(before),
        middle,
        *_paragraphs(after),
        f'<p style="{_SMALL}">{escape(close)}</p>',
    ]
    body = "\n".join(line for line in lines if line)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(subject)}</title>\n</head>\n"
        '<body style="font:16px/1.5 Arial,Helvetica,sans-serif;color:#111111;background:#ffffff;'
        'max-width:560px;margin:0 auto;padding:24px">\n'
        f"{body}\n</body>\n</html>\n"
    )


def _paragraphs(texts: list[str]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts]
