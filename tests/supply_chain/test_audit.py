"""The audit of the lock file, against a package index on this machine."""

import json
import socket
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from subprocess import run
from threading import Event, Thread
from typing import Any, ClassVar

import pytest
from packaging.requirements import Requirement

from tests.supply_chain.audit import ask, ask_about_all, index_url, report
from tests.supply_chain.lock import LOCK, ROOT, Pin, pins_of

HOLE = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fixed_in": ["1.1"], "withdrawn": None}


class Index(BaseHTTPRequestHandler):
    """An index that answers with what `pages` has for a path."""

    pages: ClassVar[dict[str, Any]] = {}
    stopping: ClassVar[Event] = Event()

    def do_GET(self) -> None:
        """Answer, or never answer a page that hangs."""
        page = self.pages.get(self.path)
        if page == "hangs":
            self.stopping.wait(30)
        status = page if isinstance(page, int) else 404 if page is None else 200
        self.send_response(status)
        self.end_headers()
        self.wfile.write(page.encode() if isinstance(page, str) else json.dumps(page).encode())

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def index() -> Iterator[str]:
    """The address of an index that knows nothing yet."""
    Index.pages, Index.stopping = {}, Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/pypi"
    finally:
        Index.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def about(version: str, *reports: dict[str, Any]) -> dict[str, Any]:
    return {"info": {"version": version}, "vulnerabilities": reports}


def pin(requirement: str) -> Pin:
    return Pin(Requirement(requirement), (), ())


LOCKED = [pin("a==1.0"), pin("b==2.0")]


def audited(index: str) -> tuple[str, int]:
    return report(LOCKED, ask_about_all(index, LOCKED))


def test_packages_without_known_vulnerabilities_pass(index: str) -> None:
    Index.pages = {"/pypi/a/1.0/json": about("1.0"), "/pypi/b/2.0/json": about("2.0")}
    assert audited(index) == ("Audited 2 packages: 0 known vulnerabilities.\n", 0)


def test_a_known_vulnerability_fails_with_its_names_and_the_version_without_it(index: str) -> None:
    Index.pages = {"/pypi/a/1.0/json": about("1.0", HOLE), "/pypi/b/2.0/json": about("2.0")}
    text, status = audited(index)
    assert status == 1
    assert text == (
        "a 1.0: PYSEC-2026-1, CVE-2026-1. Fixed in 1.1.\n"
        "Change the bounds in pyproject.toml if need be, and renew the lock file.\n"
        "Audited 2 packages: 1 known vulnerability.\n"
    )
    assert report(LOCKED, ask_about_all(index, LOCKED), ["CVE-2026-1"])[1] == 0


def test_a_withdrawn_report_is_no_vulnerability(index: str) -> None:
    Index.pages = {"/pypi/a/1.0/json": about("1.0", HOLE | {"withdrawn": "2026-02-01T00:00:00Z"})}
    assert ask(index, LOCKED[0]) == ()


def test_an_index_that_describes_only_newest_versions_is_asked_for_those(index: str) -> None:
    Index.pages = {"/pypi/a/json": about("1.0", HOLE | {"fixed_in": []}), "/pypi/b/json": about("2.1")}
    text, status = audited(index)
    assert status == 1
    assert "a 1.0: PYSEC-2026-1, CVE-2026-1. There is no fixed version yet." in text
    assert "Audited 1 package: 1 known vulnerability." in text
    assert "Not audited, because the package index didn't say: b." in text


@pytest.mark.parametrize("answer", [500, "not JSON", [], {}, {"info": {"version": "1.0"}}])
def test_an_index_that_says_nothing_useful_is_no_failure(index: str, answer: object) -> None:
    Index.pages = {"/pypi/a/1.0/json": answer, "/pypi/b/2.0/json": about("2.0")}
    text, status = audited(index)
    assert status == 0
    assert text.endswith("Not audited, because the package index didn't say: a.\n")


def test_without_a_network_it_says_so_and_is_no_failure() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        text, status = audited(f"http://127.0.0.1:{unused.getsockname()[1]}/pypi")
    assert (text, status) == (
        "Not audited: the package index can't be reached, or knows nothing about vulnerabilities.\n",
        0,
    )
    assert audited("") == (text, status)


def test_an_index_that_never_answers_is_not_waited_for(index: str) -> None:
    Index.pages = {"/pypi/a/1.0/json": "hangs", "/pypi/b/2.0/json": "hangs"}
    assert ask_about_all(index, LOCKED, limit=0.05) == [None, None]


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ("http://127.0.0.1:1/simple/", "http://127.0.0.1:1/pypi"),
        ("https://example.org/mirror/simple", "https://example.org/mirror/pypi"),
        ("file:///tmp/index", ""),
    ],
)
def test_the_index_that_pip_uses_is_asked(chosen: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", chosen)
    assert index_url() == address


def test_the_command_audits_the_lock_file(index: str) -> None:
    locked = pins_of(LOCK.read_text())
    Index.pages = {f"/pypi/{each.name}/{each.version}/json": about(each.version) for each in locked}
    Index.pages[f"/pypi/{locked[0].name}/{locked[0].version}/json"] = about(locked[0].version, HOLE)
    command = [sys.executable, "-m", "tests.supply_chain.audit"]
    environment = {"PIP_INDEX_URL": index.replace("/pypi", "/simple"), "NO_PROXY": "*"}
    done = run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert f"{locked[0].name} {locked[0].version}: PYSEC-2026-1" in done.stdout
    assert f"Audited {len(locked)} packages: 1 known vulnerability." in done.stdout
