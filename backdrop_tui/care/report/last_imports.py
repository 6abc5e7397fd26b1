"""The last import of students and of staff: what it changed, who was left out, and who has joined with it."""

from collections.abc import Iterator

import polars as pl

from backdrop_tui.care.report.counts import by_group, by_year
from backdrop_tui.care.report.left_out import names_left_out
from backdrop_tui.care.report.parts import Bar, Chart, Listing, Part, Section
from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_list import place_of
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.import_history import ImportRecord, date_time_in_words, import_records
from backdrop_tui.school.school import School
from backdrop_tui.wording import counted


def last_imports(school: School) -> list[ImportRecord]:
    """The last import of students that is stored, then the last one of staff."""
    stored = [record for record in import_records(school) if record.state == "succeeded"]
    last = [next((record for record in stored if record.kind == name), None) for name in KINDS]
    return [record for record in last if record is not None]


def section_of_import(school: School, record: ImportRecord, *, names: bool) -> Section:
    """What an import changed, and who was left out and why."""
    kind = KINDS[record.kind]
    what = f"{record.in_words[:1].upper()}{record.in_words[1:]}"
    by_whom = f", by {record.done_by}" if names else ""
    return Section.of(
        f"The last import of {kind.plural}",
        (
            f"{what}, {date_time_in_words(record.started)}{by_whom}.",
            _counts(record, kind),
            _changed_fields(school, record, kind),
            Chart("Left out, and why", tuple(Bar(reason, number) for reason, number in record.left_out_for)),
            _why_unknown(record),
            names_left_out(school, record) if names and record.left_out else None,
        ),
    )


def joiners(school: School, record: ImportRecord, *, names: bool) -> Iterator[Part]:
    """Who has joined with an import and is at the school."""
    kind, undo_record = KINDS[record.kind], _undo_record(school, record)
    current = school.current(kind)
    joined = current.filter(pl.col("id").is_in(undo_record.added["id"].implode())) if undo_record else None
    if joined is None or (joined.is_empty() and record.added):
        yield f"{kind.counted(record.added)} joined with the last import."
        return
    if joined.height == current.height != 1:
        yield f"All {kind.counted(joined.height)} were added by the last import." if joined.height else ""
        return
    yield f"{kind.counted(joined.height)} joined with the last import."
    title = f"{kind.plural.capitalize()} who joined"
    yield _chart(school, kind, title, joined)
    if names:
        in_order = joined.sort(pl.col("surname", "first_name").str.to_lowercase())
        people = in_order.iter_rows(named=True)
        yield Listing(
            title,
            tuple(", ".join(filter(None, (name_of(person), place_of(kind, person)))) for person in people),
        )


def _chart(school: School, kind: RecordKind, title: str, people: pl.DataFrame) -> Chart:
    return by_year(title, people) if kind is STUDENTS else by_group(title, people, school.group_names())


def _counts(record: ImportRecord, kind: RecordKind) -> str:
    sentence = (
        f"{kind.counted(record.added)} added, {record.updated:,} changed, {record.unchanged:,} unchanged, "
        f"{counted(record.left_out, 'row')} left out."
    )
    if record.is_turn:
        sentence += (
            f" {record.left:,} left the school, {record.returned:,} came back, {record.unclear:,} unclear."
        )
    return sentence


def _why_unknown(record: ImportRecord) -> str:
    """What to say if an import left rows out and the reasons weren't kept."""
    return (
        "Why rows were left out was not kept by that version."
        if record.left_out and not record.left_out_for
        else ""
    )


def _changed_fields(school: School, record: ImportRecord, kind: RecordKind) -> Chart | None:
    """How many people the import changed in each field, as far as they are still stored."""
    undo_record = _undo_record(school, record)
    if undo_record is None or undo_record.before.is_empty():
        return None
    fields = [field for field in kind.fields if field.key in undo_record.keys]
    now = school.stored(kind).select("id", *(pl.col(field.key).alias(f"{field.key}.now") for field in fields))
    compared = undo_record.before.join(now, on="id")
    bars = (
        Bar(field.label, compared.filter(pl.col(field.key).ne_missing(pl.col(f"{field.key}.now"))).height)
        for field in fields
    )
    return Chart("What changed", tuple(bar for bar in bars if bar.number))


def _undo_record(school: School, record: ImportRecord) -> UndoRecord | None:
    """What is kept to undo an import; None if that is no longer there, or can't be read."""
    try:
        return UndoRecord.find(school, record.id)
    except DataFolderError:
        return None
