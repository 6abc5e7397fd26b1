"""Headings that are known to be a field's, also with words that only say whose column it is."""

from functools import lru_cache

from backdrop_tui.intake.matching.full_name import FULL_NAME_FALLBACKS, FULL_NAME_HEADINGS, FULL_NAME_WORDS
from backdrop_tui.intake.matching.heading_words import Heading
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import fold_heading

SUREST, KNOWN, FALLBACK = 0, 1, 2
"""How surely a heading is a field's, the surest first: expressly the legal one, a known heading, or one that gives way."""


@lru_cache
def known_headings(kind: RecordKind) -> frozenset[str]:
    """All folded headings by which the row of headings is recognised, also after a word for whose they are."""
    labels = (fold_heading(field.label) for field in kind.file_fields)
    known = FULL_NAME_HEADINGS | FULL_NAME_FALLBACKS
    known = known.union(labels, *(field.known_headings for field in kind.file_fields))
    return known | {owner + heading for owner in kind.owner_words for heading in known}


@lru_cache
def vocabulary(kind: RecordKind) -> Vocabulary:
    """By what the reader recognises a row of headings: the headings of one kind of people, and the values of all."""
    fields = (field for other in KINDS.values() for field in other.fields if field.recognised_by_values)
    return Vocabulary(
        known_headings(kind), tuple(field.value_pattern for field in fields if field.value_pattern)
    )


def other_owner_words(kind: RecordKind) -> frozenset[str]:
    """Words of headings for people of all other kinds."""
    others = (other.owner_words for other in KINDS.values() if other.name != kind.name)
    return frozenset().union(*others) - kind.owner_words


def tier(field: Field, kind: RecordKind, heading: Heading) -> int | None:
    """How surely a heading is a field's: `SUREST`, `KNOWN` or `FALLBACK`; None if it isn't known."""
    names = field.headings | {fold_heading(field.label)}
    owners = kind.owner_words | field.owner_words
    forms = heading.forms(owners)
    if not forms.isdisjoint(names):
        return SUREST if heading.is_legal else KNOWN
    if not forms.isdisjoint(field.fallback_headings):
        return FALLBACK
    if not heading.without_legal.forms(owners).isdisjoint(names):
        return SUREST
    if not heading.without_preferred.forms(owners).isdisjoint(names):
        return FALLBACK
    tiers = [tier(field, kind, alternative) for alternative in heading.alternatives]
    return KNOWN if tiers and None not in tiers else None


def full_name_tier(kind: RecordKind, heading: Heading) -> int | None:
    """How surely a heading is that of full names: the lower, the surer; None if it isn't known."""
    forms = heading.forms(kind.owner_words)
    names = (kind.by_key[key] for key in ("first_name", "surname"))
    if all(heading.contains(name.heading_words, name.unrelated_words) for name in names):
        return None if heading.is_about_others(other_owner_words(kind)) else KNOWN
    if not forms.isdisjoint(FULL_NAME_HEADINGS):
        return SUREST if heading.is_legal else KNOWN
    if not heading.without_legal.forms(kind.owner_words).isdisjoint(FULL_NAME_HEADINGS):
        return SUREST
    if heading.contains(FULL_NAME_WORDS, frozenset()) and not heading.is_about_others(
        other_owner_words(kind)
    ):
        return FALLBACK
    preferred = heading.without_preferred.forms(kind.owner_words)
    if not forms.isdisjoint(FULL_NAME_FALLBACKS) or not preferred.isdisjoint(FULL_NAME_HEADINGS):
        return FALLBACK
    return None
