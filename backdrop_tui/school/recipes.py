"""How earlier files were fixed, so that the next file with the same headings can be fixed in the same way.

Stored in setup.json, table `recipes`, under a hash of the headings. A recipe has values of closed fields, the date order and
codes of findings, and nothing about any person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backdrop_tui.intake.draft.recipe import Recipe
from backdrop_tui.intake.matching.headings_key import headings_key
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import DATE_ORDERS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School

_TABLE = "recipes"


@dataclass(frozen=True)
class SavedRecipe:
    """A recipe as it is stored."""

    key: str
    """The key of the headings of the files that it is for."""
    kind: RecordKind
    """The kind of people in these files."""
    saved: date
    """The day on which it was saved last."""
    recipe: Recipe
    """How these files are fixed."""


def saved_recipes(school: School, kind: RecordKind | None = None) -> list[SavedRecipe]:
    """The recipes of a school, the one saved last first.

    Args:
        school: The school.
        kind: Only those for files of this kind of people; None for all.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    documents = [] if school.is_new else school.store.table(_TABLE).all()
    recipes = [_from_document(document) for document in documents]
    of_kind = [saved for saved in reversed(recipes) if saved and (kind is None or saved.kind is kind)]
    return sorted(of_kind, key=lambda saved: saved.saved, reverse=True)


def recipes_by_key(school: School, kind: RecordKind) -> Mapping[str, Recipe]:
    """The recipes for files of one kind, by the key of their headings. Raises `DataFolderError` as `saved_recipes` does."""
    return {saved.key: saved.recipe for saved in saved_recipes(school, kind)}


def remember_recipe(
    school: School, kind: RecordKind, headings: Sequence[str], recipe: Recipe, today: date
) -> None:
    """Add to what is remembered for files with these headings; does nothing if there is nothing to add."""
    key = headings_key(kind, headings)
    if not key or not recipe:
        return
    earlier = recipes_by_key(school, kind).get(key, Recipe())
    document = {"kind": kind.name, "saved": today.isoformat(), **_as_document(earlier.updated(recipe))}
    # Put again, so that of two saved on one day the later one comes last.
    school.store.table(_TABLE).remove(key)
    school.store.table(_TABLE).put(key, document)


def forget_recipe(school: School, key: str) -> None:
    """Forget how the files with one key of headings were fixed."""
    school.store.table(_TABLE).remove(key)


def _as_document(recipe: Recipe) -> dict[str, Any]:
    return {
        "values": {key: dict(values) for key, values in recipe.values.items()},
        "date_order": recipe.date_order,
        "applied": sorted(recipe.applied),
    }


def _from_document(document: Mapping[str, Any]) -> SavedRecipe | None:
    """A stored recipe; None if the file was edited and it can't be used."""
    try:
        values = {
            str(key): {str(old): str(new) for old, new in pairs.items()}
            for key, pairs in document["values"].items()
        }
        recipe = Recipe(
            values=values,
            date_order=next(order for order in DATE_ORDERS if order == document["date_order"]),
            applied=frozenset(map(str, document["applied"])),
        )
        return SavedRecipe(
            document["key"], KINDS[document["kind"]], date.fromisoformat(document["saved"]), recipe
        )
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        return None
