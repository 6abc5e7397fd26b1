"""Whether a known vulnerability is in the lock file. `python -m tests.supply_chain.audit` asks the package index.

The index publishes what is known about each release beside its files, so nothing else needs to be reached. Without a
network, or where the index doesn't say, that is reported and is no failure. It takes a few seconds, and never more than
`_LIMIT`.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from backdrop_tui.wording import counted, listed
from tests.supply_chain.lock import LOCK, Pin, pins_of

_LIMIT = 30.0
"""Seconds after which packages that the index hasn't answered for count as not checked."""
_TIMEOUT = 5.0
"""Seconds to wait for one answer."""
_AT_ONCE = 8


@dataclass(frozen=True)
class Vulnerability:
    """A known vulnerability of a package in the lock file."""

    pin: Pin
    """The package."""
    names: tuple[str, ...]
    """Its id, and the ids that it has in other databases."""
    fixed_in: tuple[str, ...]
    """The versions that don't have it; none if there are none yet."""

    def __str__(self) -> str:
        fixed = f"Fixed in {listed(self.fixed_in)}." if self.fixed_in else "There is no fixed version yet."
        return f"{self.pin.name} {self.pin.version}: {', '.join(self.names)}. {fixed}"


Answer = tuple[Vulnerability, ...] | None
"""The known vulnerabilities of a package; None if the index doesn't say."""


def index_url() -> str:
    """The address under which the index that pip uses describes packages; empty if pip isn't here to say."""
    config = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    chosen = os.environ.get("PIP_INDEX_URL") or config.stdout.strip()
    if chosen:
        is_web = urlsplit(chosen).scheme in {"http", "https"}
        return chosen.rstrip("/").removesuffix("/simple") + "/pypi" if is_web else ""
    try:
        from pip._internal.models.index import PyPI  # noqa: PLC0415 - an environment can be without pip
    except ImportError:
        return ""
    return str(PyPI.pypi_url)


def ask(index: str, pin: Pin) -> Answer:
    """Ask the index about one package.

    Raises:
        OSError, HTTPException, ValueError: It can't be reached, or its answer can't be read.
    """
    # Some mirrors only describe the newest version of a package, under its name alone.
    for address in (f"{index}/{pin.name}/{pin.version}/json", f"{index}/{pin.name}/json"):
        try:
            with urlopen(address, timeout=_TIMEOUT) as answer:  # noqa: S310 - only http and https, see `index_url`
                about = json.load(answer)
        except HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
        else:
            if about["info"]["version"] == pin.version and "vulnerabilities" in about:
                return tuple(_vulnerabilities(pin, about["vulnerabilities"]))
    return None


def _vulnerabilities(pin: Pin, reports: Sequence[dict[str, Any]]) -> Iterator[Vulnerability]:
    for report in reports:
        if not report.get("withdrawn"):
            names = (report["id"], *report.get("aliases", ()))
            yield Vulnerability(pin, names, tuple(report.get("fixed_in") or ()))


def ask_about_all(index: str, pins: Sequence[Pin], limit: float = _LIMIT) -> list[Answer]:
    """Ask the index about packages, several at once.

    Args:
        index: The address under which it describes packages.
        pins: The packages.
        limit: Seconds after which the rest counts as not checked.

    Returns:
        The answer for each package.
    """
    answers = [Future[Answer]() for _ in pins]
    queue = SimpleQueue[int]()
    for place in range(len(pins)):
        queue.put(place)

    def work() -> None:
        while True:
            try:
                place = queue.get_nowait()
            except Empty:
                return
            try:
                answers[place].set_result(ask(index, pins[place]))
            except (OSError, HTTPException, ValueError, LookupError, TypeError, AttributeError):
                answers[place].set_result(None)

    # Not a pool, because its threads would be waited for, and looking up a name can hang for minutes.
    for _ in range(_AT_ONCE):
        Thread(target=work, daemon=True).start()
    wait(answers, limit)
    return [answer.result() if answer.done() else None for answer in answers]


def report(pins: Sequence[Pin], answers: Sequence[Answer], ignored: Sequence[str] = ()) -> tuple[str, int]:
    """What is known, in sentences, and the exit status: 1 if there is a vulnerability that isn't ignored."""
    found = [one for answer in answers for one in answer or () if not set(one.names).intersection(ignored)]
    unknown = [pin.name for pin, answer in zip(pins, answers, strict=True) if answer is None]
    lines = [str(one) for one in found]
    if found:
        lines.append("Change the bounds in pyproject.toml if need be, and renew the lock file.")
    checked = len(pins) - len(unknown)
    if not checked:
        lines.append(
            "Not audited: the package index can't be reached, or knows nothing about vulnerabilities."
        )
    else:
        lines.append(
            f"Audited {counted(checked, 'package')}: {counted(len(found), 'known vulnerability', 'known vulnerabilities')}."
        )
        if unknown:
            lines.append(f"Not audited, because the package index didn't say: {listed(unknown, at_most=5)}.")
    return "\n".join(lines) + "\n", 1 if found else 0


def main() -> int:
    """Audit the lock file. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply_chain.audit", description=__doc__)
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="ID", help="a vulnerability that doesn't matter here"
    )
    ignored = parser.parse_args().ignore
    pins = pins_of(LOCK.read_text())
    text, status = report(pins, ask_about_all(index_url(), pins), ignored)
    sys.stdout.write(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
