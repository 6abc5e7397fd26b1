"""The cells of a screen with the colours in which a terminal shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.console import COLOR_SYSTEMS
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from backdrop_tui.tui.app import BackdropApp

XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)],
    [(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)],
)  # fmt: skip
"""The 16 colours of xterm."""
VGA = TerminalTheme(
    (0, 0, 0),
    (170, 170, 170),
    [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
    [(85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255)],
)  # fmt: skip
"""The 16 colours of a console of Linux."""


@dataclass(frozen=True)
class Cell:
    """A character on the screen, as it is shown."""

    x: int
    """The column that it starts in."""
    y: int
    """The line, counted from the top."""
    text: str
    """The character."""
    foreground: ColorTriplet
    """Its colour."""
    background: ColorTriplet
    """The colour behind it."""
    bold: bool
    """Whether it is bold."""
    underlined: bool
    """Whether it is underlined."""
    struck: bool
    """Whether it is crossed out."""

    @property
    def contrast(self) -> float:
        """The contrast of the character with what is behind it, from 1 to 21, as WCAG defines it."""
        lighter, darker = sorted((luminance(self.foreground), luminance(self.background)), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)


def cells(
    app: BackdropApp, palette: TerminalTheme = XTERM, colours: ColorSystem | None = None
) -> Iterator[Cell]:
    """The cells of the screen in front.

    Args:
        app: The app.
        palette: How the terminal shows its 16 colours.
        colours: The colours that the terminal has; those that the app's console believes it has if None.
    """
    colours = colours or COLOR_SYSTEMS.get(app.console.color_system or "", ColorSystem.TRUECOLOR)
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            look = looks(style or Style.null(), colours, palette)
            for character in text:
                yield Cell(x, y, character, *look)
                x += cell_len(character)


@lru_cache(4096)
def looks(
    style: Style, colours: ColorSystem, palette: TerminalTheme
) -> tuple[ColorTriplet, ColorTriplet, bool, bool, bool]:
    """The colours of a style, and whether it is bold, underlined and crossed out."""
    foreground = _shown(style.color, colours, palette) or palette.foreground_color
    background = _shown(style.bgcolor, colours, palette) or palette.background_color
    if style.reverse:
        foreground, background = background, foreground
    if style.dim:
        foreground = ColorTriplet(*(round((a + b) / 2) for a, b in zip(foreground, background, strict=True)))
    return foreground, background, bool(style.bold), bool(style.underline), bool(style.strike)


def _shown(color: Color | None, colours: ColorSystem, palette: TerminalTheme) -> ColorTriplet | None:
    """A colour as the terminal shows it; None for its default."""
    if color is None or color.is_default:
        return None
    color = color.downgrade(colours)
    if color.type is ColorType.STANDARD and color.number is not None:
        return palette.ansi_colors[color.number]
    return color.get_truecolor(palette)


def luminance(color: ColorTriplet) -> float:
    """The relative luminance of a colour, from 0 to 1, as WCAG defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
