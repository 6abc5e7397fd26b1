"""What a field is: its name, its known headings, how its cells are read, and its rules."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import REQUIRED, TEXT_GARBLED, TOO_LONG
from backdrop_tui.records.schema.rules import (
    REPAIRED,
    SURE,
    TEXT,
    VALUE,
    Checks,
    FastPath,
    Rule,
    sentence,
    shortened,
)
from backdrop_tui.records.schema.text import BLANK_WORDS, LOST_LETTER


def free_text(_context: Context) -> Checks:
    """The checks of a field that accepts any text."""
    return Checks()


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a record, declared once: everything else in the program follows from its declaration."""

    key: str
    """Its name in the store."""
    label: str
    """Its name on screen, in the template and in exports."""
    headings: frozenset[str]
    """Known headings besides the label, folded (see `text.fold_heading`)."""
    hint: str
    """How it is written, in a few words."""
    example: str
    """A made-up value."""
    specific_checks: Callable[[Context], Checks] = free_text
    """How its texts are read, and the rules that only this field has."""
    needed: bool = True
    """Whether a row can't be imported without it; the rule `required` follows from this."""
    column_needed: bool = True
    """Whether a file needs a column for it if the field is needed. If not, every row of a file without one has the problem
    `required`, with what the row's other cells suggest."""
    in_template: bool = True
    """Whether it is in the template and in every table and form. If not, it is only shown where someone has a value."""
    instruction: str = "Type it in."
    """A sentence that tells the user how to fill in a blank cell."""
    longest: int | None = None
    """The maximum number of characters; the rule `too-long` follows from this."""
    short: str = ""
    """A shorter label for narrow columns."""
    width: int = 0
    """The number of characters that its values usually have; 0 if that varies, and the column takes what room is left."""
    blank_words: Collection[str] = BLANK_WORDS
    """The texts, in lower case, that count as blank."""
    can_be_garbled: bool = False
    """Whether it has words with letters of any language, which programs can garble; the rule `text-garbled` follows from this."""
    can_begin_with_apostrophe: bool = False
    """Whether a value can begin with an apostrophe ('t Hooft). In other fields a spreadsheet has put it there, and it is removed."""
    fallback_headings: frozenset[str] = frozenset()
    """Known headings, folded, that give way if a column has one of `headings` (preferred names)."""
    lost_letter: str = LOST_LETTER
    """A pattern of what stands in a raw text where a letter was lost; the rule `letter-lost` follows from this."""
    fast_path: FastPath | None = None
    """A quick way past the rules for a column in which nearly every text is different."""
    value_pattern: str | None = None
    """A pattern that most values of such a column match, as a second opinion on its heading; None if the values say
    nothing."""
    recognised_by_values: bool = True
    """Whether a column can be recognised by that pattern alone; if not, it only supports a heading."""
    heading_words: frozenset[str] = frozenset()
    """Names of the field, folded, by which a longer heading is recognised if the values match `value_pattern`: `upn`."""
    unrelated_words: frozenset[str] = frozenset()
    """Words of headings, folded, that are about something else although they resemble this field's: `Year of Entry`."""
    owner_words: frozenset[str] = frozenset()
    """Words that only say whose column it is, besides those of the kind of record (see `RecordKind.owner_words`)."""
    is_evidence: bool = False
    """Whether what the file has in it still counts as evidence after the user has changed it (see `FilePeople.as_read`)."""
    is_date: bool = False
    """Whether it is a date, which a file can have day-first or month-first."""
    to_show: Callable[[str], str] = str
    """Turns a stored value into what a person reads and types."""
    to_say: Callable[[str], str] = str
    """Turns a stored value into words that can't be misunderstood, for a last look."""
    typed: Callable[[str], str] = str
    """Turns what a person types into a text that is read the same whatever the rest of the file is like."""
    choices: Callable[[Context], tuple[str, ...]] | None = None
    """The values that a form offers; None if it offers none. Other texts can still be typed."""
    can_be_uniform: bool = False
    """Whether every row of a file without such a column can sensibly be given the same value, as in a list of one class."""
    heads_sections: bool = False
    """Whether reports group people by it, with its value in a heading above each group: `Registration Group: 10A`."""
    worked_out_as: str = ""
    """What `--set` calls it when every row gets what `suggested` says: `by-age`; empty if that can't be asked for."""
    worked_out_from: str = ""
    """What that is worked out from, inside a sentence: `the date of birth`."""
    suggested: Callable[[Context], pl.Expr] | None = None
    """String over other fields' columns (see `col`): the value that they suggest where this one is blank; null where
    they suggest none."""

    @property
    def known_headings(self) -> frozenset[str]:
        """All folded headings that are known to be this field's."""
        return self.headings | self.fallback_headings

    @property
    def column_name(self) -> str:
        """The name of its column in a frame of people."""
        return self.key

    @property
    def col(self) -> pl.Expr:
        """Its column in a frame of people (String): the stored form."""
        return pl.col(self.key)

    def checks(self, context: Context) -> Checks:
        """How its texts are read, and all of its rules: those that follow from the declaration come first."""
        return _checks_of(self, context)

    def suggestion(self, values: Mapping[str, str], context: Context) -> str:
        """The value that one person's other fields suggest, given by key; empty if they suggest none."""
        if self.suggested is None:
            return ""
        suggested = self.suggested(context)
        person = {key: [values.get(key, "")] for key in suggested.meta.root_names()}
        return pl.DataFrame(person).select(suggested).item() or ""

    def sources(self, context: Context) -> tuple[str, ...]:
        """The keys of the fields by which a value is suggested for this one; empty if none is."""
        return tuple(dict.fromkeys(self.suggested(context).meta.root_names())) if self.suggested else ()

    def _declared_rules(self) -> tuple[Rule, ...]:
        rules = []
        if self.can_be_garbled:
            message = sentence("“{}” looks damaged. It should be “{}”.", shortened(VALUE), REPAIRED)
            rules.append(Rule(TEXT_GARBLED, REPAIRED.is_not_null(), message, REPAIRED, SURE))
        if self.needed:
            rules.append(Rule(REQUIRED, TEXT == "", sentence(f"{self.label} is missing. {self.instruction}")))
        if self.longest is not None:
            length = TEXT.str.len_chars()
            template = (
                f"{self.label} has {{}} characters, but there is only room for {self.longest}. Shorten it."
            )
            rules.append(Rule(TOO_LONG, length > self.longest, sentence(template, length)))
        return tuple(rules)


@lru_cache(maxsize=64)
def _checks_of(field: Field, context: Context) -> Checks:
    """All checks of a field. Composing them takes as long as checking a few rows, and a file is checked after each change."""
    checks = field.specific_checks(context)
    return replace(checks, rules=(*field._declared_rules(), *checks.rules))  # noqa: SLF001 - the field's own


def folded_headings(words: str) -> frozenset[str]:
    """Folded headings, from a text with spaces between them."""
    return frozenset(words.split())
