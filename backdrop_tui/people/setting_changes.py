"""Change system settings, subject to the step's lock and noted in the audit log, and explain the consequences."""

from contextlib import suppress
from dataclasses import dataclass, replace

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.checking.check import check
from backdrop_tui.records.birth_dates.finding_types import YEAR_AGE
from backdrop_tui.records.fields.year_group import YEAR_PHASE
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import Setting, Value, setting_named
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked


@dataclass(frozen=True)
class CurrentSetting:
    """A setting with its current value."""

    setting: Setting
    """The setting."""
    value: Value | None
    """The current value; None if there is none."""
    default: Value | None
    """The default value; None if there is none."""
    is_default: bool
    """Whether the current value is the default."""

    @classmethod
    def of(cls, school: School, name: str) -> "CurrentSetting":
        """A school's setting with its current value.

        Raises:
            UnusableChoiceError: There is no such setting.
            DataFolderError: The stored data can't be read.
        """
        setting, settings = setting_named(name), school.settings
        value, default = settings.get(setting.name), setting.default(settings)
        return cls(setting, value, default, is_default=value == default)

    @property
    def text(self) -> str:
        """The current value as text for people."""
        return self.setting.text_of(self.value)

    @property
    def can_be_reset(self) -> bool:
        """Whether resetting the setting to its default is allowed and would change it."""
        return not self.setting.needed and not self.is_default


@dataclass(frozen=True)
class ChangedSetting:
    """The result of changing a setting."""

    current: CurrentSetting
    """The setting with its new value."""
    changed: bool
    """Whether the value is different from before."""
    note: str = ""
    """What the change means for the people stored; empty if it means nothing."""


def change_setting(school: School, name: str, text: str) -> ChangedSetting:
    """Change a system setting to the text that was typed; a blank text resets it to its default.

    Args:
        school: The school.
        name: The setting's name on the command line.
        text: The new value as it was typed.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: There is no such setting, or it can't have that value; nothing was changed.
        DataFolderError: The value can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_SETTINGS)  # before the data folder is locked
    name, settings = setting_named(name).name, school.settings
    with school.store.transaction():
        stored_before, value_before = settings.stored_value(name), settings.get(name)
        settings.put(name, text)
        if settings.stored_value(name) != stored_before:
            log_event(school, Event.SETTING_CHANGED, about=name)
        current = CurrentSetting.of(school, name)
    changed = current.value != value_before
    note = ""
    if changed:
        with suppress(DataFolderError):  # the setting has been stored all the same
            note = _effect_on_students(school, current)
    return ChangedSetting(current, changed, note)


def _effect_on_students(school: School, current: CurrentSetting) -> str:
    """What a change means for the students at the school, none of whom it changes; empty if it means nothing.

    Raises `DataFolderError` if they can't be read.
    """
    warnings = {"phase": YEAR_PHASE, "academic-year": YEAR_AGE}
    warning = warnings.get(current.setting.name)
    if warning is None:
        return ""
    students = school.current(STUDENTS)
    if students.is_empty():
        return ""
    people = students.select(STUDENTS.keys).with_row_index("row")
    without_findings = replace(
        STUDENTS, findings=()
    )  # which would explain the warnings instead of listing them
    problems = check(without_findings, people, school.context(school.settings.today), students).problems
    misfits = problems.filter(problems["code"] == warning.code)["row"].n_unique()
    unchanged = "No student was changed."
    if not misfits:
        return f"{unchanged} They are all in a suitable year group."
    who, verb = STUDENTS.counted(misfits), "is" if misfits == 1 else "are"
    if warning is YEAR_AGE:
        return (
            f"{unchanged} By age, {who} would be in a different year group in {current.text}. "
            "To move them up, import a new file from your MIS."
        )
    return (
        f"{unchanged} {who} {verb} in a year group that this phase does not have. "
        "If the phase is right, change them in Administration or import a new file."
    )
