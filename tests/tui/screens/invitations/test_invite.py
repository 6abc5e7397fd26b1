"""The invite screen, as a user uses it."""

import pytest
from textual.binding import Binding
from textual.widgets import ProgressBar

from backdrop_tui.people.invitation_results import invitations
from backdrop_tui.people.invitation_sending import send_invitations
from backdrop_tui.people.invitees import invitees
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.invitations.address import AddressScreen
from backdrop_tui.tui.screens.invitations.invite import InviteScreen
from backdrop_tui.tui.screens.invitations.sending import SendingScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from tests.support.colleagues import colleagues, many, of, opened, outbox
from tests.support.mail_server import mail_server, use
from tests.support.one_person import remove_one
from tests.support.walk import WIDE, Walk, walking


@pytest.fixture
def data(data: DataFolder) -> DataFolder:
    """A school that can invite staff: Adams in DSLs, Byrne and Cole in Teachers, and Dean, who has no address."""
    with School(data) as school:
        opened(school)
        colleagues(school, ("Adams", "a@example.org"), group="DSLs")
        colleagues(school, ("Byrne", "b@example.org"), ("Cole", "c@example.org"), ("Dean", None))
    return data


async def _to_invite(walk: Walk) -> InviteScreen:
    """Open the invite screen, as the list of steps does."""
    walk.app.go_to("invite")
    screen = await walk.on(InviteScreen)
    await walk.until(lambda: "staff" in walk.text_of("#summary") and "…" not in walk.text_of("#summary"))
    return screen


async def _send(walk: Walk) -> None:
    """Send messages, and wait for the results."""
    await walk.press("s")
    await walk.on(ConfirmScreen)
    await walk.press("left", "enter")
    await walk.on(ShowTextScreen)


async def test_everyone_new_is_ticked_with_one_key_and_the_table_shows_the_outcome(data: DataFolder) -> None:
    async with walking(data) as walk:
        walk.app.go_to("plan")
        await walk.on(ActionPlanScreen)
        await walk.choose("invite")
        screen = await walk.on(InviteScreen)
        await walk.until(lambda: "Looking" not in walk.text_of("#summary"))
        assert walk.focus is screen.table
        assert walk.text_of("#summary") == "4 staff · 3 not invited yet · 1 without an address"
        assert not screen.warning.display
        await walk.press("a")
        assert "3 ticked" in walk.text_of("#summary")
        await walk.press("s")
        await walk.on(ConfirmScreen)
        question = " ".join(walk.text.replace("│", " ").split())
        assert "3 messages will be sent to the outbox" in question
        assert "no mail server" in question
        await walk.press("enter")
        await walk.on(InviteScreen)
        assert not data.outbox.exists()
        await _send(walk)
        assert "3 messages written." in walk.text
        await walk.press("enter")
        assert await walk.on(InviteScreen) is screen
        assert walk.text_of("#summary") == "4 staff · 3 only in the outbox · 1 without an address"
        assert "outbox 2 Mar" in walk.text
        await walk.press("escape")
        await walk.on(ActionPlanScreen)
    with School(data) as school:
        assert len(outbox(school)) == 3
        assert {now.step.key: now.state for now in set_up_progress(school).steps}["invite"] == "done"


async def test_someone_invited_before_is_only_ticked_by_hand_and_the_question_says_so(
    data: DataFolder,
) -> None:
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        await walk.press("space")
        assert screen.table.selected_row == 1
        await _send(walk)
        await walk.press("enter", "a")
        assert "2 ticked" in walk.text_of("#summary")
        await walk.press("home", "up", "up", "space", "s")
        await walk.on(ConfirmScreen)
        assert "1 of them was invited before and will get it again." in " ".join(
            walk.text.replace("│", " ").split()
        )
        await walk.press("escape")
        assert "3 ticked" in walk.text_of("#summary")
    with School(data) as school:
        assert len(outbox(school)) == 1


async def test_a_missing_address_can_be_typed_in(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        await walk.press("ctrl+end", "space")
        assert "No e-mail address is stored. Press e" in walk.notices()[-1]
        await walk.press("e")
        await walk.on(AddressScreen)
        await walk.replace("B@example.org")
        await walk.press("enter")
        assert "belongs to another member of staff" in walk.text_of("#message")
        await walk.replace("dean@example.org")
        await walk.press("enter")
        await walk.on(InviteScreen)
        await walk.until(lambda: "without an address" not in walk.text_of("#summary"))
        assert screen.table.selected_row == 3
        await walk.press("space")
        assert "1 ticked" in walk.text_of("#summary")
    with School(data) as school:
        assert of(school, "Dean").address == "dean@example.org"


async def test_the_message_can_be_previewed(data: DataFolder) -> None:
    async with walking(data) as walk:
        await _to_invite(walk)
        await walk.press("enter")
        await walk.on(ShowTextScreen)
        assert "To: a@example.org" in walk.text
        assert "Hello Jo Adams," in walk.text
        await walk.press("enter", "ctrl+end", "p")
        await walk.on(ShowTextScreen)
        assert "Hello Jo Dean," in walk.text
        await walk.press("escape")
        await walk.on(InviteScreen)


async def test_a_whole_group_is_ticked_and_everyone_unticked(data: DataFolder) -> None:
    async with walking(data) as walk:
        await _to_invite(walk)
        await walk.press("t")
        await walk.on(ChooseScreen)
        assert "2  not invited yet, in Teachers" in walk.text
        await walk.press("down", "down", "enter")
        await walk.on(InviteScreen)
        assert "2 ticked" in walk.text_of("#summary")
        await walk.press("t", "end", "enter")
        await walk.on(InviteScreen)
        assert "ticked" not in walk.text_of("#summary")


async def test_a_ticks_only_those_whom_the_search_shows(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        await walk.press("/", *"teachers")
        assert "3 shown" in walk.text_of("#summary")
        await walk.press("enter", "a")
        assert walk.focus is screen.table
        assert "2 ticked" in walk.text_of("#summary")
        await walk.press("escape")
        assert "shown" not in walk.text_of("#summary")
        assert screen.search_input.value == ""
        await walk.press("/", *"no address", "enter")
        assert screen.table.selected_row == 3


async def test_messages_go_only_to_ticked_people_who_are_shown_and_the_question_names_them(
    data: DataFolder,
) -> None:
    async with walking(data) as walk:
        await _to_invite(walk)
        await walk.press("a", "/", *"byrne", "enter")
        assert "3 ticked (2 not shown)" in walk.text_of("#summary")
        await walk.press("s")
        await walk.on(ConfirmScreen)
        question = " ".join(walk.text.replace("│", " ").split())
        assert "1 message will be sent" in question
        assert "To: Jo Byrne" in question
        assert "2 ticked people aren't in this list and won't get a message." in question
        await walk.press("escape")
        await _send(walk)
        await walk.press("enter", "escape")
        assert "2 ticked" in walk.text_of("#summary")
    with School(data) as school:
        assert [invited.address for invited in invitations(school).values()] == ["b@example.org"]


async def test_nothing_is_sent_while_everyone_ticked_is_hidden(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        await walk.press("space", "/", *"byrne", "enter", "s")
        assert walk.app.screen is screen
        assert "Press Esc to show everyone" in walk.notices()[-1]


async def test_ticking_a_group_ends_the_search_so_that_its_people_are_shown(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        await walk.press("/", *"adams", "enter", "t")
        await walk.on(ChooseScreen)
        await walk.press("down", "down", "enter")
        await walk.on(InviteScreen)
        assert screen.search_input.value == ""
        assert "2 ticked" in walk.text_of("#summary")
        assert "not shown" not in walk.text_of("#summary")


async def test_failures_are_listed_and_those_not_tried_stay_ticked(
    data: DataFolder,
) -> None:
    with mail_server(refuse={"a@example.org": "550 No such user", "c@example.org": "421 going"}) as box:
        with School(data) as school:
            use(school, box.port)
        async with walking(data, size=WIDE) as walk:
            screen = await _to_invite(walk)
            await walk.press("a")
            await _send(walk)
            text = " ".join(walk.text.replace("│", " ").split())
            assert "1 message sent." in text
            assert "No such user" in text
            assert "1 person hasn't been sent a message yet." in text
            await walk.press("enter")
            await walk.on(InviteScreen)
            assert "1 ticked · 2 not invited yet · 1 invited · 1 refused" in walk.text_of("#summary")
            await walk.press("ctrl+home")
            assert "Refused on 2 March 2026" in walk.text_of("#details")
            assert screen.table.selected_row == 0
    assert box.recipients == ["b@example.org"]


async def _slowly(walk: Walk) -> SendingScreen:
    """Start to send through a mail server, with pauses between messages."""
    await _to_invite(walk)
    await walk.press("a", "s")
    await walk.on(ConfirmScreen)
    await walk.press("left")
    walk.send("enter")
    await walk.until(lambda: isinstance(walk.app.screen, SendingScreen))
    screen = walk.screen(SendingScreen)
    await walk.until(lambda: any(bar.progress for bar in screen.query(ProgressBar)))
    return screen


async def test_escape_stops_sending_after_a_question(data: DataFolder) -> None:
    with mail_server() as box:
        with School(data) as school:
            use(school, box.port)
            many(school, 50)
        async with walking(data) as walk:
            await _slowly(walk)
            walk.send("escape")
            await walk.until(lambda: "Stop sending?" in walk.text)
            walk.send("left", "enter")
            await walk.on(ShowTextScreen)
            await walk.press("enter")
            await walk.on(InviteScreen)
            assert f"{53 - len(box.recipients)} ticked" in walk.text_of("#summary")
    assert 0 < len(box.recipients) < 53


async def test_leaving_while_messages_are_sent_asks_first_and_keeps_the_results(data: DataFolder) -> None:
    with mail_server() as box:
        with School(data) as school:
            use(school, box.port)
            many(school, 50)
        async with walking(data) as walk:
            await _slowly(walk)
            walk.send("ctrl+q")
            await walk.until(lambda: "Messages are being sent" in walk.text)
            walk.send("left", "enter")
            await walk.until(lambda: not walk.app.is_running)
    with School(data, read_only=True) as school:
        kept = invitations(school)
    assert 0 < len(kept) < 53
    assert {result.address for result in kept.values() if result.state == "sent"} <= {*box.recipients}
    assert {*box.recipients} <= {result.address for result in kept.values()}


async def test_the_screen_and_the_question_warn_that_nobody_is_in_dsls(data: DataFolder) -> None:
    with School(data) as school:
        remove_one(school.store.people("staff"), of(school, "Adams").id)
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        assert screen.warning.display
        assert "Nobody is in DSLs" in walk.text_of("#warning")
        await walk.press("a", "s")
        await walk.on(ConfirmScreen)
        assert walk.text.count("Nobody is in DSLs") == 2


async def test_of_two_thousand_staff_the_table_holds_only_a_window(data: DataFolder) -> None:
    with School(data) as school:
        many(school, 2_000)
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        assert "2,004 staff" in walk.text_of("#summary")
        assert screen.table.row_count < 200
        await walk.press("a", "ctrl+end")
        assert "2,003 ticked" in walk.text_of("#summary")
        assert screen.table.selected_row == 2_003
        assert not screen.table.show_horizontal_scrollbar


async def test_a_hostile_name_does_no_harm(data: DataFolder) -> None:
    with School(data) as school:
        colleagues(school, ("[/b][red]\x1b[31m Aaa", "x@example.org"), group="[@click=app.quit]Zzz")
    async with walking(data) as walk:
        screen = await _to_invite(walk)
        assert "[red]�[31m" in walk.text
        await walk.press("enter")
        await walk.on(ShowTextScreen)
        assert "\x1b" not in walk.text
        await walk.press("escape", "e", "escape", "t")
        await walk.on(ChooseScreen)
        await walk.press("escape", "a")
        await _send(walk)
        await walk.press("enter")
        assert await walk.on(InviteScreen) is screen


async def test_without_staff_the_screen_says_what_to_do(data: DataFolder) -> None:
    with School(data) as school:
        school.store.people("staff").apply(removed=school.store.people("staff").frame()["id"].to_list())
    async with walking(data) as walk:
        await _to_invite(walk)
        assert "No staff are stored yet." in walk.text_of("#details")
        await walk.press("space", "a", "t", "p", "e", "s", "enter")
        assert walk.screen(InviteScreen)
        assert isinstance(walk.focus, WindowTable)


async def test_sending_that_ends_behind_the_question_shows_the_results(data: DataFolder) -> None:
    with mail_server() as box:
        with School(data) as school:
            use(school, box.port)
        async with walking(data) as walk:
            await _slowly(walk)
            walk.send("escape")
            await walk.until(lambda: "Stop sending?" in walk.text)
            await walk.settle()
            assert len(box.recipients) == 3
            await walk.press("enter")
            await walk.on(ShowTextScreen)
            assert "3 messages sent." in walk.text


async def test_if_nothing_can_be_sent_the_reason_is_shown_and_everyone_stays_ticked(data: DataFolder) -> None:
    with School(data) as school:
        use(school, 1, user="backdrop")
    async with walking(data) as walk:
        await _to_invite(walk)
        await walk.press("a", "s")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(InviteScreen)
        assert "password" in walk.notices()[-1]
        assert "3 ticked" in walk.text_of("#summary")


async def test_f1_lists_every_key(data: DataFolder) -> None:
    async with walking(data) as walk:
        await _to_invite(walk)
        await walk.press("f1")
        screen = await walk.on(HelpScreen)
        listed = {text for keys in screen._groups.values() for _, text in keys}
        assert listed >= {
            binding.tooltip for binding in InviteScreen.BINDINGS if isinstance(binding, Binding)
        }
        await walk.press("escape")
        await walk.on(InviteScreen)
        await walk.until(lambda: "Send" in walk.footer)


async def test_the_action_plan_says_who_has_only_a_file_and_a_message_that_has_gone_is_ticked_again(
    data: DataFolder,
) -> None:
    with School(data) as school:
        send_invitations(school, invitees(school))
    async with walking(data) as walk:
        walk.app.go_to("plan")
        await walk.on(ActionPlanScreen)
        await walk.until(lambda: "3 only in the outbox, 1 with no address" in walk.text)
        with School(data) as school:
            outbox(school)[0].unlink()
        screen = await _to_invite(walk)
        assert walk.text_of("#summary") == (
            "4 staff · 1 not invited yet · 2 only in the outbox · 1 without an address"
        )
        assert "not yet" in walk.text
        await walk.press("a")
        assert [invitee.name for invitee in screen.selection.recipients] == ["Jo Adams"]
