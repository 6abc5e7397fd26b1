"""The colours: a theme for each choice of the setting `theme`, and for each kind of terminal.

Terminals with 16 colours, and those where NO_COLOR is set, get themes of their own: colours that are only close to those
meant would make some of the text unreadable. There, what is chosen is shown reversed, and what is wrong is underlined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rich.theme import Theme as StyleTheme
from textual.app import App
from textual.theme import Theme

from backdrop_tui.school.theme_choices import THEMES


@dataclass(frozen=True)
class Palette:
    """The colours of a theme. Every text has a contrast of at least 4.5 : 1 with every colour that can be behind it."""

    background: str
    """Behind lists and tables."""
    surface: str
    """Behind what explains them."""
    panel: str
    """Behind the first and the last line of the screen, and inputs."""
    foreground: str
    """Text."""
    muted: str
    """Text that matters less."""
    accent: str
    """The one colour that says where the user is: the focused panel, the keys, the bars."""
    error: str
    warning: str
    success: str
    note: str
    border: str
    """The borders of panels without the focus."""
    selected: str = ""
    """Behind the line that the cursor is on; empty to show it reversed."""
    selected_text: str = ""
    """The text on it."""
    blurred: str = ""
    """Behind the line that the cursor is on, in a panel without the focus; empty to underline the line."""
    cell: str = ""
    """Behind the cell that the cursor is on; empty to show it reversed."""
    cell_text: str = ""
    """The text in it."""
    error_style: str = "bold"
    """The style of a cell with an error."""
    warning_style: str = "not bold"
    """The style of a cell with a warning."""
    dark: bool = True
    """Whether the background is dark."""

    def theme(self, name: str) -> Theme:
        """The theme with these colours."""
        return Theme(
            name,
            primary=self.accent,
            secondary=self.accent,
            accent=self.accent,
            error=self.error,
            warning=self.warning,
            success=self.success,
            foreground=self.foreground,
            background=self.background,
            surface=self.surface,
            panel=self.panel,
            boost=self.panel,
            dark=self.dark,
            variables=self._variables(),
        )

    def _variables(self) -> dict[str, str]:
        """What Textual's style sheets and ours call these colours."""
        reverse = "bold reverse" if not self.selected else "bold"
        selected, text = self.selected or self.background, self.selected_text or self.foreground
        cell, cell_text = self.cell or self.background, self.cell_text or self.foreground
        return {
            "text": self.foreground,
            "text-muted": self.muted,
            "text-disabled": self.muted,
            "text-primary": self.accent,
            "text-secondary": self.accent,
            "text-accent": self.note,
            "text-error": self.error,
            "text-warning": self.warning,
            "text-success": self.success,
            "foreground-muted": self.muted,
            "foreground-disabled": self.muted,
            "block-cursor-background": selected,
            "block-cursor-foreground": text,
            "block-cursor-text-style": reverse,
            "block-cursor-blurred-background": self.blurred or self.background,
            "block-cursor-blurred-foreground": self.foreground,
            "block-cursor-blurred-text-style": "none" if self.blurred else "underline",
            "block-hover-background": self.surface,
            "cell-cursor-background": cell,
            "cell-cursor-foreground": cell_text,
            "cell-cursor-text-style": "bold" if self.cell else "bold reverse",
            "title-focus-text-style": "bold" if self.selected else "bold reverse",
            "border": self.accent,
            "border-blurred": self.border,
            "footer-background": self.panel,
            "footer-foreground": self.foreground,
            "footer-key-foreground": self.accent,
            "scrollbar": self.border,
            "scrollbar-hover": self.accent,
            "scrollbar-active": self.accent,
            "scrollbar-background": self.background,
            "scrollbar-background-hover": self.background,
            "scrollbar-background-active": self.background,
            "scrollbar-corner-color": self.background,
            "input-cursor-background": self.foreground,
            "input-cursor-foreground": self.background,
            "input-selection-background": self.blurred or self.foreground,
            "input-selection-foreground": self.foreground if self.blurred else self.background,
            "button-foreground": self.foreground,
            "button-color-foreground": cell_text,
            "button-focus-text-style": reverse,
        }


_DARK = Palette(
    background="#10151e", surface="#171e2a", panel="#202a39", foreground="#e4e9f1", muted="#a3b0c2", accent="#73c2fb",
    error="#ff8f8a", warning="#f2c261", success="#82d69a", note="#b9b4ff", border="#3f4d63",
    selected="#1d2f55", selected_text="#ffffff", blurred="#262a30", cell="#73c2fb", cell_text="#0a1420",
)  # fmt: skip
_LIGHT = Palette(
    background="#fbfaf7", surface="#f5f3ee", panel="#eeeeee", foreground="#1d2430", muted="#525c6b", accent="#005a9c",
    error="#a8071a", warning="#6b3f00", success="#11602b", note="#4a2f9e", border="#b9b4a6",
    selected="#cfe2f6", selected_text="#0b1a2b", blurred="#e4e6ea", cell="#005a9c", cell_text="#ffffff", dark=False,
)  # fmt: skip
_HIGH_CONTRAST = Palette(
    background="#000000", surface="#000000", panel="#1c1c1c", foreground="#ffffff", muted="#e0e0e0", accent="#5ce1ff",
    error="#ff9c94", warning="#ffe14d", success="#7dff9b", note="#d9ccff", border="#9a9a9a", error_style="bold underline",
)  # fmt: skip
# The colours of Rich's palette of 16, of which each becomes just that one.
_DARK_16 = Palette(
    background="#000000", surface="#000000", panel="#0000aa", foreground="#ffffff", muted="#aaaaaa", accent="#55ffff",
    error="#ff5555", warning="#ffff55", success="#55ff55", note="#55ffff", border="#555555", error_style="bold underline",
)  # fmt: skip
_LIGHT_16 = Palette(
    background="#ffffff", surface="#ffffff", panel="#aaaaaa", foreground="#000000", muted="#000000", accent="#0000aa",
    error="#aa0000", warning="#000000", success="#000000", note="#0000aa", border="#555555", error_style="bold underline",
    warning_style="bold", dark=False,
)  # fmt: skip
_DARK_GREYS = Palette(
    background="#000000", surface="#000000", panel="#242424", foreground="#ffffff", muted="#aaaaaa", accent="#ffffff",
    error="#ffffff", warning="#ffffff", success="#ffffff", note="#ffffff", border="#555555",
    error_style="bold underline", warning_style="bold",
)  # fmt: skip
_LIGHT_GREYS = replace(
    _DARK_GREYS, background="#ffffff", surface="#ffffff", panel="#dddddd",
    **dict.fromkeys(("foreground", "muted", "accent", "error", "warning", "success", "note"), "#000000"), dark=False,
)  # fmt: skip

_PALETTES: Mapping[str, tuple[Palette, Palette, Palette]] = {
    "dark": (_DARK, _DARK_16, _DARK_GREYS),
    "light": (_LIGHT, _LIGHT_16, _LIGHT_GREYS),
    "high contrast": (_HIGH_CONTRAST, _DARK_16, _DARK_GREYS),
}
"""For each choice, its colours where there are many, where there are 16, and where NO_COLOR is set."""
_VARIANTS = ("", " (16 colours)", " (no colour)")


_BY_NAME = {
    f"{choice}{variant}": palette
    for choice, palettes in _PALETTES.items()
    for variant, palette in zip(_VARIANTS, palettes, strict=True)
}


def register_themes(app: App[Any]) -> None:
    """Make the themes known to an app."""
    for name, palette in _BY_NAME.items():
        app.register_theme(palette.theme(name))


def theme_for(app: App[Any], choice: str) -> str:
    """The name of the theme for a choice of the setting, on the terminal of an app."""
    if app.no_color:
        return f"{choice}{_VARIANTS[2]}"
    return f"{choice}{_VARIANTS[1] if app.console.color_system == 'standard' else ''}"


def choice_of(app: App[Any]) -> str:
    """The choice of the setting whose theme an app shows."""
    return next((choice for choice in THEMES if app.theme.startswith(choice)), THEMES[0])


def cell_styles(app: App[Any]) -> StyleTheme:
    """The styles of tables' cells by name: of each level of problems, and of what is done, matters less or is left out."""
    palette = _BY_NAME[app.theme]
    return StyleTheme(
        {
            "error": f"{palette.error_style} {palette.error}",
            "warning": f"{palette.warning_style} {palette.warning}",
            "note": palette.note,
            "success": palette.success,
            "muted": palette.muted,
            "left-out": f"strike {palette.muted}",
        }
    )
