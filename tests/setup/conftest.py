"""What the tests of set-up share."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
import trustme

from backdrop_tui.setup.account import Account, sign_up
from backdrop_tui.setup.password import VARIABLE
from backdrop_tui.setup.school import School
from backdrop_tui.store.folder import DataFolder
from tests.mail_server import ADDRESS, HOST

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def school(data: DataFolder) -> Iterator[School]:
    """A school that has stored nothing; its folder is there."""
    data.create()
    with School(data) as school:
        yield school


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets a mail password that is really set."""
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is nine o'clock until a test says otherwise."""
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
