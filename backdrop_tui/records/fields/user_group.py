"""The user group of a member of staff: an existing one, or the name of a new one."""

import polars as pl

from backdrop_tui.printable import INVISIBLE
from backdrop_tui.records.fields.job_role import group_for
from backdrop_tui.records.fields.names import NO_LETTER
from backdrop_tui.records.rights.group_names import GroupNames, Resemblance
from backdrop_tui.records.rights.new_names import NewName, new_names
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, TEXT, Checks, Rule, sentence
from backdrop_tui.wording import listed

GROUP_NEAR = ProblemType("group-near", "It isn't clear which {field} is meant")
GROUP_NEW = ProblemType("group-new", "{field} is new", "warning")

_MATCH = pl.Struct(
    {"group": pl.String(), "is_new": pl.Boolean(), "near": pl.String(), "how": pl.String(), "suggestion": pl.String()}
)  # fmt: skip
_MESSAGES = {
    "one": "There is no user group “{}”, but it looks like {}. Choose that one, or accept it as a new group.",
    "same": "“{}” looks the same as the user group {}, but is spelt differently. Accept it only if this person belongs there, or choose another group.",
    "several": "“{}” may mean several user groups: {}. Choose the right one, or accept it as a new group.",
    "row": "“{}” looks the same as {} in another row, but is spelt with other characters. Accept it if it is that group, or choose another.",
    "invisible": "“{}” looks like {}, but there is an invisible character in it. Choose the group again.",
}  # fmt: skip
_HIDES_SOMETHING = pl.col("raw").str.contains(rf"[^\s{INVISIBLE}]\s*[{INVISIBLE}]+\s*[^\s{INVISIBLE}]")


def user_group_checks(context: Context) -> Checks:
    """The reading of a user group, and its rules `group-near` and `group-new`.

    Every suggestion is only possible, because a group gives its members rights. New names that look the same are one group, and
    a question to the user if their letters are different ones.
    """
    part = pl.col("match").struct.field
    messages = (
        pl.when(part("how") == how).then(sentence(template, SHOWN, part("near")))
        for how, template in _MESSAGES.items()
    )
    return Checks(
        steps=(
            {
                "match": pl.struct(TEXT, hides=_HIDES_SOMETHING).map_batches(
                    lambda cells: _matches(cells.struct.field("text"), cells.struct.field("hides"), context),
                    return_dtype=_MATCH,
                )
            },
        ),
        stored=part("group"),
        rules=(
            Rule(
                GROUP_NEAR,
                fails=part("near").is_not_null(),
                message=pl.coalesce(*messages),
                suggestion=part("suggestion"),
            ),
            Rule(
                NO_LETTER,
                fails=part("how") == "nameless",
                message=sentence("“{}” has no letters, so it can't be the name of a user group. Choose a group, like Teachers."),
            ),
            Rule(
                GROUP_NEW,
                fails=part("is_new"),
                message=sentence(f"There is no user group “{{}}” yet. It will be created with the same rights as {PATTERN_GROUP}."),
                suggestion=group_for_role(TEXT, context),
            ),
        ),
    )  # fmt: skip


def _matches(texts: pl.Series, hides_something: pl.Series, context: Context) -> pl.Series:
    """The group that each text stands for (`_MATCH`).

    `group`: its stored form; `is_new`: whether it doesn't exist yet; `near`: what it only resembles, `how`: why, and
    `suggestion`: what is then suggested. A text that hides something (an invisible character between others) only
    resembles the group that it names until the user accepts it, so that nobody gets a group's rights by it unnoticed.
    """
    names = GroupNames(context.groups, context.former_groups)
    filled = [text for text in texts if text]
    named = {text: group for text in filled if (group := names.named(text))}
    unnamed = [text for text in filled if text not in named]
    resembling = {text: like for text in unnamed if (like := names.resemblance(text))}
    accepted = context.new_groups & resembling.keys()
    named |= {text: resembling[text].groups[0] for text in accepted if resembling[text].looks_the_same}
    unclear = {text: like for text, like in resembling.items() if text not in accepted}
    new = new_names(
        text for text in unnamed if text not in unclear and text not in named and _has_letter(text)
    )

    def match(text: str, *, hides: bool) -> dict[str, str | bool | None]:
        if hides and text in named and text not in context.new_groups:
            return {"is_new": False, "near": named[text], "how": "invisible", "suggestion": named[text]}
        if text in new:
            return _new(new[text], is_accepted=text in context.new_groups)
        like = unclear.get(text)
        if not like and text and text not in named:
            return {"is_new": False, "how": "nameless"}
        return _unclear(like) if like else {"group": named.get(text), "is_new": False}

    matches = [match(text, hides=hides) for text, hides in zip(texts, hides_something, strict=True)]
    return pl.Series(texts.name, matches, dtype=_MATCH)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


def _new(new: NewName, *, is_accepted: bool) -> dict[str, str | bool | None]:
    """The match of a text that stands for a new group, unless its name only looks like another new one."""
    if new.looks_like and not is_accepted:
        return {"is_new": False, "near": new.looks_like, "how": "row", "suggestion": new.looks_like}
    return {"group": new.looks_like or new.name, "is_new": True}


def _unclear(like: Resemblance) -> dict[str, str | bool | None]:
    """The match of a text that resembles a group, or names several."""
    how = "same" if like.looks_the_same else "one" if len(like.groups) == 1 else "several"
    return {"is_new": False, "near": listed(like.groups), "how": how, "suggestion": like.suggestion}


def group_for_role(role: pl.Expr, context: Context) -> pl.Expr:
    """The user group that a job role suggests, by its present name (String); null if it suggests none."""
    group = group_for(role)
    if context.former_groups:
        group = group.replace(dict(context.former_groups))
    return pl.when(group.is_in(context.groups)).then(group)


def group_choices(context: Context) -> tuple[str, ...]:
    """The user groups that a form offers."""
    return context.groups
