"""The page as HTML, with whatever texts in it."""

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from backdrop_tui.care.report.html import as_html
from backdrop_tui.care.report.parts import Bar, Chart, Listing, Page, Section
from backdrop_tui.care.report.text import as_text
from tests.test_printable import can_all_be_seen

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title></body><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; & 'Ann'",
    "\u202eevil\x1b[31m\x00\x9b",
    "javascript:alert(1)",
    "\udcff",
)


class Elements(HTMLParser):
    """The elements of a page, its attributes, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def page_with(text: str) -> Page:
    """A page that has a text everywhere."""
    chart = Chart(text, (Bar(text, 3, text), Bar(text, 0)))
    return Page(text, text, (Section(text, (text, chart, Listing(text, (text, text)))),))


USUAL = Elements(as_html(page_with("Ann")))


@given(st.sampled_from(HOSTILE) | st.text("<>&\"'{}%/=! a\n\x00\u202e-", min_size=1))
@example("".join(HOSTILE))
def test_no_text_changes_the_elements_of_the_page(text: str) -> None:
    elements = Elements(as_html(page_with(text)))
    assert elements.tags == USUAL.tags
    assert elements.attributes == USUAL.attributes


def test_the_page_shows_hostile_texts_as_they_are_but_for_what_cant_be_seen() -> None:
    for text in HOSTILE[:5]:
        assert text in "".join(Elements(as_html(page_with(text))).texts)
    html = as_html(page_with("".join(HOSTILE))).decode()
    assert can_all_be_seen(html.replace("\n", ""))


def test_the_page_has_no_scripts_and_takes_nothing_from_elsewhere() -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "a"} & {*USUAL.tags}
    assert not [name for name, _ in USUAL.attributes if name.startswith("on") or name in {"src", "href"}]
    html = as_html(page_with("Ann")).decode()
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "@page { size: A4" in html


def test_bars_are_as_long_as_their_numbers() -> None:
    widths = [value for name, value in USUAL.attributes if name == "style"]
    assert widths == ["width: 100.0%", "width: 0.0%"]


def test_the_text_fits_on_a_terminal_and_leaves_out_sections_without_content() -> None:
    page = Page(
        "Hill Top",
        "Today.",
        (Section.of("Long", ("word " * 40, Chart("Empty", ()), Listing("Empty", ()), None)),),
    )
    assert max(map(len, as_text(page).splitlines())) <= 78
    assert "Empty" not in as_text(page)
