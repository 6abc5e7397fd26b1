"""placeholder"""

STANDARD_GROUPS: tuple[str, ...] = (
    "DSLs",
    "School Business Manager",
    "Admin Team",
    "SLTs",
    "Teachers",
    "TAs",
    "Governors",
)
