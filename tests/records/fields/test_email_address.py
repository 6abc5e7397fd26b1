import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.email_address import PLAIN, normal_address
from backdrop_tui.records.staff import EMAIL
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a.khan@school.org.uk", "a.khan@school.org.uk"),
        ("A.Khan@School.ORG.UK", "A.Khan@school.org.uk"),
        (" a.khan@school.org.uk\u00a0", "a.khan@school.org.uk"),
        ("o'neill@school.sch.uk", "o'neill@school.sch.uk"),
        ("a+b@school.sch.uk", "a+b@school.sch.uk"),
        ("zoë@school.sch.uk", "zoë@school.sch.uk"),
        ("a@bücher.de", "a@bücher.de"),
        ("a@xn--bcher-kva.de", "a@bücher.de"),
        ("", None),
        ("N/A", None),
        (None, None),
    ],
)
def test_an_address_is_stored_in_its_normal_form(text: str | None, stored: str | None) -> None:
    found = cell(EMAIL, text)
    assert found.stored == stored
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("a.khan", None),
        ("a.khan@", None),
        ("@school.org.uk", None),
        ("a.khan@school", None),
        ("a.khan@school.local", None),
        ("a.khan@school.invalid", None),
        ("a..khan@school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@@school.org.uk", "a.khan@school.org.uk"),
        ("a.khan @ school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@school,org.uk", "a.khan@school.org.uk"),
        ("mailto:a.khan@school.org.uk", "a.khan@school.org.uk"),
        ("Amira Khan <a.khan@school.org.uk>", "a.khan@school.org.uk"),
        ("a.khan@school.org.uk;", "a.khan@school.org.uk"),
        ("a.khan(at)school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@school.org.uk.", "a.khan@school.org.uk"),
        ("a@school.org.uk; b@school.org.uk", None),
        ("a@b@c.uk", None),
        ("x" * 5000, None),
    ],
)
def test_what_is_no_address_is_an_error_with_what_it_may_mean(text: str, suggestion: str | None) -> None:
    found = cell(EMAIL, text)
    assert found.errors == ["email"]
    assert found.stored is None
    assert found.suggestion("email") == suggestion
    assert "leave it blank" in found.message("email")
    assert len(found.message("email")) < 200


def test_two_addresses_in_one_cell_are_said_to_be_two() -> None:
    assert "not one e-mail address" in cell(EMAIL, "a@school.org.uk; b@school.org.uk").message("email")


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"[A-Za-z0-9._\-]{1,20}@[a-z0-9.\-]{1,30}\.(uk|com|org|local|test|x1)", fullmatch=True))
def test_the_quick_way_takes_only_what_is_an_address_as_it_stands(text: str) -> None:
    if pl.DataFrame({"text": [text]}).select(PLAIN).item():
        assert normal_address(text) == text
