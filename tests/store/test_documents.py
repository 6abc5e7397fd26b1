"""Whatever the engine, documents are kept by key."""

import pytest

from backdrop_tui.store.port import Store

# Small documents, and big ones that may be stored in another way.
each_table = pytest.mark.parametrize("name", ["groups", "undo"])


@each_table
def test_a_document_is_put_replaced_and_removed(store: Store, name: str) -> None:
    groups = store.table(name)
    groups.put("TAs", {"rights": ["add concerns"], "note": "old"})
    groups.put("DSLs", {})
    groups.put("TAs", {"rights": []})
    assert groups.all() == [{"rights": [], "key": "TAs"}, {"key": "DSLs"}]
    assert groups.keys() == ["TAs", "DSLs"]
    groups.remove("TAs")
    groups.remove("nobody")
    assert groups.get("TAs") is None
    assert groups.keys() == ["DSLs"]
    assert groups.get("DSLs") == {"key": "DSLs"}


def test_tables_do_not_mix(store: Store) -> None:
    store.table("settings").put("a", {"value": 1})
    store.table("mappings").put("a", {"value": 2})
    assert store.table("settings").get("a") == {"value": 1, "key": "a"}
    assert store.table("groups").all() == []


@each_table
def test_what_is_handed_out_or_in_is_the_callers_own(store: Store, name: str) -> None:
    table = store.table(name)
    given = {"rights": ["add concerns"]}
    table.put("TAs", given)
    given["rights"].append("everything")
    for got in (table.get("TAs"), table.all()[0]):
        assert got is not None
        got["rights"].append("everything")
    assert table.get("TAs") == {"rights": ["add concerns"], "key": "TAs"}
