"""Draws the picture of the README: `python -m tests.tui.screens.picture`."""

import asyncio
import re
import tempfile
from pathlib import Path

from backdrop_tui.demo.prepare import prepare_demo
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.walk import Walk, begun

SIZE = (106, 28)
_FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"
PICTURE = Path(__file__).parents[3] / "docs" / "put-right.svg"


async def draw(place: Path) -> None:
    """Carry on with the made-up students at Put right, and keep what is on the screen then."""
    folder, files = DataFolder(place / "data"), place / "files"
    prepare_demo(folder, files)
    with School(folder) as school:
        account = {"name": "Robin", "email": "robin@example.org", "signed_up": 1.0, "verified": 2.0}
        school.store.table("account").put("account", account)
    (students,) = files.glob("*pupils*.csv")
    begun(folder, students).close()
    app = BackdropApp(folder, files)
    async with app.run_test(size=SIZE) as pilot:
        walk = Walk(app, pilot)
        await walk.until(lambda: app.progress is not None)
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        picture = app.export_screenshot(title="backdrop", simplify=True)
        # A font that is there already, not one that is fetched from somewhere.
        picture = re.sub(r"\s*@font-face \{[^}]*\}", "", picture).replace("Fira Code", _FONTS)
        PICTURE.write_text(picture, encoding="utf-8")
    app.close_school()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))
