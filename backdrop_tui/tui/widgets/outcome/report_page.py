"""The page for the head, drawn: its text with headings that stand out, and bars beside the numbers."""

from collections.abc import Iterator
from textwrap import wrap

from textual.content import Content

from backdrop_tui.care.report.parts import Chart, Page, Part
from backdrop_tui.care.report.text import WIDTH, part_lines
from backdrop_tui.tui.widgets.outcome.bars import bar
from backdrop_tui.tui.widgets.plain import plain

_BAR = 20
_GAP = "  "


def drawn(page: Page) -> Content:
    """The page in lines of up to 78 characters."""
    lines = [plain(page.school).stylize("bold"), *map(plain, wrap(page.note, WIDTH))]
    for section in page.sections:
        lines += [Content(""), plain(section.title).stylize("bold $accent")]
        for part in section.parts:
            lines += [Content(""), *_drawn_part(part)]
    return Content("\n").join(lines)


def _drawn_part(part: Part) -> Iterator[Content]:
    """A part of the page as lines."""
    if isinstance(part, Chart):
        yield plain(f"{part.title}:")
        yield from _drawn_chart(part)
    else:
        yield from map(plain, part_lines(part))


def _drawn_chart(chart: Chart) -> Iterator[Content]:
    """The lines of a chart: what is counted, how many there are, a bar, and what the number is made up of."""
    longest = max(len(one.label) for one in chart.bars)
    digits = len(f"{chart.largest:,}")
    indent = len(_GAP) * 4 + longest + digits + _BAR
    for one in chart.bars:
        first, *more = wrap(one.detail, max(WIDTH - indent, _BAR)) or [""]
        yield Content.assemble(
            plain(f"{_GAP}{one.label:<{longest}}{_GAP}{one.number:>{digits},}{_GAP}"),
            (f"{bar(one.number, chart.largest, _BAR):<{_BAR}}", "$accent"),
            plain(f"{_GAP}{first}"),
        )
        for line in more:
            yield plain(f"{'':<{indent}}{line}")
