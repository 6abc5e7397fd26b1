"""The numbers that come of importing two years of a made-up school."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """The numbers of one school, or of several added up."""

    rows: int = 0
    """The rows of the second file."""
    silent: int = 0
    """Records in which somebody else's facts were stored without a word."""
    warned: int = 0
    """Records in which somebody else's facts were stored, with a warning in the row."""
    stopped: int = 0
    """Rows that would have put somebody's facts in another's record and were not imported: a question, another error or a
    finding that stops the file kept them back."""
    doubled: int = 0
    """People who got a second record without a word."""
    doubled_aside: int = 0
    """People who got one without a word, after something from which nothing can tell who they are."""
    doubled_warned: int = 0
    """People who got one with a warning in the row."""
    asked: int = 0
    """Rows with a question about who it is."""
    needless: int = 0
    """Those among them whose answer was obvious."""
    kept_back: int = 0
    """Rows with other errors."""
    codes: Counter[str] = field(default_factory=Counter)
    """The rows with a problem about who is who, by code."""
    findings: Counter[str] = field(default_factory=Counter)
    """The schools in which a finding stopped the file, by code."""
    unnoticed: int = 0
    """Damaged files of which the finding that they must lead to said nothing."""

    def __add__(self, other: "Outcome") -> "Outcome":
        """The sums of both."""
        return Outcome(**{name: value + getattr(other, name) for name, value in vars(self).items()})
