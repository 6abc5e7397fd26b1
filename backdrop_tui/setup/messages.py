"""The messages that are sent: their words, as plain text and as simple HTML."""

from dataclasses import dataclass
from html import escape
from textwrap import fill

from backdrop_tui.setup.codes import LIFE, grouped

_BIG = "font:bold 32px/1.5 Consolas,Menlo,monospace;letter-spacing:2px;margin:24px 0"
_SMALL = "color:#555555;font-size:14px;border-top:1px solid #cccccc;padding-top:12px"
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
    return _letter(f"Your Back:drop code for {organisation}", organisation, before, grouped(code), after)


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


def _letter(subject: str, organisation: str, before: list[str], shown: str, after: list[str]) -> Letter:
    """A message with one thing in the middle that has to be seen at once."""
    close = f"Back:drop, set-up for {organisation}"
    text = "\n\n".join([*map(fill, before), f"    {shown}", *map(fill, after), fill(close)])
    return Letter(subject, f"{text}\n", _page(subject, before, shown, after, close))


def _page(subject: str, before: list[str], shown: str, after: list[str], close: str) -> str:
    lines = [
        *_paragraphs(before),
        f'<p style="{_BIG}">{escape(shown)}</p>',
        *_paragraphs(after),
        f'<p style="{_SMALL}">{escape(close)}</p>',
    ]
    body = "\n".join(lines)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(subject)}</title>\n</head>\n"
        '<body style="font:16px/1.5 Arial,Helvetica,sans-serif;color:#111111;background:#ffffff;'
        'max-width:560px;margin:0 auto;padding:24px">\n'
        f"{body}\n</body>\n</html>\n"
    )


def _paragraphs(texts: list[str]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts]
