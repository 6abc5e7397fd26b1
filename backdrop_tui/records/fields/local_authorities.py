"""Numbers of local authorities, which are characters 2 to 4 of a UPN.

From the Department for Education's register (Get Information about Schools) and its predecessors since UPNs began in
1997, including Welsh authorities and those overseas. They change over time, so an unknown one is only a warning.
"""

_RANGES = (
    "201-213 301-320",  # London
    "330-336 340-344 350-359 370-373 380-384 390-394",  # metropolitan districts
    "420",  # Isles of Scilly
    "660-681",  # Wales
    "701-708",  # Channel Islands, Isle of Man, Gibraltar, forces' schools overseas
    "800-803 805-808 810-813 815-816 820-823 825-826 830-831 835-841 845-846 850-852 855-857 860-861 865-896",
    "908-909 916 919 921 925-926 928-929 931 933 935-938",  # counties that kept their numbers
    "940-943",  # Northamptonshire since 2021, Cumbria since 2023
)


def _expand(ranges: str) -> frozenset[str]:
    numbers: set[str] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        numbers.update(str(n) for n in range(int(first), int(last or first) + 1))
    return frozenset(numbers)


LOCAL_AUTHORITIES: frozenset[str] = _expand(" ".join(_RANGES))
"""Every number that is, or once was, a local authority's."""
