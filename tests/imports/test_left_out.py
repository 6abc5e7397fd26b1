"""Why rows were not imported."""

from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.left_out import BY_HAND, reasons
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.fixes import apply_remedy
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from tests.support.imports import (
    checked,
    complete_draft,
    import_people,
    pupil,
    sign_up,
)
from tests.support.made_up import NOW, STUDENTS, student, table


def test_each_row_counts_once_for_its_first_error_or_for_what_left_it_out(
    school: School, tmp_path: Path
) -> None:
    sign_up(school)
    rows = [student(0), student(1, gender="Boy", year_group="99"), student(2, gender="Girl"), student(3)]
    total = dict.fromkeys(rows[0], "") | {"First Name": "Total: 4"}
    file = SourceFile.at(tmp_path / "pupils.csv", table([*rows, total]))
    draft = Draft.create(school.folder, STUDENTS, [file], NOW)
    draft.do(Change("Left out", left_out=(5,)))
    seen = checked(school, draft)
    (finding,) = (finding for finding in seen.findings if finding.code == "not-people")
    draft.do(apply_remedy(finding, finding.remedies[0]))
    expected = (
        ("Gender is not Male or Female", 2),
        ("Rows that are not people", 1),
        (BY_HAND, 1),
    )
    assert reasons(checked(school, draft)) == expected
    complete_draft(school, draft)
    (record,) = import_records(school)
    assert record.left_out == sum(number for _, number in record.left_out_for)
    assert record.left_out_for == expected
    assert Path(record.errors_folder, record.errors_file).exists()


def test_a_record_without_reasons_is_read_and_damaged_ones_are_refused(school: School) -> None:
    record = import_people(school, pupil("Khan"))
    table_of_imports = school.store.table("imports")
    document = table_of_imports.get(record.id)
    assert document is not None
    table_of_imports.put(
        record.id,
        {key: value for key, value in document.items() if key not in {"left_out_for", "errors_folder"}},
    )
    assert import_records(school)[0].left_out_for == ()
    for damaged in ("why", [["why"]], [["why", True]], [[1, 1]]):
        table_of_imports.put(record.id, document | {"left_out_for": damaged})
        with pytest.raises(DataFolderError):
            import_records(school)
