"""The page as one HTML file, without scripts, and without anything from elsewhere."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from backdrop_tui.care.report.parts import Chart, Listing, Page
from backdrop_tui.printable import printable


def as_html(page: Page) -> bytes:
    """The page in HTML, in UTF-8.

    Names come from files that anybody may have edited: every text is escaped, and has no character that can't be seen, or that
    turns the direction of what follows.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_visible, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests |= {
        "chart": lambda part: isinstance(part, Chart),
        "listing": lambda part: isinstance(part, Listing),
    }
    source = files(__package__).joinpath("page.html.jinja").read_text(encoding="utf-8")
    return environment.from_string(source).render(page=page).encode(errors="replace")


def _visible(value: object) -> object:
    return printable(value) if isinstance(value, str) else value
