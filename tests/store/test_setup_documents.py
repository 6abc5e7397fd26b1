"""Set-up's documents are kept by key."""

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_setup
from tests.store import contents, stock


def test_a_document_is_put_replaced_and_removed(folder: DataFolder) -> None:
    with open_setup(folder) as setup:
        groups = setup.table("groups")
        groups.put("TAs", {"rights": ["add concerns"], "note": "old"})
        groups.put("DSLs", {})
        groups.put("TAs", {"rights": []})
        assert groups.all() == [{"rights": [], "key": "TAs"}, {"key": "DSLs"}]
        groups.remove("TAs")
        groups.remove("nobody")
        assert groups.get("TAs") is None
        assert groups.get("DSLs") == {"key": "DSLs"}
    assert stock(folder.setup, "groups") == [{"key": "DSLs"}]


def test_tables_do_not_mix(folder: DataFolder) -> None:
    with open_setup(folder) as setup:
        setup.table("settings").put("a", {"value": 1})
        setup.table("mappings").put("a", {"value": 2})
        assert setup.table("settings").get("a") == {"value": 1, "key": "a"}
        assert setup.table("groups").all() == []


def test_what_is_handed_out_or_in_is_the_callers_own(folder: DataFolder) -> None:
    with open_setup(folder) as setup:
        table = setup.table("groups")
        given = {"rights": ["add concerns"]}
        table.put("TAs", given)
        given["rights"].append("everything")
        for got in (table.get("TAs"), table.all()[0]):
            assert got is not None
            got["rights"].append("everything")
        assert table.get("TAs") == {"rights": ["add concerns"], "key": "TAs"}


def test_another_opener_sees_it_at_once(folder: DataFolder) -> None:
    with open_setup(folder) as first, open_setup(folder) as second:
        assert second.table("settings").all() == []
        first.table("settings").put("phase", {"value": "primary"})
        assert second.table("settings").get("phase") == {"value": "primary", "key": "phase"}
        second.table("settings").put("phase", {"value": "middle"})
        assert first.table("settings").get("phase") == {"value": "middle", "key": "phase"}


def test_a_transaction_is_one_line_of_the_journal(folder: DataFolder) -> None:
    with open_setup(folder) as setup:
        table = setup.table("groups")
        table.put("DSLs", {})
        lines = (folder.path / "setup.json.journal").read_bytes().count(b"\n")
        with setup.transaction(), setup.transaction():
            table.put("TAs", {})
            table.put("Governors", {})
            table.remove("DSLs")
            assert [group["key"] for group in table.all()] == ["TAs", "Governors"]
        assert (folder.path / "setup.json.journal").read_bytes().count(b"\n") == lines + 1
        assert [group["key"] for group in table.all()] == ["TAs", "Governors"]


def test_a_transaction_that_fails_stores_nothing(folder: DataFolder) -> None:
    with open_setup(folder) as setup:
        table = setup.table("groups")
        table.put("DSLs", {"rights": []})
        before = contents(folder.path)

        def work() -> None:
            with setup.transaction():
                table.put("DSLs", {"rights": ["everything"]})
                table.put("TAs", {"rights": object()})

        with pytest.raises(TypeError):
            work()
        assert table.all() == [{"rights": [], "key": "DSLs"}]
        assert contents(folder.path) == before


def test_opened_for_reading_only_nothing_is_written(folder: DataFolder) -> None:
    with open_setup(folder, read_only=True) as setup:
        assert setup.table("settings").get("phase") is None
        with pytest.raises(DataFolderError, match="reading only"):
            setup.table("settings").put("phase", {})
        with pytest.raises(DataFolderError, match="reading only"):
            setup.table("settings").remove("phase")
        with pytest.raises(DataFolderError, match="reading only"):
            setup.transaction()
    assert not list(folder.path.iterdir())
