"""Looking through the system settings, changing them, and confirming them."""

from backdrop_tui.cli.plain.dialogue import BLANK, HYPHEN
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.mail.testing import result_of_test, send_test_message
from backdrop_tui.people.setting_changes import ChangedSetting, CurrentSetting, change_setting
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.steps.marks import mark_reviewed


def review_settings(session: Session) -> None:
    """List the settings with what each does, and change them until the user confirms or goes back."""
    require_unlocked(session.school, REVIEW_SETTINGS)
    dialogue, names = session.dialogue, list(SETTINGS)
    while True:
        current = [CurrentSetting.of(session.school, name) for name in names]
        choices = [f"{each.setting.label}: {_value(each)}. {each.setting.purpose}" for each in current]
        actions = ["Send a test message", "Confirm that you have reviewed the settings"]
        choice = dialogue.choose("System settings. Choose one to change it.", [*choices, *actions])
        if choice is None:
            return
        with session.telling_errors():
            if choice < len(names):
                _change(session, current[choice])
            elif choice == len(names):
                dialogue.say(result_of_test(send_test_message(session.school, "")))
            else:
                mark_reviewed(session.school, REVIEW_SETTINGS)
                dialogue.say("The system settings are confirmed as reviewed.")
                return


def _change(session: Session, current: CurrentSetting) -> None:
    """Ask for a new value."""
    setting = current.setting

    def store(text: str) -> ChangedSetting:
        return change_setting(session.school, setting.name, "" if text == BLANK else text)

    if setting.choices:
        labels = [
            f"{choice}{f': {setting.meanings[choice]}' if choice in setting.meanings else ''}"
            for choice in setting.choices
        ]
        choice = session.dialogue.choose(f"{setting.label}: {_value(current)}.", labels)
        changed = None if choice is None else store(setting.choices[choice])
    else:
        reset = f" Type {HYPHEN} to set it back to its default." if current.can_be_reset else ""
        changed = session.dialogue.text(
            f"{setting.label}: {_value(current)}. Type the new value.{reset}", store
        )
    if changed is not None:
        verb = "is now" if changed.changed else "is still"
        session.dialogue.say(
            f"{setting.label} {verb} {changed.current.text}.", *([changed.note] if changed.note else [])
        )


def _value(current: CurrentSetting) -> str:
    return f"{current.text}{', the default' if current.is_default and current.value is not None else ''}"
