import inspect
import re
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.rights import job_titles
from backdrop_tui.records.rights.job_titles import group_for_title
from backdrop_tui.records.rights.user_groups import (
    ADMIN,
    BUSINESS,
    DSLS,
    GOVERNORS,
    SLTS,
    TAS,
    TEACHERS,
    default_rights,
)


@pytest.mark.parametrize(
    ("role", "group"),
    [
        ("Headteacher", "SLTs"),
        ("Head Teacher", "SLTs"),
        ("Executive Headteacher", "SLTs"),
        ("Deputy Head", "SLTs"),
        ("Assistant Headteacher", "SLTs"),
        ("Vice Principal", "SLTs"),
        ("Head of School", "SLTs"),
        ("Head of Year 9", "Teachers"),
        ("Assistant Head of Year", "Teachers"),
        ("Head of Maths", "Teachers"),
        ("Head of Sixth Form", "Teachers"),
        ("Class Teacher", "Teachers"),
        ("SENCo", "Teachers"),
        ("Teacher of English", "Teachers"),
        ("HLTA", "TAs"),
        ("Teaching Assistant", "TAs"),
        ("SEN TA", "TAs"),
        ("Learning Support Assistant", "TAs"),
        ("Business Manager", "School Business Manager"),
        ("School Business Manager", "School Business Manager"),
        ("Bursar", "School Business Manager"),
        ("Assistant Business Manager", "Admin Team"),
        ("Receptionist", "Admin Team"),
        ("Office Manager", "Admin Team"),
        ("Headteacher's PA", "Admin Team"),
        ("PA to the Headteacher", "Admin Team"),
        ("Clerk to the Governors", "Admin Team"),
        ("Chair of Governors", "Governors"),
        ("DSL", "DSLs"),
        ("Designated Safeguarding Lead", "DSLs"),
        ("Caretaker", None),
        ("Head Chef", None),
        ("Pastoral Officer", None),
        ("Cook", None),
        ("Lab Technician", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_job_role_suggests_a_user_group(role: str, group: str | None) -> None:
    assert group_for_title(role) == group


LEADERS = {
    "DSL": DSLS,
    "Designated Safeguarding Lead": DSLS,
    "Deputy DSL": DSLS,
    "DDSL": DSLS,
    "Safeguarding Lead": DSLS,
    "SBM": BUSINESS,
    "School Business Manager": BUSINESS,
    "Bursar": BUSINESS,
    "Headteacher": SLTS,
    "Head": SLTS,
    "Deputy Headteacher": SLTS,
    "Principal": SLTS,
    "SLT": SLTS,
    "Governor": GOVERNORS,
}
OTHERS = {"Teacher": TEACHERS, "Class Teacher": TEACHERS, "TA": TAS, "Teaching Assistant": TAS, "Receptionist": ADMIN, "Administrator": ADMIN}  # fmt: skip
HELPERS = (
    "PA to the {}", "PA to {}", "P.A. to {}", "PA for the {}", "{}'s PA", "{}’s PA", "{}s' PA", "{} PA", "Personal Assistant to the {}",
    "Secretary to {}", "Secretary to the {}", "{} Secretary", "{}'s Secretary", "{} Administrator", "{}'s Admin Assistant",
    "Administrator for the {}", "Assistant to the {}", "{}'s Assistant", "{} Assistant", "Clerk to the {}", "Receptionist for {}",
)  # fmt: skip
NOT_IN_POST = (
    "Former {}", "former {}", "Ex-{}", "ex {}", "Ex–{}", "Retired {}", "{} (retired)", "Trainee {}", "{} Trainee", "{} in training",
    "Aspiring {}", "Previous {}", "Past {}", "Outgoing {}", "Incoming {}", "{} designate", "{}-elect", "Not {}", "No longer {}",
    "Non-{}", "Apprentice {}", "Shadow {}", "Prospective {}", "{} (left)", "{}, left July", "{} vacancy", "{} candidate", "was {}",
)  # fmt: skip
OTHER_POSTS = (
    "{} Lab Technician", "{} Cleaner", "{}'s Husband", "{} Liaison Officer", "Link to the {}", "Driver for the {}", "Friend of the {}",
    "Reports to the {}", "{} Support", "{} Trainer", "Advisor to the {}", "Works with the {}", "{} and Cook", "Cook, {}", "Site {} Person",
)  # fmt: skip


@pytest.mark.parametrize("form", HELPERS)
def test_whoever_helps_a_leader_is_in_the_admin_team(form: str) -> None:
    groups = {post: group_for_title(form.format(post)) for post in LEADERS}
    assert groups == dict.fromkeys(LEADERS, ADMIN)


@pytest.mark.parametrize("form", NOT_IN_POST)
def test_whoever_does_not_hold_a_post_has_no_group_because_of_it(form: str) -> None:
    posts = [*LEADERS, *OTHERS]
    groups = {post: group_for_title(form.format(post)) for post in posts}
    assert groups == dict.fromkeys(posts)


@pytest.mark.parametrize("form", OTHER_POSTS)
def test_a_title_with_another_word_in_it_never_gives_the_rights_of_a_leader(form: str) -> None:
    groups = {post: group_for_title(form.format(post)) for post in LEADERS}
    widened = {
        post: group
        for post, group in groups.items()
        if group and default_rights(group) - default_rights(ADMIN)
    }
    assert not widened


@pytest.mark.parametrize("post", LEADERS)
def test_a_leaders_title_alone_gives_the_leaders_group(post: str) -> None:
    assert group_for_title(post) == group_for_title(post.upper()) == LEADERS[post]


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("PA to DSL", ADMIN),
        ("Secretary to DSL", ADMIN),
        ("DSL Administrator", ADMIN),
        ("Former DSL", None),
        ("School Business Manager's Assistant", ADMIN),
        ("Principal Lab Technician", None),
        ("Teacher's Assistant", TAS),
        ("Assistant to the class teacher", TAS),
        ("Assistant", None),
        ("PA to the Headteacher and DSL", ADMIN),
        ("Network Administrator", None),
        ("Head for Year 9", None),
        ("Head of the English Department", TEACHERS),
        ("Principal Teacher of Music", TEACHERS),
        ("Teacher Governor", TEACHERS),
    ],
)
def test_helpers_are_recognised_before_the_people_they_help(title: str, group: str | None) -> None:
    assert group_for_title(title) == group


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Teacher and DSL", None),
        ("Teacher; SENCo; DSL", None),
        ("Headteacher/DSL", None),
        ("TA & Midday Supervisor", TAS),
        ("Class Teacher, Head of Year 7", TEACHERS),
        ("Teacher of English and Drama", TEACHERS),
        ("Receptionist / Admin Assistant", ADMIN),
        ("Deputy Head, Inclusion", SLTS),
        ("Assistant Principal - Teaching & Learning", SLTS),
        ("Deputy Head (Acting)", SLTS),
        ("Deputy Head for Pastoral", SLTS),
        ("DSL (Lead)", DSLS),
        ("DSL (2019-2021)", None),
        ("Deputy Head (0.6 FTE)", SLTS),
        ("Executive PA to the Head", ADMIN),
        ("1:1 TA", TAS),
        ("Class Teacher - Reception", TEACHERS),
        ("Reception / Office", ADMIN),
        ("Reception", ADMIN),
        ("Teaching Asst.", TAS),
        ("H.L.T.A.", TAS),
    ],
)
def test_several_titles_only_suggest_a_group_that_all_of_them_agree_on(title: str, group: str | None) -> None:
    assert group_for_title(title) == group


WORDS_OF_TITLES = set(re.findall("[a-z]+", inspect.getsource(job_titles)))


def is_unknown(word: str) -> bool:
    """Whether a word has nothing to do with any title."""
    return word not in WORDS_OF_TITLES and group_for_title(word) is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=ascii_lowercase, min_size=3, max_size=12).filter(is_unknown),
    st.sampled_from(sorted(LEADERS)),
    st.sampled_from(["{word} {post}", "{post} {word}", "{word} to the {post}", "{post}, {word}", "{post} ({word})", "{word} of {post}",
                     "{post} & {word}", "{word} for {post}", "{post} for {word}", "{post}'s {word}", "{word}-{post}"]),
)  # fmt: skip
def test_a_leaders_title_with_any_unknown_word_suggests_nothing_of_the_leaders(
    word: str, post: str, form: str
) -> None:
    assert group_for_title(form.format(word=word, post=post)) in {None, TEACHERS}
