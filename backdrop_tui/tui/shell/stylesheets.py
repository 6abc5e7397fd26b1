"""The paths of the style sheets."""

from importlib import resources
from pathlib import Path


def _folder() -> Path:
    """The folder of the style sheets: in an installed package, inside it; in a checkout, beside it."""
    installed = Path(str(resources.files("backdrop_tui"))) / "styles"
    return installed if installed.is_dir() else installed.parent.parent / "styles"


def stylesheet(name: str) -> Path:
    """The path of a style sheet. A screen loads its own when it is first shown, so that the app starts fast."""
    return _folder() / f"{name}.tcss"
