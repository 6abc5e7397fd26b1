"""Where the style sheets are."""

from importlib import resources
from pathlib import Path


def _folder() -> Path:
    """Inside an installed package, beside the package in a checkout."""
    installed = Path(str(resources.files("backdrop_tui"))) / "styles"
    return installed if installed.is_dir() else installed.parent.parent / "styles"


def stylesheet(name: str) -> Path:
    """One style sheet. A screen's own is loaded when the screen is first shown, so that the app starts fast."""
    return _folder() / f"{name}.tcss"
