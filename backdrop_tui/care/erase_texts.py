"""What is said before someone is erased, and the receipt afterwards, which has numbers only."""

from collections.abc import Iterator
from datetime import date

from backdrop_tui.care.erase import Receipt, Traces
from backdrop_tui.care.retention import retention_of
from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_list import file_in_words, leaving_in_words, place_of
from backdrop_tui.records.fields.dates import in_words
from backdrop_tui.records.leaving import LEFT, STATUS
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.leaver_notes import reason_to_keep
from backdrop_tui.school.school import School
from backdrop_tui.store.port import Person
from backdrop_tui.wording import counted, listed

CANNOT_BE_UNDONE = "This can't be undone. Backups, exports and copies elsewhere still have the data: deal with those yourself."
"""What nobody must learn only afterwards."""


def warning(school: School, traces: Traces, today: date) -> list[str]:
    """What to know before one person is erased, a paragraph each: who, what retention asks for, and what will be removed.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    subject = traces.subjects[0]
    person = school.store.people(subject.kind.name).get(subject.id)
    about = _about_student if subject.kind is STUDENTS else _about_staff
    paragraphs = [_who(subject, person)]
    if person is not None:
        paragraphs.append(" ".join(about(school, person, today)))
        paragraphs.append(_alternatives(person))
    paragraphs.append(f"This will erase {listed(_extent(traces))}.")
    paragraphs += _side_effects(traces)
    return [*paragraphs, CANNOT_BE_UNDONE]


def warning_about_many(traces: Traces) -> list[str]:
    """What to know before people are removed whose records are due, a paragraph each. Who they are has been shown."""
    return [f"This will erase {listed(_extent(traces))}.", *_side_effects(traces), CANNOT_BE_UNDONE]


def receipt_text(receipt: Receipt) -> list[str]:
    """What was erased, a line each."""
    if receipt.was_done:
        return ["They have already been erased. Nothing is left to erase."]
    if receipt.was_interrupted:
        return ["Erasing them was interrupted. It is finished now."]
    lines = [f"Erased: {counted(receipt.people, 'person', 'people')}."]
    lines += [
        f"{title}: {number:,}."
        for title, number in (
            ("Imports whose undo data was about them", receipt.undo_data),
            ("Drafts that go on without them", receipt.drafts),
            ("Rows made blank in these drafts", receipt.draft_rows),
            ("Drafts removed", receipt.drafts_removed),
            ("Errors files cleaned", receipt.errors_files),
            ("Messages removed from the outbox", receipt.messages),
            ("Unsaved texts removed", receipt.unsaved),
            ("Kept copies cleaned or removed", receipt.copies),
            ("Notes, answers and settings removed", receipt.notes),
        )
        if number
    ]
    lines += undo_lost_text(receipt)
    if receipt.other_names:
        lines.append(f"Rows that were taken to be theirs under another name: {receipt.other_names:,}.")
    if receipt.namesakes:
        lines.append(_same_name(receipt.namesakes))
    if receipt.left:
        files = listed(receipt.left, at_most=5)
        lines.append(
            f"These files don't belong to this program, and may still have something about them: {files}. Check and delete what isn't needed."
        )
    return lines


def undo_lost_text(receipt: Receipt) -> tuple[str, ...]:
    """That imports can't be undone any more, as one sentence; none if there are no such imports."""
    if not receipt.undo_lost:
        return ()
    return (
        f"Damaged undo data was removed, so {counted(receipt.undo_lost, 'import')} can no longer be undone.",
    )


def _who(subject: DataSubject, person: Person | None) -> str:
    """The person's name, and where they belong."""
    if person is None:
        name = next((name_of(version) for version in subject.versions), "")
        return f"{name or subject.id} is no longer stored as a {subject.kind.singular}, but undo data or the like is still kept."
    return f"{name_of(person)} ({', '.join(filter(None, (subject.kind.singular, place_of(subject.kind, person))))})"


def _about_student(school: School, student: Person, today: date) -> Iterator[str]:
    """Whether a student is at the school, where the safeguarding file is, and what retention asks for."""
    retention = retention_of(school, student)
    if student[STATUS] == LEFT:
        leaving = leaving_in_words(student)
        yield f"The student {leaving}. Safeguarding file: {file_in_words(student)}."
    else:
        yield "The student is at the school, so no safeguarding file has been sent on."
    yield retention.why
    if retention.due_on is not None:
        is_due = retention.due_on <= today
        yield f"It {'has been due for removal since' if is_due else 'is not due for removal before'} {in_words(retention.due_on)}."
    if retention.kept_because:
        yield f"It is marked to be kept: {retention.kept_because}."


def _about_staff(school: School, person: Person, _today: date) -> Iterator[str]:
    """Whether a member of staff is at the school."""
    has_left = person[STATUS] == LEFT
    yield f"They {leaving_in_words(person)}." if has_left else "They are at the school."
    if reason := reason_to_keep(school, person["id"] or ""):
        yield f"Their record is marked to be kept: {reason}."


def _alternatives(person: Person) -> str:
    """What is usually meant instead."""
    if person[STATUS] == LEFT:
        return "If something in the record is wrong, correct it instead. That is usually what is needed."
    return (
        "If something in the record is wrong, correct it instead; if they have left, mark them as having left. "
        "That is usually what is needed."
    )


def _extent(traces: Traces) -> Iterator[str]:
    """What will be erased, an item each."""
    drafts = [draft for draft in traces.drafts if not draft.is_removed]
    removed = len(traces.drafts) - len(drafts)
    people = len(traces.subjects)
    yield "the record" if people == 1 else counted(people, "record")
    for number, one, many in (
        (traces.stored.undo_data, "the undo data of 1 import", "the undo data of {:,} imports"),
        (
            sum(len(draft.rows) for draft in drafts),
            "1 row in a draft (it becomes blank)",
            "{:,} rows in drafts (they become blank)",
        ),
        (
            removed,
            "1 whole draft, which can't be read without them",
            "{:,} whole drafts, which can't be read without them",
        ),
        (traces.number_in("errors-file"), "rows in 1 errors file", "rows in {:,} errors files"),
        (traces.number_in("outbox"), "1 message in the outbox", "{:,} messages in the outbox"),
        (traces.number_in("unsaved"), "1 unsaved text", "{:,} unsaved texts"),
        (
            traces.number_in("copy"),
            "their data in 1 copy that was kept when a damaged or older file was replaced",
            "their data in {:,} copies that were kept when damaged or older files were replaced",
        ),
        (
            traces.stored.notes,
            "1 note, answer or setting",
            "{:,} notes, answers and settings",
        ),
    ):
        if number:
            yield one if number == 1 else many.format(number)


def _side_effects(traces: Traces) -> Iterator[str]:
    """What else happens, or stays."""
    if traces.stored.undo_damaged:
        yield "Undo data is damaged and will be removed, so that import and those before it can no longer be undone."
    if other_names := traces.rows_under_other_names:
        rows, have, are = ("row", "has", "is") if other_names == 1 else ("rows", "have", "are")
        yield (
            f"{other_names:,} {rows} in drafts or errors files {have} another name, and {are} taken to be theirs because of the date of birth "
            "or an earlier answer. If that may be wrong, look at what “backdrop subject-access” shows first."
        )
    if traces.stored.is_lead:
        yield "They are named in the system settings as the safeguarding lead. That will be removed; name someone else. Messages to others in the outbox may name them until they are removed with it."
    if traces.stored.is_account:
        yield "The account of this program is in their name, and stays. To change it, sign up again."
    namesakes = {str(other["id"]) for subject in traces.subjects for other in subject.namesakes}
    if namesakes:
        yield _same_name(len(namesakes))


def _same_name(number: int) -> str:
    has = "has" if number == 1 else "have"
    return (
        f"{counted(number, 'other person', 'other people')} {has} the same name. Everything about them stays."
    )
