"""Draws the screen in front as SVG."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from rich.color_triplet import ColorTriplet
from rich.terminal_theme import TerminalTheme

from backdrop_tui.tui.app import BackdropApp
from tests.support.screen_cells import XTERM, Cell, cells

_WIDTH, _HEIGHT, _SIZE = 8.43, 16.3, 14
"""A cell's width and height, and the size of the letters."""
_BASELINE = 13
_MARGIN = 10
_FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"
"""Fonts that are there already, not one that is fetched from somewhere."""
_LETTERS = f'font-family="{_FONTS}" font-size="{_SIZE}" xml:space="preserve" shape-rendering="crispEdges"'
_BLOCKS = {"█": 8, "▇": 7, "▆": 6, "▅": 5, "▄": 4, "▃": 3, "▂": 2, "▁": 1}
_PARTS = {"▉": 7, "▊": 6, "▋": 5, "▌": 4, "▍": 3, "▎": 2, "▏": 1}


def svg(app: BackdropApp, palette: TerminalTheme = XTERM) -> str:
    """The screen in front as SVG, with the colours in which the terminal shows it."""
    width, height = app.size.width * _WIDTH + 2 * _MARGIN, app.size.height * _HEIGHT + 2 * _MARGIN
    lines = [list(line) for _, line in groupby(cells(app, palette), key=lambda cell: cell.y)]
    edge = lines[-1][-1].background.hex
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" {_LETTERS}>',
        f'<rect width="100%" height="100%" rx="6" fill="{edge}"/>',
        f'<g transform="translate({_MARGIN} {_MARGIN})">',
        *(part for line in lines for part in _backgrounds(line)),
        *(part for line in lines for part in _texts(line)),
        "</g></svg>",
    ]
    return "\n".join(parts)


def save(app: BackdropApp, path: Path, palette: TerminalTheme = XTERM) -> None:
    """Save the screen in front as an SVG file."""
    path.write_text(svg(app, palette), encoding="utf-8")


def _backgrounds(line: Sequence[Cell]) -> Iterator[str]:
    for color, group in groupby(line, key=lambda cell: cell.background):
        run = list(group)
        width = (run[-1].x - run[0].x + 1) * _WIDTH
        yield _box(run[0].x * _WIDTH, run[0].y * _HEIGHT, width, _HEIGHT, color)


def _texts(line: Sequence[Cell]) -> Iterator[str]:
    """The characters; blocks are drawn as boxes, which leave no gaps between them."""
    for cell in line:
        x, y = cell.x * _WIDTH, cell.y * _HEIGHT
        if (eighths := _BLOCKS.get(cell.text)) is not None:
            high = _HEIGHT * eighths / 8
            yield _box(x, y + _HEIGHT - high, _WIDTH, high, cell.foreground)
        elif (eighths := _PARTS.get(cell.text)) is not None:
            yield _box(x, y, _WIDTH * eighths / 8, _HEIGHT, cell.foreground)

        if cell.underlined or cell.struck:
            high = _BASELINE + 1.5 if cell.underlined else _HEIGHT / 2
            yield _box(x, y + high, _WIDTH, 1, cell.foreground)
    drawn = [
        cell for cell in line if cell.text != " " and cell.text not in _BLOCKS and cell.text not in _PARTS
    ]
    for (color, bold), group in groupby(drawn, key=lambda cell: (cell.foreground, cell.bold)):
        shown = list(group)
        places = " ".join(f"{cell.x * _WIDTH:.2f}" for cell in shown)
        weight = ' font-weight="bold"' if bold else ""
        text = escape("".join(cell.text for cell in shown))
        yield f'<text x="{places}" y="{shown[0].y * _HEIGHT + _BASELINE:.1f}" fill="{color.hex}"{weight}>{text}</text>'


def _box(x: float, y: float, width: float, height: float, color: ColorTriplet) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{color.hex}"/>'
