"""The numbers that come of checking and answering a made-up file."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """The numbers of one file. Counters are by the fields' keys unless they say otherwise."""

    rows: int = 0
    """The rows of the file."""
    damaged: int = 0
    """The cells that were damaged."""
    silent: Counter[str] = field(default_factory=Counter)
    """Wrong values that would be stored without a word, although something could tell."""
    undecidable: int = 0
    """Wrong dates that would be stored without a word, where both or neither reading fits the year group, and wrong year
    groups that fit a wrong date."""
    contradicted: int = 0
    """Wrong dates that would be stored without a word, where only the wrong reading fits the year group."""
    spelling: int = 0
    """Names that would be stored without a word, with capitals or small letters in the wrong places."""
    before: Counter[str] = field(default_factory=Counter)
    """Wrong values before any answer."""
    after: Counter[str] = field(default_factory=Counter)
    """Wrong values after all answers."""
    left_silent: Counter[str] = field(default_factory=Counter)
    """Wrong values that would be stored without a word after all answers, undecidable ones included."""
    changed: int = 0
    """The values that the answers changed."""
    made_wrong: Counter[str] = field(default_factory=Counter)
    """Of those, the ones that were right before and are wrong or missing now."""
    lost: int = 0
    """Pupils' rows left out by an answer."""
    false_warnings: Counter[str] = field(default_factory=Counter)
    """Problems of right cells, by code."""
    date_warnings: int = 0
    """Warnings about right dates, other than that they are day numbers."""
    store_wrong: Counter[str] = field(default_factory=Counter)
    """Wrong values of the pupils in the store, if somebody was stored before and the file was then imported."""
    store_doubled: int = 0
    """How many more pupils are stored then than there are."""
    questions: Counter[str] = field(default_factory=Counter)
    """The findings and kinds of problems that the user was asked about, by code."""

    def __add__(self, other: "Outcome") -> "Outcome":
        """The sums of both."""
        return Outcome(**{name: value + getattr(other, name) for name, value in vars(self).items()})
