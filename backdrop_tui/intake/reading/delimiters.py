"""The delimiters that a file can have. Each is declared here, and nowhere else.

The reader, the reading options on screen and `--delimiter` all take them from `DELIMITERS`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Delimiter:
    """The character between cells."""

    character: str
    """The character itself, as JSON and drafts have it; `--delimiter` takes it too."""
    name: str
    """Its name for `--delimiter` and in sentences, as in `tab-separated`."""
    label: str
    """Its name on screen."""
    spellings: tuple[str, ...] = ()
    """What else `--delimiter` takes for it, in lower case."""


DELIMITERS = (
    Delimiter(",", "comma", "Comma"),
    Delimiter(";", "semicolon", "Semicolon"),
    Delimiter("\t", "tab", "Tab", (r"\t",)),
    Delimiter("|", "pipe", "Vertical bar"),
)
"""Every delimiter, in the order in which they are offered and tried."""


def delimiter_named(text: str) -> Delimiter:
    """The delimiter that a user gives, by its character or name, in any case.

    Raises:
        ValueError: There is no such delimiter.
    """
    for delimiter in DELIMITERS:
        if text.lower() in {delimiter.character, delimiter.name, *delimiter.spellings}:
            return delimiter
    raise ValueError(text)
