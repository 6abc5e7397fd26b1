"""Reading set-up progress in a worker."""

from pathlib import Path

import pytest
from textual import on
from textual.app import App

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports import recovery
from backdrop_tui.school.school import School
from backdrop_tui.tui.shell.progress_reader import ProgressReader
from tests.tui.shell.waiting import until


class _ReadingApp(App[None]):
    """An app that keeps what its progress reader posts."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self.readings: list[ProgressReader.Read] = []
        self.errors: list[str] = []
        self.reader = ProgressReader(self, lambda: school)

    @on(ProgressReader.Read)
    def keep(self, event: ProgressReader.Read) -> None:
        self.readings.append(event)

    @on(ProgressReader.ReadFailed)
    def keep_error(self, event: ProgressReader.ReadFailed) -> None:
        self.errors.append(event.error.message)

    async def read(self, times: int = 1) -> list[ProgressReader.Read]:
        """Read so many times, one after the other."""
        async with self.run_test():
            for number in range(1, times + 1):
                self.reader.start()
                await until(lambda: len(self.readings) + len(self.errors) == number)  # noqa: B023 - awaited at once
        return self.readings


async def test_it_reads_progress_and_the_minutes_that_are_set(school: School) -> None:
    school.settings.put("organisation", "Hill Top")
    school.settings.put("idle-minutes", "45")
    (reading,) = await _ReadingApp(school).read()
    assert reading.progress.organisation == "Hill Top"
    assert reading.idle_minutes == 45


async def test_only_the_first_reading_recovers_imports_and_says_where_the_last_file_was(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recoveries: list[School] = []

    def recover(school: School) -> tuple[()]:
        recoveries.append(school)
        return ()

    monkeypatch.setattr(recovery, "recover", recover)
    school.remember_folder(tmp_path)
    first, second = await _ReadingApp(school).read(times=2)
    assert recoveries == [school]
    assert (first.last_folder, second.last_folder) == (tmp_path, None)


async def test_a_failure_is_posted(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: School) -> None:
        raise DataFolderError("The folder can't be read.")

    monkeypatch.setattr(recovery, "recover", fails)
    app = _ReadingApp(school)
    assert await app.read() == []
    assert app.errors == ["The folder can't be read."]
