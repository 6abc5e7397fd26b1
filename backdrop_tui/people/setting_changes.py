"""Changing a system setting, which the step's lock and the audit log know of, and what that means for who is stored."""

from dataclasses import dataclass

from backdrop_tui.intake.checking.check import check
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import Setting, Value, setting_named
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked


@dataclass(frozen=True)
class SettingNow:
    """What a setting is."""

    setting: Setting
    """The setting."""
    value: Value | None
    """What it is; None where it has no value."""
    default: Value | None
    """What it is unless set; None where it has no default."""
    is_default: bool
    """Whether it is not set, or set to what it would be anyway."""

    @classmethod
    def of(cls, school: School, name: str) -> "SettingNow":
        """What a setting of a school is.

        Raises:
            UnusableChoiceError: There is no such setting.
            DataFolderError: What is stored can't be read.
        """
        setting, settings = setting_named(name), school.settings
        value, default = settings.get(setting.name), setting.default(settings)
        return cls(setting, value, default, is_default=value == default)

    @property
    def said(self) -> str:
        """What it is, in words."""
        return self.setting.said(self.value)

    @property
    def can_be_default(self) -> bool:
        """Whether it can be set back, and that would change it."""
        return not self.setting.needed and not self.is_default


@dataclass(frozen=True)
class SettingChange:
    """What changing a setting came to."""

    now: SettingNow
    """What it is now."""
    changed: bool
    """Whether it was something else before."""
    note: str = ""
    """What that means for those who are stored already, in words; empty where it means nothing."""


def change_setting(school: School, name: str, text: str) -> SettingChange:
    """Change a system setting to what was typed; blank makes it its default again.

    Args:
        school: Whose setting.
        name: Its name on the command line.
        text: What was typed.

    Raises:
        LockedError: Nobody has signed up yet.
        UnusableChoiceError: There is no such setting, or it can't be that; nothing was changed.
        DataFolderError: It can't be stored; nothing was.
    """
    require_unlocked(school, REVIEW_SETTINGS)  # before anything is locked
    name, settings = setting_named(name).name, school.settings
    with school.setup.transaction():
        own, value = settings.own(name), settings.get(name)
        settings.put(name, text)
        if settings.own(name) != own:
            audit_log.note(school.folder, email_of(school), Event.SETTING_CHANGED, about=name)
    now = SettingNow.of(school, name)
    changed = now.value != value
    return SettingChange(now, changed, _of_those_stored(school, now) if changed else "")


def _of_those_stored(school: School, now: SettingNow) -> str:
    """What a change means for students who are stored. They stay as they are: only a file or a person changes them."""
    codes = {"phase": "year-phase", "academic-year": "year-age"}
    code = codes.get(now.setting.name)
    if code is None:
        return ""
    students = school.stored(STUDENTS)
    if students.is_empty():
        return ""
    people = students.drop("id").with_row_index("row")
    problems = check(STUDENTS, people, school.context(school.settings.today), students).problems
    misfits = problems.filter(problems["code"] == code)["row"].n_unique()
    stay = "Students who are stored stay as they are"
    if not misfits:
        return f"{stay}; all are in a year group that fits."
    who = STUDENTS.counted(misfits)
    if code == "year-age":
        return f"{stay}: {who} would by age be in another year group in {now.said}. A new file from your MIS moves them up."
    are = "is" if misfits == 1 else "are"
    return (
        f"{stay}: {who} {are} in a year group that this phase does not have. "
        "If the phase is right, change them in Administration or by a new file."
    )
