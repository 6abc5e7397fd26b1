import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import LABELS, STAFF, STUDENTS, read, student, table, upn

KNOWN = {
    "first_name": "1stname legalforename legalfirstname forename forenames firstname firstnames givenname givennames "
    "preferredforename preferredfirstname chosenforename chosenname "
    "chosenfirstname knownas enwcyntaf",
    "surname": "2ndname legalsurname legallastname surname lastname familyname legalfamilyname preferredsurname preferredlastname "
    "chosensurname cyfenw",
    "date_of_birth": "dob dateofbirth birthdate birthday dobddmmyyyy dateofbirthddmmyyyy born dyddiadgeni",
    "gender": "gender sex legalsex mf gendermf rhyw",
    "year_group": "yeargroup year yeargrp yr ncyear ncy ncyearactual nationalcurriculumyear curriculumyear yearcode "
    "yeartaughtin yeartaughtincode grade grades gradelevel cohort blwyddyn",
    "registration_group": "registrationgroup registration reggroup reg regform registrationform form formgroup tutorgroup "
    "formtutorgroup class classname homeroom dosbarth",
    "upn": "upn uniquepupilnumber pupilupn upnnumber",
}
KNOWN_OF_STAFF = {
    "job_role": "jobrole jobtitle role mainrole jobtype businessrole staffcategory post posttitle position stafftype "
    "staffrole designation",
    "user_group": "usergroup group rightsgroup permissiongroup accessgroup securityprofile staffgroup",
    "email": "email emailaddress workemail schoolemail",
}
FULL = "name fullname pupilname studentname legalname preferredname surnameforename enw enwllawn"


def matched(text: str | bytes, kind: RecordKind = STUDENTS) -> Matching:
    return match_columns(read(text, kind), kind)


def targets(text: str, kind: RecordKind = STUDENTS) -> list[str | None]:
    return list(matched(text, kind).targets)


@pytest.mark.parametrize(("key", "heading"), [(key, h) for key, hs in KNOWN.items() for h in hs.split()])
def test_every_known_heading_of_students_is_matched(key: str, heading: str) -> None:
    assert targets(f"{heading.upper()},Notes\nx,y\nz,w\n") == [key, None]


@pytest.mark.parametrize(("key", "heading"), [(k, h) for k, hs in KNOWN_OF_STAFF.items() for h in hs.split()])
def test_every_known_heading_of_staff_is_matched(key: str, heading: str) -> None:
    assert targets(f"{heading},Notes\nx,y\nz,w\n", STAFF) == [key, None]


@pytest.mark.parametrize("heading", FULL.split())
def test_every_known_heading_of_a_full_name_is_matched(heading: str) -> None:
    assert targets(f"{heading},DOB\nSmith John,14/03/2012\n") == ["full_name", "date_of_birth"]


def test_case_spaces_and_punctuation_in_headings_make_no_difference() -> None:
    assert targets("  LEGAL_Fore-name ,Family Name:,D.O.B.,M/F\na,b,14/03/2012,F\n") == [
        "first_name", "surname", "date_of_birth", "gender",
    ]  # fmt: skip


def test_legal_names_are_used_rather_than_preferred_names_in_any_order() -> None:
    matching = matched("Preferred Forename,Legal Forename,Forename,Surname,Legal Surname\na,b,c,d,e\n")
    assert matching.targets == (None, "first_name", None, None, "surname")
    assert matching.columns[0].note == "Not used (“Legal Forename” has the first name)"


def test_a_plain_name_is_used_rather_than_a_preferred_name() -> None:
    assert targets("Known As,Forename,Surname\na,b,c\n") == [None, "first_name", "surname"]


def test_a_preferred_name_is_used_if_there_is_no_other() -> None:
    assert targets("Known As,Surname\na,b\n") == ["first_name", "surname"]


def test_an_empty_column_of_legal_names_is_not_used() -> None:
    assert targets("Legal Surname,Surname,Forename\n,b,c\n,d,e\n") == [None, "surname", "first_name"]


def test_a_legal_full_name_is_used_rather_than_preferred_names() -> None:
    assert targets("Preferred Forename,Preferred Surname,Legal Name\nJo,Smith,Joan Smith\n") == [
        None,
        None,
        "full_name",
    ]


def test_two_columns_for_one_field_are_reported() -> None:
    matching = matched(
        "Forename,Surname,DOB,Year,NC Year,Reg\na,b,14/03/2012,9,8,9B\nc,d,14/03/2012,9,9,9B\n"
    )
    assert list(matching.duplicates) == ["year_group"]
    assert matching.obstacles() == ("Two columns go to Year Group: “Year” and “NC Year”. Keep one of them.",)


def test_only_the_first_of_two_identical_columns_is_used() -> None:
    assert targets("Surname,Surname,Forename\nb,b,c\nd,d,e\n") == ["surname", None, "first_name"]


def test_columns_that_say_the_same_in_other_words_are_copies() -> None:
    assert targets("Year,NC Year,Surname\nYear 10,10,a\nYear 09,9,b\n") == ["year_group", None, "surname"]
    assert targets("Year,NC Year,Surname\nYear 10,10,a\nYear 09,8,b\n") == [
        "year_group",
        "year_group",
        "surname",
    ]
    assert targets("Surname,Last Name,DOB\nO'Neill,ONeill,14/03/2012\n")[:2] == ["surname", "surname"]


def test_columns_with_the_same_values_in_another_order_are_not_identical() -> None:
    assert targets("Sex,M/F\nM,M\nF,F\nM,F\nF,M\n") == ["gender", "gender"]


def test_a_repeated_heading_without_values_is_not_used() -> None:
    assert targets("Surname,Forename,Surname\nb,c,\nd,e,\n") == ["surname", "first_name", None]


def test_columns_without_a_heading_are_called_by_their_number() -> None:
    matching = matched("Surname,,Forename\nb,x,c\nd,y,e\n")
    assert [c.heading for c in matching.columns] == ["Surname", "Column 2", "Forename"]


def test_three_different_values_are_the_samples_of_a_column() -> None:
    matching = matched("Surname,Forename\nA,x\nA,y\n,z\nB\u00a0 b,z\nC,z\nD,z\n")
    assert matching.columns[0].samples == ("A", "B b", "C")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Year,Year Group,Surname\n2026/2027,9,a\n2026/2027,10,b\n", [None, "year_group", "surname"]),
        ("Year,NC Year,Surname\n2026,9,a\n2026,10,b\n", [None, "year_group", "surname"]),
        (
            "Form,Registration Group,Surname\nMr Smith,9B,a\nMrs Lee,10A,b\n",
            [None, "registration_group", "surname"],
        ),
        ("Group,User Group,Surname\nBlue,Teachers,a\nRed,TAs,b\n", [None, "user_group", "surname"]),
        ("Sex,Gender,Surname\nYes,F,a\nNo,M,b\n", [None, "gender", "surname"]),
    ],
)
def test_values_decide_between_two_columns_for_one_field(text: str, expected: list[str | None]) -> None:
    assert targets(text, STAFF if "User" in text else STUDENTS) == expected


def test_academic_years_are_no_year_groups() -> None:
    column = matched("Year,Surname\n2026/2027,a\n2026/2027,b\n").columns[0]
    assert column.target is None
    assert column.note == "Not used (its values look like academic years)"


@pytest.mark.parametrize("heading", ["Year", "Cohort", "DOB"])
def test_years_are_neither_year_groups_nor_dates_but_can_be_admission_numbers(heading: str) -> None:
    column = matched(f"{heading},Surname\n2019,a\n2020,b\n").columns[0]
    assert (column.target, column.note) == (None, "Not used (its values look like years)")
    assert targets("Adno,Surname\n2019,a\n2020,b\n") == ["admission_number", "surname"]


def test_the_only_column_for_a_field_may_have_unusual_values() -> None:
    assert targets("Form,Surname\nMr Smith,a\nMrs Lee,b\n") == ["registration_group", "surname"]


def test_a_legal_name_that_is_mostly_blank_gives_way() -> None:
    text = "Legal Surname,Surname,Forename\n,b,c\n,d,e\nx,f,g\n"
    assert targets(text) == [None, "surname", "first_name"]


def test_preferred_names_that_are_full_names_are_split() -> None:
    assert targets("Preferred Name,DOB\nAda Okoro,14/03/2012\nBilal Khan,15/03/2012\n")[0] == "full_name"
    assert targets("Known As,DOB\nAda Okoro,14/03/2012\nBilal Khan,15/03/2012\n")[0] == "full_name"
    assert targets("Preferred Name,DOB\nAda,14/03/2012\nBilal,15/03/2012\n")[0] == "first_name"
    assert targets("Known As,Surname\nMary Ann,Khan\nAnna Lee,Okoro\n") == ["first_name", "surname"]


def test_a_preferred_name_is_not_used_beside_both_names() -> None:
    assert targets("Preferred Name,Forename,Surname\nBil Khan,Bilal,Khan\n") == [
        None, "first_name", "surname",
    ]  # fmt: skip


def test_all_suggestions_can_be_taken_at_once() -> None:
    text = f"Ref A,Ref B,Ref C,Ref D\n14/03/2012,{upn(1)},9B,9B\n15/03/2012,{upn(2)},8A,8A\n"
    matching = matched(text)
    assert matching.targets == (None,) * 4
    assert matching.with_suggestions().targets == ("date_of_birth", "upn", None, None)


def test_a_suggestion_that_was_declined_is_not_taken_with_the_others() -> None:
    matching = matched(f"Ref A,Ref B\n14/03/2012,{upn(1)}\n15/03/2012,{upn(2)}\n").with_target(1, None)
    assert matching.with_suggestions().targets == ("date_of_birth", None)


def test_a_column_that_could_be_the_user_group_is_decided_before_rows_are_asked() -> None:
    matching = matched("Forename,Surname,Job Role,Ref\na,b,Teacher,Teachers\nc,d,SLT,SLTs\n", STAFF)
    assert [field.key for field in matching.missing] == ["user_group"]
    assert matching.with_target(3, None).obstacles() == ()
    assert matching.with_suggestions().obstacles() == ()


def test_a_needed_field_without_a_column_is_reported() -> None:
    matching = matched("Forename,DOB,Gender,Year,Reg\na,14/03/2012,F,9,9B\n")
    assert matching.obstacles() == ("No column goes to Surname, which every student needs.",)


STAFF_WITHOUT_GROUP = "First Name,Surname,Job Role\nJane,Smith,Teacher\n"


def test_a_file_of_staff_needs_no_column_for_the_user_group_and_its_rows_are_blank_there() -> None:
    matching = matched(STAFF_WITHOUT_GROUP, STAFF)
    assert matching.obstacles() == ()
    texts = matching.texts(read(STAFF_WITHOUT_GROUP, STAFF))
    assert texts.select("job_role", "user_group").rows() == [("Teacher", "")]


def test_a_column_that_could_be_the_user_group_has_to_be_matched_first() -> None:
    matching = matched("First Name,Surname,Job Role,Security Prof\nJane,Smith,Teacher,Teachers\n", STAFF)
    (column,) = [column for column in matching.columns if column.heading == "Security Prof"]
    assert column.target is None
    assert matching.obstacles() == (
        "No column goes to User Group, which every member of staff needs. “Security Prof” could be it.",
    )


def test_gender_and_upn_are_not_needed() -> None:
    assert matched("Forename,Surname,DOB,Year,Reg\na,b,14/03/2012,9,9B\n").obstacles() == ()


def test_a_near_miss_is_used_from_a_threshold_and_shows_its_similarity() -> None:
    column = matched("Regsitration Group,Surname\n9B,a\n").columns[0]
    assert (column.target, column.how) == ("registration_group", "similarity")
    assert column.near_miss is not None
    assert 92 <= column.near_miss.similarity < 100


def test_a_near_miss_below_the_threshold_is_only_suggested() -> None:
    column = matched("Registratoin Gruppe,Surname\n9B,a\n").columns[0]
    assert column.target is None
    assert column.near_miss is not None
    assert column.near_miss.target == "registration_group"
    assert not column.near_miss.is_safe


def test_the_nearer_of_two_near_misses_is_used_and_neither_if_they_are_equally_near() -> None:
    assert targets("Date of Birthhh,Date of Birthh,Form\n14/03/2012,14/03/2012,9B\n")[:2] == [
        None,
        "date_of_birth",
    ]
    assert targets("Surname1,Surname2,DOB\na,b,14/03/2012\n")[:2] == [None, None]


@pytest.mark.parametrize("heading", ["Former UPN", "Previous UPN", "Old UPN"])
def test_a_column_of_former_upns_is_known_and_never_taken_for_the_upn(heading: str) -> None:
    text = f"Surname,{heading}\na,{upn(1)}\nb,{upn(2)}\n"
    assert targets(text) == ["surname", "former_upn"]


@pytest.mark.parametrize("heading", ["Sibling UPN", "User Principal Name", "Admission Number"])
def test_headings_of_other_numbers_are_neither_used_nor_suggested_for_the_upn(heading: str) -> None:
    column = matched(f"{heading},Surname\n{upn(1)},a\n{upn(2)},b\n{upn(3)},c\n").columns[0]
    assert column.target is None
    assert column.near_miss is None


@pytest.mark.parametrize(
    "heading",
    ["Admission Number", "Admission No.", "Adm No", "Adno", "AdNumber", "MIS ID", "Pupil ID", "Student ID"],
)
def test_an_admission_number_is_known_by_its_heading(heading: str) -> None:
    text = f"{heading},Surname,UPN\n004217,Khan,{upn(1)}\n004218,Smith,{upn(2)}\n"
    assert targets(text) == ["admission_number", "surname", "upn"]


@pytest.mark.parametrize("heading", ["Pupil ID", "MIS ID", "Adm No"])
def test_an_id_column_full_of_upns_is_suggested_for_the_upn(heading: str) -> None:
    column = matched(f"{heading},Surname\n{upn(1)},a\n{upn(2)},b\n").columns[0]
    assert column.target is None
    assert column.note == "Not used (its values look like UPNs)"
    assert column.near_miss is not None
    assert (column.near_miss.target, column.near_miss.by) == ("upn", "values")


def test_an_id_column_full_of_addresses_is_not_an_admission_number() -> None:
    assert targets("Student ID,Surname\na.b@school.org,Khan\nc.d@school.org,Smith\n") == [None, "surname"]


def test_an_id_gives_way_to_an_admission_number() -> None:
    assert targets("Pupil ID,Adno,Surname\n9001,004217,Khan\n9002,004218,Smith\n") == [
        None,
        "admission_number",
        "surname",
    ]


def test_an_admission_number_is_never_missing() -> None:
    assert "admission_number" not in {field.key for field in matched("Surname\nKhan\n").missing}


def test_a_upn_column_full_of_addresses_is_not_used() -> None:
    matching = matched("UPN,Surname\na.b@school.org,Khan\nc.d@school.org,Smith\n")
    assert matching.targets == (None, "surname")
    assert matching.columns[0].note == "Not used (its values look like e-mail addresses)"


def test_a_upn_column_is_used_if_another_has_addresses() -> None:
    text = f"UPN,Pupil UPN,Surname\na.b@school.org,{upn(1)},Khan\n"
    assert targets(text) == [None, "upn", "surname"]


@pytest.mark.parametrize("time", [" 00:00", " 00:00:00", " 12:00:00 AM", " 13:45", ".", " (est)"])
def test_dates_with_something_after_them_are_still_dates(time: str) -> None:
    assert targets(f"Surname,DOB\nKhan,14/03/2012{time}\nSmith,15/03/2012{time}\n") == [
        "surname",
        "date_of_birth",
    ]


@pytest.mark.parametrize(
    ("heading", "value"), [("DOB", "a.b@school.org"), ("UPN", "14/03/2012"), ("DOB", "14/03/12012")]
)
def test_a_single_value_of_another_kind_is_a_mistake_in_its_row(heading: str, value: str) -> None:
    assert targets(f"Surname,{heading}\nKhan,{value}\nSmith,\n")[1] is not None


def test_a_upn_column_with_mistakes_is_still_used() -> None:
    assert targets("UPN,Surname\nX1,Khan\nY2,Smith\n") == ["upn", "surname"]


def test_values_that_look_like_those_of_a_field_only_make_a_suggestion() -> None:
    column = matched("Pupil ref,Surname\n14/03/2012,a\n15/03/2012,b\n").columns[0]
    assert column.target is None
    assert column.near_miss is not None
    assert (column.near_miss.target, column.near_miss.by) == ("date_of_birth", "values")


def test_a_column_with_a_fields_word_and_many_mistakes_is_at_least_suggested() -> None:
    text = f"UPN (if known),Surname\n{upn(1)},a\nask the office,b\n{upn(3)},c\ntbc,d\n"
    column = matched(text).columns[0]
    assert column.target is None
    assert column.near_miss is not None
    assert column.near_miss.target == "upn"


def test_small_numbers_alone_are_not_taken_for_year_groups() -> None:
    assert matched("Zahl,Surname\n7,a\n8,b\n").columns[0].near_miss is None
    column = matched("Stufe,Surname\nYear 7,a\nYear 8,b\n").columns[0]
    assert column.near_miss is not None
    assert column.near_miss.target == "year_group"


def test_a_full_name_beside_a_surname_is_split_for_the_first_name() -> None:
    sheet = read("Name,Surname,DOB\nJohn Paul Smith,Smith,14/03/2012\n")
    matching = match_columns(sheet, STUDENTS)
    assert matching.targets == ("full_name", "surname", "date_of_birth")
    assert matching.texts(sheet).row(0)[1:3] == ("John Paul", "Smith")


def test_a_name_beside_a_surname_can_be_the_first_name() -> None:
    assert targets("Name,Surname\nJohn Paul,Smith\nAnn,Jones\n") == ["first_name", "surname"]


def test_a_name_beside_a_forename_can_be_the_surname() -> None:
    assert targets("Name,Forename\nSmith,John Paul\nJones,Ann\n") == ["surname", "first_name"]


def test_a_full_name_is_not_used_beside_both_names() -> None:
    assert targets("Full Name,Forename,Surname\na b,a,b\n") == [None, "first_name", "surname"]


def test_matched_columns_get_the_keys_of_their_fields() -> None:
    sheet = read(table([student(1)]))
    keys = [field.key for field in STUDENTS.fields if field.label in LABELS]
    assert match_columns(sheet, STUDENTS).texts(sheet).columns == ["row", *keys]


def test_a_file_without_headings_has_columns_by_number() -> None:
    sheet = read(b"\r\n".join(table(student(n) for n in range(5)).split(b"\r\n")[1:]))
    matching = match_columns(sheet, STUDENTS)
    assert sheet.header_row is None
    assert matching.targets == (None,) * 7
    named = matching.with_map([("Column 3", "date of birth"), ("column 1", "first_name")])
    assert named.targets[:3] == ("first_name", None, "date_of_birth")


def test_a_column_that_the_user_maps_replaces_the_one_that_was_detected() -> None:
    matching = matched("A=B,Surname,DOB\nx,y,14/03/2012\n")
    remapped = matching.with_map([("a=b", "SURNAME")])
    assert remapped.targets == ("surname", None, "date_of_birth")
    assert [c.how for c in remapped.columns] == ["chosen", "chosen", "heading"]


def test_the_user_can_map_a_column_to_full_name_or_not_use_it() -> None:
    matching = matched("Forename,Surname,Whole\na,b,b a\n").with_map([("Whole", "full NAME")])
    assert matching.targets == (None, None, "full_name")
    for unused in ("not used", "", "-"):
        assert matched("UPN,Surname\na,b\n").with_map([("UPN", unused)]).targets == (None, "surname")


def test_one_of_several_columns_with_the_same_heading_is_mapped_by_its_number() -> None:
    matching = matched("Surname,Surname,Forename\nb,x,c\nd,y,e\n")
    assert matching.duplicates
    assert matching.with_map([("Column 2", "not used")]).targets == ("surname", None, "first_name")


@pytest.mark.parametrize(
    ("heading", "label", "message"),
    [
        ("Nowhere", "UPN", "no column “Nowhere”"),
        ("Surname", "Shoe size", "“Shoe size” is not a field"),
        ("Surname", "!!", "“!!” is not a field"),
    ],
)
def test_a_map_with_an_unknown_heading_or_field_is_refused(heading: str, label: str, message: str) -> None:
    with pytest.raises(UnusableChoiceError, match=message):
        matched("Surname,UPN\na,b\n").with_map([(heading, label)])


def test_a_heading_of_punctuation_matches_only_itself() -> None:
    matching = matched("#,!,Surname,DOB\n1,2,a,14/03/2012\n").with_map([("#", "UPN")])
    assert matching.targets == ("upn", None, "surname", "date_of_birth")


def test_remembered_targets_are_used_as_they_are() -> None:
    sheet = read("Odd,Surname\na,b\n")
    matching = match_columns(sheet, STUDENTS, ("first_name", None))
    assert matching.targets == ("first_name", None)
    assert matching.columns[0].how == "remembered"


def test_an_errors_column_is_not_used() -> None:
    matching = matched("Surname,Forename,Errors,\na,b,Left out.,extra\n")
    assert matching.targets == ("surname", "first_name", None)
    assert all(c.near_miss is None for c in matching.columns)


def test_a_value_for_every_row_takes_the_place_of_a_column() -> None:
    sheet = read("Forename,Surname,Year\na,b,9\n")
    matching = match_columns(sheet, STUDENTS).with_fill("year_group", Fill("10"))
    assert matching.targets == ("first_name", "surname", None)
    assert matching.texts(sheet)["year_group"].to_list() == ["10"]
    assert "year_group" not in {field.key for field in matching.missing}


def test_a_column_takes_the_place_of_a_value_for_every_row() -> None:
    matching = matched("Forename,Surname,Jahr\na,b,9\n").with_fill("year_group", Fill("10"))
    assert matching.with_target(2, "year_group").fills == {}
    assert matching.with_fill("year_group", None).fills == {}


def test_staff_need_no_column_of_user_groups() -> None:
    sheet = read("Forename,Surname,Job Role\na,b,Teacher\n", STAFF)
    matching = match_columns(sheet, STAFF)
    assert matching.obstacles() == ()
    assert matching.texts(sheet)["user_group"].to_list() == [""]


def test_what_every_row_got_last_time_is_offered_and_taken_with_the_suggestions() -> None:
    fills = {"registration_group": Fill("10B"), "year_group": WORKED_OUT, "gender": Fill("F")}
    matching = matched("Forename,Surname,DOB,Sex\na,b,14/03/2012,F\n").with_remembered_fills(fills)
    assert matching.fills == {"year_group": WORKED_OUT}
    assert matching.open_offers == {"registration_group": Fill("10B")}
    assert matching.with_suggestions().fills["registration_group"] == Fill("10B")
    assert matching.with_suggestions().obstacles() == ()
