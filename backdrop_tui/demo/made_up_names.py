"""Names for people who don't exist."""

GIRLS: tuple[str, ...] = (
    "Amelia", "Olivia", "Isla", "Freya", "Ava", "Lily", "Florence", "Siân", "Niamh", "Żaneta", "Zuzanna", "Chloé", "Aaliyah",
    "Maryam", "Fatima", "Ayesha", "Priya", "Ananya", "Simran", "Mei-Ling", "Ngozi", "Chidinma", "Folasade", "Zoë", "Caoimhe",
    "Eira", "Maja", "Leila", "Anh Thư", "Renée",
)  # fmt: skip
"""First names of girls."""
BOYS: tuple[str, ...] = (
    "Noah", "Oliver", "George", "Arthur", "Muhammad", "Leo", "Luca", "Rhys", "Owain", "Cillian", "Eoin", "Tomasz", "Łukasz",
    "Jakub", "José", "Emeka", "Tunde", "Kwame", "Arjun", "Gurpreet", "Ibrahim", "Yusuf", "Minh", "Wei", "Hiroshi", "Björn",
    "Jean-Luc", "D'Andre", "Teddy", "Isaac",
)  # fmt: skip
"""First names of boys."""
SURNAMES: tuple[str, ...] = (
    "Smith", "Jones", "Williams", "Taylor", "Davies", "Patel", "Khan", "Begum", "Hussain", "Ahmed", "Singh", "Kaur", "O'Neill",
    "O'Brien", "McCarthy", "Nguyễn", "Trần", "Kowalska", "Nowak", "Wójcik", "Okafor", "Adeyemi", "Mensah", "Chen", "Tanaka",
    "García", "Müller", "Popescu", "Haddad", "Yılmaz", "Roberts", "Griffiths", "Thompson-Reid", "Ali-Hassan", "St John",
    "van der Berg", "de Souza", "Åberg", "Clarke", "Osei",
)  # fmt: skip
"""Surnames."""
STREETS: tuple[str, ...] = (
    "Mill Lane",
    "Church Road",
    "The Green",
    "Orchard Close",
    "Station Road",
    "Heol-y-Bryn",
)
"""Streets of a made-up town."""
SHORT_FORMS: dict[str, str] = {
    "Amelia": "Millie", "Olivia": "Liv", "Zuzanna": "Zuzia", "Muhammad": "Mo", "Oliver": "Ollie", "Arthur": "Art",
    "Tomasz": "Tomek", "Jakub": "Kuba", "Isaac": "Zac", "Gurpreet": "Gee", "Florence": "Flo",
}  # fmt: skip
"""Short forms by first name, for the column of preferred names."""
