"""`backdrop recipe`: what is remembered about fixing files like the last."""

from typing import TYPE_CHECKING

import click

from backdrop_tui.cli.options import Format, data_option, format_option, open_school
from backdrop_tui.cli.output import say, write_json

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.school.recipes import SavedRecipe

_ORDERS = {
    "dmy": "Dates are read with the day first.",
    "mdy": "Dates are read with the month first.",
    "ymd": "Dates are read with the year first.",
}


@click.command(
    "recipe",
    epilog="Example: backdrop recipe --forget",
    short_help="Show or forget how files like the last were fixed.",
)
@click.option("--forget", is_flag=True, help="Forget it, so that the next file isn't fixed in the same way.")
@format_option
@data_option
@click.pass_context
def recipe_command(ctx: click.Context, /, *, forget: bool, format: Format) -> None:  # noqa: A002 - the option's name
    """Show what is remembered about fixing files with the same headings as the last one.

    The next file with these headings can be fixed in the same way in one step. Only values such as “Boy” → M, the order of
    dates and what was done about the whole file are remembered, and nothing about any person.
    """
    from backdrop_tui.school.recipes import forget_recipe, saved_recipes  # noqa: PLC0415 - loads polars

    with open_school(ctx, read_only=not forget) as school:
        recipes = saved_recipes(school)
        if recipes and forget:
            forget_recipe(school, recipes[0].key)
    latest = recipes[0] if recipes else None
    if format == "json":
        write_json(_as_json(latest))
    elif latest is None:
        say("Nothing is remembered yet. It will be once you have imported a file and fixed something in it.")
    else:
        say("\n".join(["Forgotten:" if forget else _heading(latest), *_lines(latest)]))


def _heading(saved: "SavedRecipe") -> str:
    return (
        f"Files of {saved.kind.plural} like the last one, imported on {saved.saved.day} {saved.saved:%B %Y}:"
    )


def _lines(saved: "SavedRecipe") -> list[str]:
    """A line for each value, for the order of dates, and for each answer about the whole file."""
    recipe = saved.recipe
    return [
        *(
            f"  {saved.kind.label(key)}: “{old}” → {new}"
            for key, values in recipe.values.items()
            for old, new in values.items()
        ),
        *([f"  {_ORDERS[recipe.date_order]}"] if recipe.date_order != "dmy" else []),
        *(
            f"  {saved.kind.finding_types[code].title}: fixed as suggested"
            for code in sorted(recipe.applied)
            if code in saved.kind.finding_types
        ),
    ]


def _as_json(saved: "SavedRecipe | None") -> dict[str, object] | None:
    if saved is None:
        return None
    return {
        "kind": saved.kind.name,
        "saved": saved.saved.isoformat(),
        "values": {saved.kind.label(key): values for key, values in saved.recipe.values.items()},
        "date_order": saved.recipe.date_order,
        "applied": sorted(saved.recipe.applied),
    }
