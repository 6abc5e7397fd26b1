"""The number of keys that a damaged file takes someone who does only what the screen says."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from tests.support.damaged_school import damaged_school
from tests.support.novice import Novice
from tests.support.walk import walking


async def test_a_novice_imports_the_standard_damaged_file_with_at_most_40_keys(
    data: DataFolder, tmp_path: Path
) -> None:
    school = damaged_school()
    folder = tmp_path / "school"
    folder.mkdir()
    (folder / "pupils.csv").write_bytes(school.data)
    async with walking(data, folder) as walk:
        novice = Novice(walk, school.forms)
        await novice.import_a_file()
        stored = walk.app.school.store.people("students").frame()
    assert len(novice.keys) <= 40, novice.keys
    expected = {_as_stored(child) for child in school.children}
    columns = ("first_name", "surname", "date_of_birth", "gender", "year_group", "registration_group", "upn")
    assert {tuple(text or "" for text in person) for person in stored.select(columns).iter_rows()} == expected
    assert stored.height == len(school.children)


def _as_stored(child: dict[str, str]) -> tuple[str, ...]:
    """A child's values as the store has them."""
    first, last, born, *others = child.values()
    return first, last, "-".join(reversed(born.split("/"))), *others
