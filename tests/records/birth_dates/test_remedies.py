from tests.support.birth_dates import can_be_swapped, school, swapped, swapped_by_excel
from tests.support.changing_file import ChangingFile


def test_dates_are_right_after_they_have_been_swapped_back() -> None:
    right = school(300)
    file = ChangingFile(swapped_by_excel(right))
    before = file.review
    after = file.apply("dates-swapped")
    assert after.findings == ()
    assert after.problems.is_empty()
    born = after.ready["date_of_birth"].to_list()
    assert [f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" for iso in born] == [row["date_of_birth"] for row in right]
    file.edits.undo()
    assert file.findings == ["dates-swapped"]
    assert file.review.ready.equals(before.ready)


def test_a_date_settled_as_written_is_not_swapped_and_stays_in_doubt() -> None:
    rows = swapped_by_excel(school(300))
    place = next(n for n, row in enumerate(rows) if row["date_of_birth"] == "05/10/2012" or _settles(row))
    right = rows[place] | {"date_of_birth": swapped(rows[place]["date_of_birth"])}
    rows[place] = right
    file = ChangingFile(rows)
    assert file.findings == ["dates-swapped"]
    assert place + 2 not in file.review.findings[0].rows
    assert file.rows_with("date-order") == [place + 2]
    file.apply("dates-swapped")
    assert file.rows_with("date-order") == [place + 2]
    assert file.review.texts["date_of_birth"][place] == right["date_of_birth"]


def _settles(row: dict[str, str]) -> bool:
    """Whether the year group tells the two readings of a date apart: only one is after the summer."""
    day, month = int(row["date_of_birth"][:2]), int(row["date_of_birth"][3:5])
    return can_be_swapped(row) and (day > 8) != (month > 8)


def test_nothing_is_silent_after_the_finding_has_been_dismissed() -> None:
    file = ChangingFile(swapped_by_excel(school(300)))
    finding = file.review.findings[0]
    file.dismiss("dates-swapped")
    assert file.findings == []
    assert len(file.rows_with("date-swapped")) == finding.evidence_for
    assert len(file.rows_with("date-order")) == len(finding.rows) - finding.evidence_for
    file.edits.undo()
    assert file.findings == ["dates-swapped"]
