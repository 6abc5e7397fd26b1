"""What a file appears to be that isn't a list of the people it was picked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import folded_headings
from backdrop_tui.records.schema.kind import RecordKind

REPORTS = {
    "a report of incidents": folded_headings(
        "incident incidents behaviour behaviours detention detentions sanction sanctions exclusion exclusions suspension "
        "suspensions conduct severity consequence consequences bullying merit merits demerit demerits points outcome "
        "concern concerns location witness witnesses action reported"
    ),
    "a list of marks": folded_headings(
        "mark marks score scores grade grades result results test tests exam exams assessment assessments attainment "
        "progress target targets predicted scaled percentile effort english maths mathematics science reading writing "
        "spelling phonics history geography french german spanish art music computing biology chemistry physics"
    ),
    "an attendance report": folded_headings(
        "attendance attendances attended absence absences absent authorised unauthorised unauth present late lates session "
        "sessions punctuality possible am pm mark minutes"
    ),
    "a list of parents and other contacts": folded_headings(
        "parent parents parental mother father mum dad guardian guardians carer carers contact contacts emergency kin "
        "relation relationship salutation responsibility priority"
    ),
    "a timetable": folded_headings(
        "period periods lesson lessons room rooms timetable monday tuesday wednesday thursday friday week starts ends"
    ),
    "a list of payments": folded_headings(
        "amount balance paid payment payments invoice invoices fee fees owed due price total meals dinners debt cost"
    ),
    "a list of clubs or trips": folded_headings(
        "club clubs activity activities trip trips visit visits day time venue consent leader cost paid places"
    ),
    "a list of subject choices": folded_headings(
        "option options choice choices block blocks subject subjects reserve"
    ),
    "a list for school transport": folded_headings(
        "route stop bus coach taxi pass driver pickup dropoff transport"
    ),
    "a list of leavers' destinations": folded_headings(
        "destination destinations employment employer leaving neet apprenticeship college"
    ),
    "a list of exam entries": folded_headings(
        "candidate uci board element tier series component entry entries centre spec specification qualification paper seat fee"
    ),
    "a list of library loans": folded_headings(
        "borrower author title isbn loan loans barcode due returned overdue fine"
    ),
    "a list of equipment": folded_headings(
        "asset assets device devices serial model make manufacturer purchase purchased warranty supplier tag location"
    ),
}
"""What other reports are called, with words that their headings have. Of several with as many, the first counts."""
REPORTS_ABOUT_PUPILS = {
    "a report about special educational needs": folded_headings(
        "sen send need needs ehcp ehc provision provisions intervention interventions diagnosis diagnoses strategies review"
    ),
    "a report about pupil premium and free meals": folded_headings(
        "pp premium ppi fsm ever ever6 eligible eligibility funding indicator amount term"
    ),
    "a medical report": folded_headings(
        "condition conditions medical medication medicine medicines dosage dose allergy allergies asthma epipen dietary gp care "
        "vaccine vaccination immunisation administered"
    ),
}
"""Those of whose words one or two are among the headings of many a class list."""
_ENOUGH, _ENOUGH_ABOUT_PUPILS = 2, 3
"""The number of columns that must have such a word, or that only one kind of people has."""


@dataclass(frozen=True)
class WrongFile:
    """What a file appears to be."""

    content: str
    """What it is, with its article: `an attendance report`, `a list of staff`."""
    wanted: str
    """The plural of the people whom it should list."""
    kind: RecordKind | None = None
    """The kind of people that it lists instead; None if it lists none."""

    @property
    def sentence(self) -> str:
        """What it appears to be, as a sentence."""
        return f"This looks like {self.content}, not a list of {self.wanted}."


def wrong_file(sheet: Sheet, matching: Matching) -> WrongFile | None:
    """What a file appears to be if it isn't a list of the people it was picked for; None if it may well be one.

    Args:
        sheet: The file.
        matching: Where its columns go.
    """
    kind = matching.kind
    if not matching.missing:
        return None
    others = [match_columns(sheet, other) for other in KINDS.values() if other.name != kind.name]
    likelier = [other for other in others if len(_telling(other)) > len(_telling(matching))]
    complete = [other for other in likelier if not other.missing]
    if complete:
        return _list_of(complete[0].kind, kind)
    lacks_more = any(not field.can_be_uniform for field in matching.missing) or not _telling(matching)
    if lacks_more and (report := _report(sheet)):
        return WrongFile(report, kind.plural)
    if likelier and len(_telling(likelier[0])) >= _ENOUGH:
        return _list_of(likelier[0].kind, kind)
    return None


def _list_of(kind: RecordKind, wanted: RecordKind) -> WrongFile:
    return WrongFile(f"a list of {kind.plural}", wanted.plural, kind)


def _telling(matching: Matching) -> set[str]:
    """The fields that columns go to and that no other kind of people has, by key."""
    others = (other.keys for other in KINDS.values() if other.name != matching.kind.name)
    return {target for target in matching.targets if target in matching.kind.keys} - set().union(*others)


def _report(sheet: Sheet) -> str:
    """The report whose words most columns have in their headings; empty if too few have any."""
    headings = [Heading(heading).words for heading in sheet.headings]
    counts = {report: _count(headings, words) for report, words in REPORTS.items()}
    about_pupils = {report: _count(headings, words) for report, words in REPORTS_ABOUT_PUPILS.items()}
    counts |= {report: count for report, count in about_pupils.items() if count >= _ENOUGH_ABOUT_PUPILS}
    best = max(counts, key=lambda report: counts[report])
    return best if counts[best] >= _ENOUGH else ""


def _count(headings: Iterable[tuple[str, ...]], words: frozenset[str]) -> int:
    return sum(not words.isdisjoint(heading) for heading in headings)
