"""The page for the head or the safeguarding lead, worked out from what is stored."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import polars as pl

from backdrop_tui.care.report.counts import by_group, by_year
from backdrop_tui.care.report.last_imports import joiners, last_imports, section_of_import
from backdrop_tui.care.report.parts import Bar, Chart, Listing, Page, Part, Section
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.group_summary import group_summaries, review_notes
from backdrop_tui.people.invitees import invitees
from backdrop_tui.people.leaver_list import (
    DAYS_NOTE,
    Leavers,
    leavers_of,
    leaving_in_words,
    number_to_confirm,
    place_of,
    task_in_words,
)
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import LEFT_ON
from backdrop_tui.records.outstanding import (
    ASK_ABOUT_FILE,
    GET_RECEIPT,
    IS_LATE,
    NEEDS_DESTINATION,
    SEND_FILE,
    TASK,
)
from backdrop_tui.records.rights.user_groups import CHILD_PROTECTION_RIGHTS, HEAD_ONLY_RIGHT
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.account import require_account
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.wording import counted, listed

_YEAR = timedelta(days=365)
_TASKS = {
    SEND_FILE: "Safeguarding files to send",
    GET_RECEIPT: "Receipts to ask for",
    ASK_ABOUT_FILE: "Leavers to ask about: is there a safeguarding file?",
}


def page_of(school: School, now: datetime, *, names: bool = False) -> Page:
    """Work the page out.

    Args:
        school: The school. With `names`, it can't be open read-only: that people are named is noted in the audit log.
        now: The current moment.
        names: Whether to name people.

    Raises:
        NoAccountError: Nobody has signed up.
        DataFolderError: What is stored can't be read, or the log can't be written.
    """
    account = require_account(school)
    imports = last_imports(school)
    sections = (
        _how_many(school),
        *(section_of_import(school, record, names=names) for record in imports),
        Section.of(
            "Who has joined", (part for record in imports for part in joiners(school, record, names=names))
        ),
        Section.of("Who has left", _who_has_left(school, now.date(), names=names)),
        Section.of("Who holds child-protection rights", _rights(school, names=names)),
        Section.of("What is left to do", _left_to_do(school)),
    )
    if names:
        log_event(school, Event.NAMES_REPORTED)
    whom = (
        "It names people: show it only to those who need to see it, and shred it afterwards."
        if names
        else "It names nobody."
    )
    made = f"Made on {date_time_in_words(now)}. {whom}"
    return Page(account.organisation, made, tuple(section for section in sections if section.parts))


def _how_many(school: School) -> Section:
    students, staff = school.current(STUDENTS), school.current(STAFF)
    return Section.of(
        "Who is at the school",
        (
            f"{STUDENTS.counted(students.height)} and {STAFF.counted(staff.height)}.",
            by_year("Students by year group and form", students, forms=True),
            by_group("Staff by user group", staff, school.group_names()),
        ),
    )


def _who_has_left(school: School, today: date, *, names: bool) -> Iterator[Part]:
    """Those who left in the past year, and what is to be done for any who have left."""
    for name, kind in KINDS.items():
        leavers = leavers_of(school, kind, today)
        if leavers.people.is_empty():
            continue
        is_recent = (pl.col(LEFT_ON) > (today - _YEAR).isoformat()).fill_null(value=True)
        recent = leavers.people.filter(is_recent)
        yield f"{kind.counted(recent.height)} left in the past 12 months."
        if kind is STUDENTS:
            yield by_year("Students who left, by the year group that they were in", recent)
            yield _outstanding(leavers)
            if leavers.outstanding.height:
                yield DAYS_NOTE
        if names:
            yield Listing(
                f"{name.capitalize()} who left in the past 12 months, or for whom something is to be done",
                tuple(
                    "; ".join(
                        filter(
                            None,
                            (
                                f"{name_of(person)}, {place_of(kind, person)}".rstrip(", "),
                                leaving_in_words(person),
                                task_in_words(person),
                            ),
                        )
                    )
                    for person in leavers.people.filter(
                        is_recent | pl.col("id").is_in(leavers.outstanding["id"].implode())
                    ).iter_rows(named=True)
                ),
            )


def _outstanding(leavers: Leavers) -> Chart:
    """What is to be done for students who have left, with how much of it is late."""
    people = leavers.outstanding
    bars = []
    for task, title in _TASKS.items():
        of_task = people.filter(pl.col(TASK) == task)
        late = of_task.filter(IS_LATE).height
        bars.append(Bar(title, of_task.height, f"{late:,} late" if late else ""))
    without = people.filter(NEEDS_DESTINATION).height
    bars.append(Bar("Of compulsory school age, and their new school isn't known", without))
    return Chart("To be done for students who have left", tuple(bar for bar in bars if bar.number))


def _rights(school: School, *, names: bool) -> Iterator[Part]:
    """The user groups with rights to what concerns child protection, and who is in them."""
    wanted = CHILD_PROTECTION_RIGHTS | {HEAD_ONLY_RIGHT}
    staff = school.current(STAFF).sort(pl.col("surname", "first_name").str.to_lowercase())
    summaries = group_summaries(school)
    for summary in summaries:
        rights = [right.title.lower() for right in summary.rights if right.key in wanted]
        if not rights:
            continue
        members = staff.filter(pl.col("user_group") == summary.name)
        title = f"{summary.name}: {counted(members.height, 'person', 'people')} ({listed(rights)})"
        if names:
            people = (
                f"{name_of(person)}, {person['job_role'] or ''}".rstrip(", ")
                for person in members.iter_rows(named=True)
            )
            yield Listing(title, tuple(people)) if members.height else title
        else:
            roles = members["job_role"].fill_null("No job role").value_counts(sort=True).rows()
            yield (
                Listing(title, tuple(f"{role}: {number:,}" for role, number in sorted(roles)))
                if roles
                else title
            )
    if number := number_to_confirm(school):
        held = "held child-protection rights. Confirm that they no longer have access"
        yield f"{counted(number, 'person', 'people')} who left {held}: “backdrop list leavers”."


def _left_to_do(school: School) -> Iterator[Part]:
    progress = set_up_progress(school)
    steps = [status for status in progress.steps if status.state != "done"]
    if not steps:
        yield "Every step of set-up is done."
    yield from review_notes(group_summaries(school))
    yield from _without_message(school)
    yield Listing(
        "Steps of set-up",
        tuple(
            f"{status.step.title} ({status.state.replace('-', ' ')}): {status.step.hint}" for status in steps
        ),
    )
    yield Listing("Data", tuple(fault.message for fault in school.store.faults()))


def _without_message(school: School) -> Iterator[str]:
    """How many staff have no welcome e-mail, although some have been sent or saved."""
    staff = invitees(school)
    if not any(invitee.was_invited for invitee in staff):
        return
    in_outbox = sum(invitee.is_in_outbox for invitee in staff)
    if in_outbox:
        is_file = "is only a file" if in_outbox == 1 else "are only files"
        yield f"{counted(in_outbox, 'welcome e-mail')} {is_file} in the outbox, because no mail server was set up."
    if others := sum(not invitee.was_invited for invitee in staff):
        yield f"{STAFF.counted(others)} {'has' if others == 1 else 'have'} not been sent a welcome e-mail."
