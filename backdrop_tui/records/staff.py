"""What a member of staff is."""

import polars as pl

from backdrop_tui.records.fields import email_address, job_role, user_group
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.rights.user_groups import STANDARD_GROUPS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import NOTHING, Field, known, listed, says
from backdrop_tui.records.schema.hashing import keys, repeated
from backdrop_tui.records.schema.kind import AcrossRule, FilePeople, Recognition, RecordKind


def _folded_name(prefix: str = "") -> list[pl.Expr]:
    return [
        pl.col("first_name").str.to_lowercase().alias(f"{prefix}first"),
        pl.col("surname").str.to_lowercase().alias(f"{prefix}last"),
    ]


def _shared_email(people: FilePeople, _stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows of the file that share an e-mail address, however its letters are cased: all of them."""
    with_email = people.frame("row", "email", "email.folded").rename({"email.folded": "folded"}).drop_nulls()
    shared = with_email.filter(repeated(keys(with_email["folded"]))).filter(pl.col("folded").is_duplicated())
    others = shared.group_by("folded").agg(pl.col("row").sort().alias("rows"))
    return shared.join(others, on="folded").select(
        "row",
        says("{} stands in several rows: {}. Each member of staff has an address of their own.", "email", listed("rows")).alias("message"),
        NOTHING.alias("suggestion"),
    )  # fmt: skip


def _taken_email(people: FilePeople, stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows with the e-mail address of somebody else who is stored.

    As with UPNs, that is somebody whose first name and surname are both different: one of them may have changed. It is
    somebody else too where another person of just this row's name is stored.
    """
    theirs = stored.select("id", pl.col("email").str.to_lowercase().alias("folded"), *_folded_name("their_"))
    ours = people.frame("row", "email", "first_name", "surname", "email.folded")
    same = ours.select("row", "email", *_folded_name(), folded="email.folded").join(
        theirs.filter(pl.col("folded") != ""), on="folded"
    )
    namesakes = theirs.select(first="their_first", last="their_last", namesake=True).unique()
    other_first = pl.col("first") != pl.col("their_first")
    other_last = pl.col("last") != pl.col("their_last")
    taken = same.join(namesakes, on=["first", "last"], how="left").filter(
        (other_first & other_last) | ((other_first | other_last) & pl.col("namesake"))
    )
    return taken.select(
        "row",
        says("{} is already stored for another member of staff. Each has an address of their own.", "email").alias("message"),
        NOTHING.alias("suggestion"),
    ).unique("row", maintain_order=True)  # fmt: skip


def _which_person(people: FilePeople, stored: pl.DataFrame, _context: Context) -> pl.DataFrame:
    """Rows that no e-mail address and only the name can tell, where several of that name are stored.

    So are several rows without an address that have the name of the one who is stored: they may be several people.
    """
    known_emails = stored["email"].drop_nulls().str.to_lowercase()
    names = stored.group_by(_folded_name()).len("namesakes")
    email = pl.col("email.folded")
    ours = people.frame("row", "first_name", "surname", "email.folded").with_columns(_folded_name())
    several_stored = pl.col("namesakes") > 1
    several_here = (pl.col("alike") > 1) & email.is_null()
    return (
        ours.join(names, on=["first", "last"])
        .with_columns(alike=pl.len().over("first", "last"))
        .filter(~email.is_in(known_emails.implode()).fill_null(value=False) & (several_stored | several_here))
        .select(
            "row",
            pl.when(several_stored)
            .then(says("{} members of staff of this name are stored. Give the e-mail address of the one that is meant.", "namesakes"))
            .otherwise(says("This name stands in {} rows, and one of them is stored. Give each an e-mail address of their own.", "alike"))
            .alias("message"),
            NOTHING.alias("suggestion"),
        )
    )  # fmt: skip


JOB_ROLE = Field(
    key="job_role",
    label="Job Role",
    headings=known(
        "jobrole jobtitle role mainrole jobtype businessrole staffcategory post posttitle position stafftype staffrole "
        "designation"
    ),
    checks=job_role.job_role_checks,
    hint="what they do, like Class Teacher",
    example="Class Teacher",
)
USER_GROUP = Field(
    key="user_group",
    label="User Group",
    headings=known("usergroup group rightsgroup permissiongroup accessgroup securityprofile staffgroup"),
    checks=user_group.user_group_checks,
    choices=user_group.group_choices,
    suggested=user_group.suggested_group,
    hint=f"{', '.join(STANDARD_GROUPS)}, or a group of your own",
    example="Teachers",
    looks_like=r"(?i)^(dsls?|sbm|school business managers?|admin( team)?|slts?|teachers?|tas?|teaching assistants?|governors?)$",
)
EMAIL = Field(
    key="email",
    label="Email",
    headings=known("email emailaddress workemail schoolemail"),
    checks=email_address.email_checks,
    hint="their school address, or blank",
    example="a.khan@school.org.uk",
    needed=False,
    plain=email_address.PLAIN,
    looks_like=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
)

STAFF = RecordKind(
    name="staff",
    one="member of staff",
    many="staff",
    fields=(FIRST_NAME, SURNAME, JOB_ROLE, USER_GROUP, EMAIL),
    across=(
        AcrossRule("required", "User Group is missing", "user_group", user_group.missing_group),
        AcrossRule("email-duplicate", "Email stands in several rows", "email", _shared_email),
        AcrossRule("email-taken", "Email belongs to somebody else", "email", _taken_email),
        AcrossRule("person-ambiguous", "Several of this name are stored", None, _which_person),
    ),
    recognised_by=(
        Recognition(same=("email",), and_one_of=("first_name", "surname")),
        Recognition(same=("first_name", "surname")),
    ),
)
