"""`backdrop report`."""

from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import import_people, pupil

EVIL = "<script>alert(1)</script>\u202e"


@pytest.fixture
def stored(data: DataFolder) -> None:
    """A student is stored whose name is hostile."""
    data.create()
    with School(data) as school:
        import_people(school, pupil("Khan"))
        import_people(school, pupil(EVIL), file=f"{EVIL}.csv")


@pytest.mark.usefixtures("stored")
def test_the_page_is_printed_as_text_or_as_html(backdrop: Run) -> None:
    text = backdrop("report")
    assert text.status == 0
    assert "2 students and 0 staff." in text.out
    html = backdrop("report", "--format", "html")
    assert html.out.startswith("<!DOCTYPE html>")
    assert "<script" not in html.out
    assert EVIL[-1] not in html.out + text.out


@pytest.mark.usefixtures("stored")
def test_the_page_is_written_to_a_file_that_only_its_owner_can_read(backdrop: Run, tmp_path: Path) -> None:
    ran = backdrop("report", "--names", "-o", "page.html")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    page = tmp_path / "page.html"
    assert page.stat().st_mode & 0o777 == 0o600
    assert "Zoë &lt;script&gt;alert(1)&lt;/script&gt;" in page.read_text()
    backdrop("report", "-o", "page.txt")
    assert (tmp_path / "page.txt").read_text().startswith("Hill Top\n")


@pytest.mark.usefixtures("stored")
def test_only_naming_people_changes_anything_and_that_is_logged(backdrop: Run, data: DataFolder) -> None:
    before = {path: path.read_bytes() for path in data.path.rglob("*") if path.is_file()}
    backdrop("report")
    assert {path: path.read_bytes() for path in data.path.rglob("*") if path.is_file()} == before
    backdrop("report", "--names")
    with School(data, read_only=True) as school:
        assert school.store.logged()[-1]["event"] == "report-names"
        assert "script" not in str(school.store.logged()[-1])


def test_without_an_account_it_says_what_to_do(backdrop: Run) -> None:
    ran = backdrop("report")
    assert ran.status == 3
    assert ran.error_line == "Nobody has signed up yet. Sign up first."
