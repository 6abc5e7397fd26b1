"""A school in which someone has left traces everywhere."""

import json
import shutil
from collections.abc import Iterator

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.leaver_changes import keep_for_longer
from backdrop_tui.school.school import School
from tests.support.erasable import FIRST, FORMER, LAST, others, stored_zebedee, zebedee
from tests.support.imports import import_people, person_id
from tests.support.made_up import NOW, STUDENTS, student, table, upn


@pytest.fixture
def lived_in(school: School) -> Iterator[School]:
    """A school in which the person has left traces everywhere."""
    import_people(school, stored_zebedee(surname=FORMER), *others(1, 2))
    import_people(school, stored_zebedee(), *others(1, 2, 3), file="O'Quillfeather Zébédée.csv")
    ids = [person_id(school, LAST)]
    change_people(school, STUDENTS, ids, {"registration_group": "7B", "upn": upn(78)})
    keep_for_longer(school, STUDENTS, ids[0], f"An inquiry about {FIRST}")
    for number, codec in enumerate(("utf-8", "cp1252", "utf-16")):
        rows = [student(1), zebedee(), zebedee(surname=FORMER.upper(), first_name="ZEBEDEE"), student(2)]
        data = table(rows).decode().encode(codec)
        draft = Draft.create(school.folder, STUDENTS, [SourceFile(f"{number}.csv", data, None)], NOW)
        draft.do(Change("Surname in row 2", cells=((2, "surname", "Nowak"),)))
        draft.do(Change("Surname in row 3", cells=((3, "surname", "Quillfeather"),)))
        draft.undo()
        draft.do(Change("Left out", left_out=(3, 5)))
        draft.close()
        (school.folder.path / f"{number}_errors.csv").write_bytes(data)
    (school.folder.path / "O'Quillfeather_Zébédée_errors.csv").write_bytes(table([student(2)]))
    by_hand = Draft.create(school.folder, STUDENTS, [], NOW)
    for row, texts in ((2, stored_zebedee()), (3, others(4)[0])):
        cells = tuple((row, key, text or "") for key, text in texts.items())
        by_hand.do(Change("Typed in", cells=cells, added=(row,)))
    by_hand.close()
    school.folder.unsaved.mkdir()
    (school.folder.unsaved / "PeopleScreen-students").write_text('{"text": "O\u2019QUILLFEATHER"}\n')
    (school.folder.unsaved / "SignUpScreen").write_text('{"text": "Grace"}\n')
    school.close()
    content = school.folder.students.read_bytes()
    (school.folder.path / "students.json.format-1").write_bytes(content)
    (school.folder.path / "students.json.altered").write_bytes(content[:-40])
    (school.folder.path / "students.json.damaged").write_bytes(json.dumps(json.loads(content)).encode())
    (school.folder.path / ".students.json.12345678.tmp").write_bytes(content)
    shutil.copy(school.folder.path / "journal", school.folder.path / "journal.altered")
    replaced = school.folder.path / "replaced" / "2026-03-02"
    replaced.mkdir(parents=True)
    for name in ("students.json", "setup.json", "journal", "imports"):
        copy = shutil.copytree if name == "imports" else shutil.copy
        copy(school.folder.path / name, replaced / name)
    with School(school.folder) as reopened:
        yield reopened
