"""What all tests share: no test ever sees the real user's folders."""

import gc
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
import time_machine
import trustme
from hypothesis import settings

from backdrop_tui.cli import run
from backdrop_tui.mail.password import VARIABLE
from backdrop_tui.school.account import Account, sign_up
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Ran, Run
from tests.support.changing_commands import make_school
from tests.support.made_up import NOW, student, table
from tests.support.mail_server import ADDRESS, HOST

# Every test run tries new examples; the number keeps the whole run within a few minutes.
settings.register_profile("project", max_examples=25, deadline=None)
settings.load_profile("project")
# An app leaves hundreds of thousands of objects: looking through them as often as usual takes a fifth of the time of the screens' tests.
gc.set_threshold(20_000, 20, 50)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that has the home folders of all tests in it."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own; nothing in the environment names another place."""
    # The factory of pytest would look through the folders of all tests before this one to find a number for it.
    home = Path(mkdtemp(dir=homes))
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "BACKDROP_DATA"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def frozen_day() -> Iterator[None]:
    """Set the clock to the day of the tests; it goes on from there."""
    with time_machine.travel(NOW.astimezone(), tick=True):
        yield


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder that doesn't exist yet."""
    return DataFolder(tmp_path / "data")


@pytest.fixture(scope="session")
def made_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a school for the commands of `changing_commands` and files for them. Use `copy_of_school` to change it."""
    place = tmp_path_factory.mktemp("made")
    with time_machine.travel(NOW.astimezone(), tick=True):
        make_school(DataFolder(place / "data"))
    return place


@pytest.fixture
def students_csv(tmp_path: Path) -> Path:
    """A file of ten students without a problem."""
    path = tmp_path / "pupils.csv"
    path.write_bytes(table(student(n) for n in range(10)))
    return path


@pytest.fixture
def school(data: DataFolder) -> Iterator[School]:
    """A school with nothing stored; its data folder exists."""
    data.create()
    with School(data) as school:
        yield school


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets a mail password that is really set."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("backdrop_tui.mail.password._FromEnvironment.password", None)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at nine o'clock; a test can move it."""
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(school: School) -> Account:
    """The school's account, not verified; no code was sent."""
    return sign_up(school, "St Mary’s", "Aisha Khan", ADDRESS)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority that nobody trusts by itself."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """A mail server's certificate by that authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is named as the school's own."""
    path = tmp_path / "school-ca.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))


@pytest.fixture
def backdrop(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs one command, in this process."""

    def run_command(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run_command
