"""The mail server's password: where it is looked for, and how it is kept out of sight."""

import traceback
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.mail.errors import MailError
from backdrop_tui.mail.password import FILE, VARIABLE, Password, mail_password
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.letters import SECRET, USER, password_file, post, refusal
from tests.support.mail_server import mail_server, use

pytestmark = pytest.mark.usefixtures("account")


@pytest.mark.parametrize("secret", [SECRET, "£–pass"])
def test_a_wrong_password_is_reported_and_never_shown(
    school: School, monkeypatch: pytest.MonkeyPatch, secret: str, data: DataFolder
) -> None:
    monkeypatch.setenv(VARIABLE, secret)
    with mail_server(login=(USER, "another")) as box:
        use(school, box.port, user=USER)
        with pytest.raises(MailError, match="did not accept the user name or password") as refused:
            post(school)
    assert refused.value.__context__ is None
    trace = refused.value.__traceback__
    assert trace is not None
    inner = traceback.StackSummary.extract(traceback.walk_tb(trace.tb_next), capture_locals=True)
    assert secret not in "".join(inner.format())
    school.close()
    assert not [path for path in data.path.iterdir() if secret.encode() in path.read_bytes()]


def test_a_password_is_never_displayed_by_accident() -> None:
    password = Password(SECRET)
    assert SECRET not in f"{password!r} {password} {[password]}"


def test_the_environment_variable_takes_precedence_over_the_file(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    password_file(data, "of the file")
    assert mail_password(data).reveal() == "of the file"
    monkeypatch.setenv(VARIABLE, SECRET)
    assert mail_password(data).reveal() == SECRET


def test_a_missing_password_is_reported_with_the_place_for_it(school: School, data: DataFolder) -> None:
    use(school, 25, user=USER)
    assert str(data.path / FILE) in refusal(school)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(school: School, data: DataFolder, mode: int) -> None:
    password_file(data, SECRET).chmod(mode)
    use(school, 25, user=USER)
    message = refusal(school)
    assert "Other users of this computer can read" in message
    assert "chmod 600" in message


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"\xff\xfe", b"nul\x00"])
def test_a_file_with_anything_else_in_it_is_refused(data: DataFolder, content: bytes) -> None:
    password_file(data, "").write_bytes(content)
    with pytest.raises(MailError, match="must contain only the password"):
        mail_password(data)


def test_a_folder_or_a_link_in_place_of_the_file_is_refused(data: DataFolder, tmp_path: Path) -> None:
    (data.path / FILE).mkdir()
    with pytest.raises(MailError, match="not a file"):
        mail_password(data)
    (data.path / FILE).rmdir()
    (data.path / FILE).symlink_to(tmp_path)
    with pytest.raises(DataFolderError):
        mail_password(data)
