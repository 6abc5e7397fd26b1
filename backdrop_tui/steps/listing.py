"""All steps of set-up. A step is declared here and nowhere else."""

from typing import TYPE_CHECKING

from backdrop_tui.steps.step import Step

if TYPE_CHECKING:  # it loads polars, which `--help` doesn't need
    from backdrop_tui.records.schema.kind import RecordKind

STEPS: tuple[Step, ...] = (
    SIGN_UP := Step(
        key="sign-up",
        title="Sign up",
        hint="Enter your school, name and e-mail.",
        screen="backdrop_tui.tui.screens.account.sign_up:SignUpScreen",
        command="backdrop_tui.cli.account:sign_up_command",
        usage="sign-up --organisation NAME --name NAME --email ADDRESS",
        plain="backdrop_tui.cli.plain.account:sign_up",
        done_when="backdrop_tui.steps.done:has_account",
    ),
    VERIFY_EMAIL := Step(
        key="verify-email",
        title="Verify your e-mail",
        hint="Enter the code that was sent to you.",
        screen="backdrop_tui.tui.screens.account.verify_email:VerifyEmailScreen",
        command="backdrop_tui.cli.account:verify_command",
        usage="verify CODE",
        plain="backdrop_tui.cli.plain.account:verify",
        blocked_by=(SIGN_UP,),
        done_when="backdrop_tui.steps.done:is_verified",
    ),
    ADD_STUDENTS := Step(
        key="students",
        title="Students",
        hint="Import a CSV file, or add by hand.",
        screen="backdrop_tui.tui.screens.wizard.pick_file:PickFileScreen",
        command="backdrop_tui.cli.files.importing:import_command",
        usage="import FILE",
        blocked_by=(VERIFY_EMAIL,),
        done_when="backdrop_tui.steps.done:has_students",
        kind="students",
    ),
    ADD_STAFF := Step(
        key="staff",
        title="Staff",
        hint="Import a CSV, add by hand, or s to skip.",
        screen="backdrop_tui.tui.screens.wizard.pick_file:PickFileScreen",
        command="backdrop_tui.cli.files.importing:import_command",
        usage="import FILE --kind staff",
        blocked_by=(VERIFY_EMAIL,),
        done_when="backdrop_tui.steps.done:has_staff",
        kind="staff",
    ),
    REVIEW_SETTINGS := Step(
        key="settings",
        title="Review system settings",
        hint="Look through them, then confirm.",
        screen="backdrop_tui.tui.screens.admin.settings:SettingsScreen",
        command="backdrop_tui.cli.settings:settings_command",
        usage="settings --reviewed",
        plain="backdrop_tui.cli.plain.settings:review_settings",
        blocked_by=(SIGN_UP,),
    ),
    REVIEW_GROUPS := Step(
        key="groups",
        title="Review user groups",
        hint="Look through the rights, then confirm.",
        screen="backdrop_tui.tui.screens.admin.groups:GroupsScreen",
        command="backdrop_tui.cli.groups:groups_command",
        usage="groups --reviewed",
        plain="backdrop_tui.cli.plain.groups:review_groups",
        blocked_by=(SIGN_UP,),
    ),
    INVITE_STAFF := Step(
        key="invite",
        title="Invite staff",
        hint="Send them their welcome e-mails.",
        screen="backdrop_tui.tui.screens.invitations.invite:InviteScreen",
        command="backdrop_tui.cli.invite:invite_command",
        usage="invite --all",
        plain="backdrop_tui.cli.plain.inviting:invite",
        blocked_by=(VERIFY_EMAIL, REVIEW_SETTINGS, REVIEW_GROUPS),
        remark_when_done="backdrop_tui.people.invitees:invitation_remark",
    ),
)
"""Every step, in the order in which they are best done."""


def step_with_key(key: str) -> Step | None:
    """A step by its key; None if there is no such step."""
    return next((step for step in STEPS if step.key == key), None)


def step_adding(kind: "RecordKind") -> Step:
    """The step in which people of a kind are added."""
    return next(step for step in STEPS if step.kind == kind.name)
