"""What came of one part."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """Numbers, and what has failed."""

    numbers: Counter[str] = field(default_factory=Counter)
    """How often each thing has happened, by its name."""
    failures: list[str] = field(default_factory=list)
    """What was lost, half done or untrue, in a line each."""

    def text(self, title: str) -> str:
        """All of it as text, for people."""
        lines = [title, *(f"{number:>10,} {what}" for what, number in self.numbers.items())]
        return "\n".join([*lines, f"{len(self.failures):>10,} lost, half done or untrue", *self.failures])
