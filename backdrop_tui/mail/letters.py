"""What our messages say, as plain text and as simple HTML."""

from dataclasses import dataclass
from html import escape
from textwrap import fill

from backdrop_tui.school.verification_codes import MINUTES_VALID, grouped

_BIG = "font:bold 32px/1.5 Consolas,Menlo,monospace;letter-spacing:2px;margin:24px 0"
_SMALL = "color:#555555;font-size:14px;border-top:1px solid #cccccc;padding-top:12px"
CODE_SUBJECT = "Your Back:drop code"
"""The beginning of the subject of every message that contains a code."""


@dataclass(frozen=True)
class Letter:
    """The words of a message."""

    subject: str
    """The subject, one line."""
    text: str
    """The message as plain text."""
    html: str
    """The message as HTML, without images or links."""
    reply_to: str = ""
    """The address that replies go to; empty for the sender's."""


def code_letter(organisation: str, name: str, code: str) -> Letter:
    """The message with a verification code.

    Args:
        organisation: The organisation's name.
        name: The recipient's name.
        code: Six digits.
    """
    before = [
        f"Hello {name},",
        f"Here is the code to verify your e-mail address for {organisation} in Back:drop:",
    ]
    after = [
        f"Type it in where Back:drop asks for it. The code is valid for {MINUTES_VALID} minutes and works only once.",
        "Please don't share it with anyone. Nobody from Back:drop will ever ask you for it.",
        (
            "If you didn't ask for a code, you can ignore this message. "
            "Someone has entered your address, and nothing can happen without the code."
        ),
    ]
    return _highlighting(f"{CODE_SUBJECT} for {organisation}", organisation, before, grouped(code), after)


def delivery_test_letter(organisation: str, name: str) -> Letter:
    """The message that shows whether messages arrive.

    Args:
        organisation: The organisation's name.
        name: The name of the person who sends it.
    """
    before = ["Hello,", f"{name} has sent you this test message from Back:drop for {organisation}."]
    after = [
        (
            "If it has come by e-mail, messages from Back:drop reach you. If you are reading it in the outbox, it has not been sent: "
            "no mail server was set up. You don't need to do anything."
        )
    ]
    return _highlighting(
        f"Test message from Back:drop for {organisation}", organisation, before, "This is a test", after
    )


def signature(organisation: str) -> str:
    """The last line of every message."""
    return f"Back:drop set-up for {organisation}"


def html_page(subject: str, before: list[str], middle: str, after: list[str], organisation: str) -> str:
    """The HTML of a message.

    Args:
        subject: The subject as text.
        before: Paragraphs of text above the middle.
        middle: A piece of HTML; may be empty.
        after: Paragraphs of text below the middle.
        organisation: The organisation's name.
    """
    lines = [
        *_paragraphs(before),
        *([middle] if middle else []),
        *_paragraphs(after),
        f'<p style="{_SMALL}">{escape(signature(organisation))}</p>',
    ]
    body = "\n".join(lines)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(subject)}</title>\n</head>\n"
        '<body style="font:16px/1.5 Arial,Helvetica,sans-serif;color:#111111;background:#ffffff;'
        'max-width:560px;margin:0 auto;padding:24px">\n'
        f"{body}\n</body>\n</html>\n"
    )


def _highlighting(
    subject: str, organisation: str, before: list[str], highlight: str, after: list[str]
) -> Letter:
    """A message with one short text in the middle that stands out."""
    parts = [*map(fill, before), f"    {highlight}", *map(fill, after), fill(signature(organisation))]
    middle = f'<p style="{_BIG}">{escape(highlight)}</p>'
    html = html_page(subject, before, middle, after, organisation)
    return Letter(subject, "\n\n".join(parts) + "\n", html)


def _paragraphs(texts: list[str]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts]
