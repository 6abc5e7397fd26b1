"""Lists whose cursor is seen in every theme."""

from rich.segment import Segment
from rich.style import Style as TextStyle
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option


def with_reverse(widget: Widget, style: Style, parts: tuple[str, ...]) -> Style:
    """The style of parts of a widget, reversed if its style sheet says so. Textual's `get_visual_style` leaves that out."""
    is_reversed = any(widget.get_component_styles(part).text_style.reverse for part in parts)
    return style + Style(reverse=True) if is_reversed else style


class Options(OptionList):
    """A list of options."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a part of the list."""
        style = super().get_visual_style(*component_classes, partial=partial)
        return with_reverse(self, style, component_classes)

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        """The lines of an option. One that is reversed has one colour: muted words would be on a background of their own."""
        strips = super()._get_option_render(option, style)
        return [_in_one_colour(strip, style.rich_style) for strip in strips] if style.reverse else strips


def _in_one_colour(strip: Strip, style: TextStyle) -> Strip:
    """A line whose texts all have the colours of a style."""
    colours = TextStyle(color=style.color, bgcolor=style.bgcolor)
    segments = [
        Segment(text, (drawn or TextStyle.null()) + colours, control) for text, drawn, control in strip
    ]
    return Strip(segments, strip.cell_length)
