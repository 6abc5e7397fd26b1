"""Lists whose cursor is seen in every theme."""

from textual.style import Style
from textual.widget import Widget
from textual.widgets import OptionList


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
