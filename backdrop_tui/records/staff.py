"""The staff: their fields, and the rules that look at more than one cell."""

import polars as pl

from backdrop_tui.records.fields import email_address, user_group
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.fields.shared_mailbox import EMAIL_SHARED, is_role_name
from backdrop_tui.records.leaving import STAFF_STATE_KEYS
from backdrop_tui.records.linkage_problems import EMAIL_KEPT, EMAIL_TAKEN, OF_ANY_KIND
from backdrop_tui.records.rights.user_groups import LONGEST, STANDARD_GROUPS
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.kind import AcrossRule, NotAPersonRule, RecordKind
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import row_list, sentence
from backdrop_tui.records.schema.unique import unique_in_file
from backdrop_tui.records.school_domain import address_of_school
from backdrop_tui.records.texts.capitals import names_in_capitals
from backdrop_tui.records.texts.garbled import garbled_texts
from backdrop_tui.records.texts.whole_names import PARTS_OF_WHOLE_NAMES, WHOLE_NAMES

JOB_ROLE = Field(
    key="job_role",
    label="Job Role",
    headings=folded_headings(
        "jobrole jobtitle role mainrole jobtype businessrole staffcategory post posttitle position stafftype staffrole "
        "designation job roletitle positiontitle roleinschool positioninschool employeetitle postheld "
        "positionheld roleheld jobdescription postdescription roledescription jobname rolename occupation profession "
        "primaryrole titleofpost swydd teitlswydd"
    ),
    value_pattern=r"^[^\W\d_]{2}[^\d@]*$",
    recognised_by_values=False,
    owner_words=folded_headings("work school employment contract"),
    heading_words=folded_headings("jobrole jobtitle jobtype posttitle staffrole"),
    unrelated_words=folded_headings("code id start end date"),
    hint="what they do, like Class Teacher",
    instruction="Type it in, like Class Teacher.",
    can_be_uniform=True,
    heads_sections=True,
    longest=100,
    can_be_garbled=True,
    example="Class Teacher",
)
USER_GROUP = Field(
    key="user_group",
    label="User Group",
    headings=folded_headings(
        "usergroup group rightsgroup securitygroup permissiongroup accessgroup securityprofile staffgroup groupname usergroupname "
        "accessgroupname"
    ),
    heading_words=folded_headings(
        "permission permissions accesslevel accessrights rights userrole usertype rolegroup securityrole accessrole systemaccess"
    ),
    specific_checks=user_group.user_group_checks,
    choices=user_group.group_choices,
    suggested=lambda context: user_group.group_for_role(JOB_ROLE.col, context),
    can_be_uniform=True,
    worked_out_as="by-role",
    worked_out_from="the job role",
    instruction="Choose one of the groups, like Teachers.",
    column_needed=False,
    longest=LONGEST,
    can_be_garbled=True,
    hint=f"{', '.join(STANDARD_GROUPS)}, or a group of your own",
    example="Teachers",
    value_pattern=r"(?i)^(dsls?|sbm|school business managers?|admin( team)?|slts?|teachers?|tas?|teaching assistants?|governors?)$",
)
EMAIL = Field(
    key="email",
    label="Email",
    headings=folded_headings("email emailaddress workemail schoolemail mail emailid ebost cyfeiriadebost"),
    owner_words=folded_headings("work school staff primary gwaith ysgol"),
    heading_words=folded_headings("email"),
    specific_checks=email_address.email_checks,
    hint="their school address, or blank",
    example="a.khan@school.org.uk",
    needed=False,
    fast_path=email_address.FAST_PATH,
    value_pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
)

EMAIL_DUPLICATE = ProblemType(
    "email-duplicate", "{field} appears in more than one row", is_about_identity=True
)
_FOLDED_EMAIL = EMAIL.col.str.to_lowercase()


_SHARED = unique_in_file(
    EMAIL, EMAIL_DUPLICATE, "Each member of staff needs their own address.", ignore_case=True
)


def _duplicate_email(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows that share an e-mail address, and what to do if they are one person with several roles."""
    shared = _SHARED.find(people, stored, context)
    if not shared.height:
        return shared
    names = people.frame_at(shared["row"], FIRST_NAME, SURNAME, EMAIL).select(
        "row", address=_FOLDED_EMAIL, name=pl.concat_str(FIRST_NAME.col, pl.lit(" "), SURNAME.col)
    )
    folded = pl.col("name").str.to_lowercase()
    one_name = (folded.n_unique() == 1) & folded.is_not_null().all()
    rows = names.with_columns(rows=pl.col("row").sort().over("address", mapping_strategy="join"))
    with_several_roles = rows.filter(one_name.over("address")).with_columns(
        row_list(pl.col("rows"), context.row_names)
    )
    advice = sentence(
        "{} appears in rows {} with the same e-mail address but another job role or user group. "
        "Keep the row with the user group that they need, and leave out the rest.",
        pl.col("name"),
        pl.col("rows"),
    )
    messages = with_several_roles.select("row", advice=advice)
    return shared.join(messages, on="row", how="left", maintain_order="left").select(
        pl.coalesce("advice", "message").alias("message") if name == "message" else name
        for name in shared.columns
    )


_FIELDS = (FIRST_NAME, SURNAME, JOB_ROLE, USER_GROUP, EMAIL)
STAFF = RecordKind(
    name="staff",
    singular="member of staff",
    plural="staff",
    owner_words=folded_headings(
        "staff staffs employee employees teacher teachers member members person people"
    ),
    fields=_FIELDS,
    across=(
        *WHOLE_NAMES,
        AcrossRule(EMAIL_DUPLICATE, EMAIL, _duplicate_email),
    ),
    identifier=EMAIL,
    identity=(FIRST_NAME, SURNAME),
    file_only=(BACKDROP_ID,),
    is_linked_within_file=True,
    linkage_problems=(*OF_ANY_KIND, EMAIL_TAKEN, EMAIL_KEPT),
    findings=(garbled_texts(_FIELDS), names_in_capitals(EMAIL)),
    suggestions=(address_of_school(EMAIL), *PARTS_OF_WHOLE_NAMES),
    not_a_person=(NotAPersonRule(EMAIL_SHARED, is_role_name(FIRST_NAME.col, SURNAME.col)),),
    state_keys=STAFF_STATE_KEYS,
)
