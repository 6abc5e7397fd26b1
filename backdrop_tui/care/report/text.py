"""The page as text, to be read aloud by a screen reader as well: no drawings, and each number after what it counts."""

from collections.abc import Iterator
from textwrap import wrap

from backdrop_tui.care.report.parts import Bar, Chart, Listing, Page, Part

WIDTH = 78
"""Characters that a line has at most."""


def as_text(page: Page) -> str:
    """The page as lines of up to 78 characters."""
    lines = [page.school, *wrap(page.note, WIDTH)]
    for section in page.sections:
        lines += ["", "", section.title, "=" * len(section.title)]
        for part in section.parts:
            lines += ["", *part_lines(part)]
    return "\n".join(lines)


def part_lines(part: Part) -> Iterator[str]:
    """A part of the page as lines."""
    match part:
        case Chart():
            yield f"{part.title}:"
            for bar in part.bars:
                yield from _item(_of_bar(bar))
        case Listing():
            yield f"{part.title}:"
            for item in part.items:
                yield from _item(item)
        case _:
            yield from wrap(part, WIDTH)


def _of_bar(bar: Bar) -> str:
    return f"{bar.label}: {bar.number:,}{f' ({bar.detail})' if bar.detail else ''}"


def _item(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ")
