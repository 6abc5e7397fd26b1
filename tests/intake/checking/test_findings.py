import polars as pl
import pytest

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.records.fields.gender import GENDER_UNKNOWN
from backdrop_tui.records.fields.names import ODD_CHARACTER
from backdrop_tui.store.folder import DataFolder
from tests.intake.conftest import Begin
from tests.support.cells import checked
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table
from tests.support.made_up_findings import CODE, put_on_students, rule

BASIS = Basis(CONTEXT, stored(STUDENTS))
SEVENTHS = [student(0), student(5)]


def codes(reviewed: Review) -> list[str]:
    return [finding.code for finding in reviewed.findings]


def test_a_finding_explains_warnings_in_its_rows_but_never_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule(explains=frozenset({ODD_CHARACTER, GENDER_UNKNOWN})))
    rows = [
        {"year_group": "7", "first_name": "J0", "gender": "x"},
        {"year_group": "8", "first_name": "J0"},
    ]
    result = checked(STUDENTS, rows)
    codes = result.problems.filter(pl.col("code").is_in(["odd-character", "gender-unknown"]))
    assert codes.select("row", "code").rows() == [(2, "gender-unknown"), (3, "odd-character")]


def test_findings_are_listed_with_errors_first(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule("note"), rule("error"), rule("warning"))
    reviewed = review(begin(table(SEVENTHS)).intake(), BASIS)
    assert [finding.type.level for finding in reviewed.findings] == ["error", "warning", "note"]
    assert [finding.type.level for finding in reviewed.unanswered] == ["error"]


def test_applying_a_remedy_is_one_change_that_can_be_undone(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_students(monkeypatch, rule())
    draft = begin(table(SEVENTHS))
    finding = review(draft.intake(), BASIS).findings[0]
    draft.do(fixes.apply_remedy(finding, finding.remedies[0]))
    reviewed = review(draft.intake(), BASIS)
    assert (codes(reviewed), reviewed.texts["year_group"].to_list()) == ([], ["8", "8"])
    draft.undo()
    reviewed = review(draft.intake(), BASIS)
    assert (codes(reviewed), reviewed.texts["year_group"].to_list()) == ([CODE], ["7", "7"])


def test_an_answer_is_kept_in_the_draft(
    begin: Begin, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_students(monkeypatch, rule())
    draft = begin(table(SEVENTHS))
    draft.do(fixes.dismiss(review(draft.intake(), BASIS).findings[0]))
    draft.close()
    again = Draft.open(data, draft.facts.id)
    assert codes(review(again.intake(), BASIS)) == []
    again.undo()
    assert codes(review(again.intake(), BASIS)) == [CODE]
    again.close()
