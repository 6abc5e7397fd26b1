"""Keys in a line, each with what it does. Loads nothing that reads files, because the first screen shows one."""

from collections.abc import Iterable

from textual.content import Content

from backdrop_tui.tui.widgets.plain import plain

_GAP = "   "


def key_line(hints: Iterable[tuple[str, str]], width: int = 0) -> Content:
    """Keys, each with what it does, in a line; in several if there is a width, so that no key is cut off from what it does."""
    lines: list[list[Content]] = [[]]
    for key, text in hints:
        hint = Content.assemble((key, "bold $footer-key-foreground"), " ", plain(text))
        taken = sum(earlier.cell_length + len(_GAP) for earlier in lines[-1])
        if width and lines[-1] and taken + hint.cell_length > width:
            lines.append([])
        lines[-1].append(hint)
    return Content("\n").join(Content(_GAP).join(line) for line in lines)
