"""The system settings."""

from datetime import date

import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import SETTINGS, Settings, setting_named
from backdrop_tui.store.folder import DataFolder


def test_the_settings_have_the_names_of_the_command_line() -> None:
    assert list(SETTINGS) == [
        "organisation", "phase", "academic-year", "lead-name", "lead-email", "mail-host", "mail-port", "mail-security",
        "mail-user", "mail-from", "idle-minutes", "existing", "theme",
        "keep-drafts", "keep-outbox", "keep-undo", "keep-leavers", "keep-transferred",
    ]  # fmt: skip


def test_each_setting_has_a_purpose_of_one_line() -> None:
    for setting in SETTINGS.values():
        assert setting.purpose.endswith(".")
        assert "\n" not in setting.purpose
        assert setting.label
        assert (setting.kind == "choice") == bool(setting.choices)


def test_the_defaults_suit_a_new_school(school: School) -> None:
    settings = Settings(school.store, date(2026, 8, 31))
    assert {name: settings.get(name) for name in SETTINGS} == {
        "organisation": None,
        "phase": "all-through",
        "academic-year": 2025,
        "lead-name": None,
        "lead-email": None,
        "mail-host": None,
        "mail-port": 587,
        "mail-security": "starttls",
        "mail-user": None,
        "mail-from": None,
        "idle-minutes": 30,
        "existing": "update",
        "keep-drafts": 90,
        "keep-outbox": 30,
        "keep-undo": 365,
        "keep-leavers": 25,
        "keep-transferred": 1,
        "theme": "dark",
    }
    assert Settings(school.store, date(2026, 9, 1)).number("academic-year") == 2026


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("organisation", "  St  Mary’s ", "St Mary’s"),
        ("phase", "Sixth-Form", "sixth form"),
        ("phase", "ALL THROUGH", "all-through"),
        ("academic-year", "2026", 2026),
        ("academic-year", "2026/27", 2026),
        ("academic-year", " 2099 - 2100 ", 2099),
        ("lead-email", "dsl@EXAMPLE.org", "dsl@example.org"),
        ("mail-host", "SMTP.school.org.uk.", "smtp.school.org.uk"),
        ("mail-host", "10.0.0.25", "10.0.0.25"),
        ("mail-host", "[::1]", "::1"),
        ("mail-port", "2525", 2525),
        ("mail-security", "STARTTLS", "starttls"),
        ("mail-security", "SSL/TLS", "tls"),
        ("mail-user", "SCHOOL\\backdrop", "SCHOOL\\backdrop"),
        ("idle-minutes", "1440", 1440),
        ("existing", "Fill", "fill"),
        ("theme", "High-Contrast", "high contrast"),
    ],
)
def test_values_are_stored_in_one_form(school: School, name: str, typed: str, kept: str | int) -> None:
    assert school.settings.put(name, typed) == kept
    assert school.settings.get(name) == kept
    assert school.store.table("settings").get(name) == {"key": name, "value": kept}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("organisation", ""),
        ("organisation", "\u200b"),
        ("phase", "university"),
        ("academic-year", "26"),
        ("academic-year", "2026/28"),
        ("academic-year", "1999"),
        ("academic-year", "٢٠٢٦"),
        ("lead-name", "Evil\x1b[2J"),
        ("lead-email", "dsl"),
        ("mail-host", "smtp.school.org.uk:587"),
        ("mail-host", "https://smtp.school.org.uk"),
        ("mail-host", "-smtp"),
        ("mail-host", "a..b"),
        ("mail-host", "a b"),
        ("mail-host", "x" * 64),
        ("mail-port", "0"),
        ("mail-port", "65536"),
        ("mail-port", "5e2"),
        ("mail-port", "9" * 5000),
        ("mail-security", "maybe"),
        ("mail-user", "a\x00b"),
        ("mail-from", "a@example.org\nBcc: b@example.org"),
        ("idle-minutes", "0"),
        ("idle-minutes", "-5"),
        ("existing", "delete"),
        ("keep-drafts", "0"),
        ("keep-leavers", "5"),
        ("keep-transferred", "for ever"),
        ("theme", "pink"),
    ],
)
def test_an_impossible_value_is_refused_in_a_sentence_and_changes_nothing(
    school: School, name: str, typed: str
) -> None:
    before = school.settings.get(name)
    with pytest.raises(UnusableChoiceError) as refused:
        school.settings.put(name, typed)
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 200
    assert school.settings.get(name) == before
    assert school.store.table("settings").all() == []


def test_a_blank_text_resets_a_setting(school: School) -> None:
    school.settings.put("idle-minutes", "5")
    assert school.settings.stored_value("idle-minutes") == 5
    assert school.settings.put("idle-minutes", " ") == 30
    assert school.settings.stored_value("idle-minutes") is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "10.0.0.25", "smtp.school.org.uk"])
def test_mail_is_encrypted_unless_the_settings_say_otherwise(school: School, host: str) -> None:
    school.settings.put("mail-host", host)
    assert (school.settings.get("mail-security"), school.settings.get("mail-port")) == ("starttls", 587)


REMOTE = {"mail-host": "smtp.school.org.uk", "mail-security": "none", "mail-user": "backdrop"}


@pytest.mark.parametrize("last", REMOTE)
@pytest.mark.parametrize(
    "host", ["smtp.school.org.uk", "10.0.0.25", "::ffff:10.0.0.25", "localhost.school.org.uk"]
)
def test_a_password_that_would_travel_unencrypted_is_refused_whichever_setting_comes_last(
    school: School, last: str, host: str
) -> None:
    settings = REMOTE | {"mail-host": host}
    for name in settings:
        if name != last:
            school.settings.put(name, settings[name])
    with pytest.raises(UnusableChoiceError, match="unencrypted"):
        school.settings.put(last, settings[last])
    assert school.settings.stored_value(last) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_a_password_may_go_unencrypted_to_this_computer(school: School, host: str) -> None:
    for name, text in (REMOTE | {"mail-host": host}).items():
        school.settings.put(name, text)


def test_the_port_follows_the_security(school: School) -> None:
    school.settings.put("mail-security", "tls")
    assert school.settings.get("mail-port") == 465
    school.settings.put("mail-port", "2465")
    assert school.settings.get("mail-port") == 2465


@pytest.mark.parametrize("value", [None, True, [], {}, 1.5, "", "nonsense", -1])
def test_a_setting_damaged_in_the_file_has_its_default(school: School, value: object) -> None:
    for name in ("phase", "idle-minutes", "mail-security"):
        school.store.table("settings").put(name, {"value": value})
    assert [school.settings.get(name) for name in ("phase", "idle-minutes", "mail-security")] == [
        "all-through",
        30,
        "starttls",
    ]


def test_an_unknown_setting_is_refused_with_a_list_of_all() -> None:
    assert setting_named("Mail_Host").name == "mail-host"
    with pytest.raises(
        UnusableChoiceError, match=r"no setting “colour”\. Choose one of: organisation, phase"
    ):
        setting_named("colour")


def test_settings_can_be_read_from_a_read_only_school(data: DataFolder) -> None:
    with School(data, read_only=True) as school:
        assert school.settings.get("existing") == "update"
        with pytest.raises(DataFolderError):
            school.settings.put("existing", "fill")
