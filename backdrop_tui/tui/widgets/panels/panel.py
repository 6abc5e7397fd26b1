"""Panels: parts of a screen with a title, of which the one with the focus lights up."""

from typing import TypeVar

from textual.widget import Widget

Panel = TypeVar("Panel", bound=Widget)


def titled(widget: Panel, title: str) -> Panel:
    """Make a panel of a widget, and give it a title."""
    widget.add_class("panel")
    widget.border_title = title
    return widget
