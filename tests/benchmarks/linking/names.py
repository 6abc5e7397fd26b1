"""Names for two-year schools: many, so that two children share a name about as often as they do; and their short forms."""

from tests.benchmarks.truth.names import COUNTRIES, Country

_ENGLAND = COUNTRIES["England"]
_GIRLS = (
    "Abigail, Alexandra, Alice, Amber, Annabelle, Beth, Bonnie, Catherine, Charlotte, Clara, Daisy, Darcie, Eleanor, "
    "Eliza, Elizabeth, Ella, Ellie, Emilia, Emily, Emma, Erin, Eva, Evelyn, Faith, Florence, Georgia, Hallie, Hannah, "
    "Harper, Heidi, Holly, Imogen, Isabella, Isabelle, Ivy, Jasmine, Jessica, Katherine, Lara, Layla, Lottie, Lucy, "
    "Luna, Lydia, Mabel, Maisie, Margaret, Maria, Matilda, Maya, Megan, Mia, Mila, Millie, Molly, Nancy, Nora, Orla, "
    "Penelope, Phoebe, Rebecca, Robyn, Rose, Samantha, Scarlett, Sienna, Sofia, Sophia, Sophie, Summer, Thea, Victoria, "
    "Violet, Willow"
)
_BOYS = (
    "Adam, Albert, Alexander, Andrew, Anthony, Archie, Austin, Benjamin, Bobby, Caleb, Charles, Charlie, Christopher, "
    "Daniel, David, Dexter, Dominic, Dylan, Elijah, Elliot, Ethan, Ezra, Felix, Finley, Frank, Frederick, Gabriel, "
    "Harrison, Harvey, Henry, Hugo, Jacob, Jake, James, Jasper, Jenson, Joseph, Joshua, Jude, Kai, Kit, Lewis, Liam, "
    "Logan, Louie, Lucas, Mason, Matthew, Michael, Nathaniel, Nicholas, Oscar, Otis, Patrick, Reggie, Reuben, Richard, "
    "Robert, Roman, Ronnie, Rowan, Samuel, Sebastian, Stanley, Theodore, Toby, Tommy, William, Zachary"
)
_SURNAMES = (
    "Abbott, Adams, Allen, Anderson, Andrews, Armstrong, Atkinson, Bailey, Ball, Barker, Barnes, Bates, Baxter, Bell, "
    "Bennett, Berry, Birch, Bishop, Booth, Bradley, Brooks, Bull, Burgess, Burns, Burton, Butcher, Butler, Carr, "
    "Carter, Chambers, Chapman, Cole, Collins, Cook, Cox, Craven, Crossley, Davidson, Davies, Dawson, Day, Dean, Dixon, "
    "Dunn, Edwards, Elliott, Ellis, Evans, Farrow, Fisher, Fletcher, Ford, Foster, Fox, Francis, Frost, Gardner, "
    "George, Gibson, Gill, Goodwin, Gordon, Graham, Grant, Gray, Green, Griffin, Hamilton, Harding, Harper, Harris, "
    "Harrison, Hart, Harvey, Hawkins, Hayes, Henderson, Higgins, Holmes, Howard, Hudson, Hughes, Hunt, Hunter, Jackson, "
    "James, Jenkins, Johnson, Kelly, Kennedy, King, Knight, Lambert, Lane, Lawrence, Lawson, Lee, Lewis, Lloyd, "
    "Marshall, Martin, Mason, Matthews, Miller, Mills, Mitchell, Morgan, Morris, Murray, Newman, Nicholls, Oakley, "
    "Osborne, Owen, Palmer, Parker, Parsons, Payne, Pearson, Perkins, Phillips, Poole, Porter, Potter, Powell, Price, "
    "Read, Reynolds, Richards, Riley, Roberts, Robinson, Rogers, Rose, Russell, Ryan, Saunders, Scott, Sharpe, Shaw, "
    "Simpson, Spencer, Stevens, Stone, Sutton, Thomas, Thompson, Tucker, Wallace, Walters, Watson, Watts, Webb, Wells, "
    "West, White, Wilkinson, Williams, Wilson, Wood, Young"
)

MANY_COUNTRIES: tuple[Country, ...] = (
    Country(
        (*_ENGLAND.girls, *_GIRLS.split(", ")),
        (*_ENGLAND.boys, *_BOYS.split(", ")),
        (*_ENGLAND.surnames, *_SURNAMES.split(", ")),
    ),
    *(country for name, country in COUNTRIES.items() if name != "England"),
)
"""The usual country with as many names as a school has, then the others."""

SHORT_FORMS: dict[str, str] = {
    "Thomas": "Tom", "William": "Bill", "Elizabeth": "Liz", "Katherine": "Kate", "Catherine": "Cathy", "Alexander": "Alex",
    "Alexandra": "Alex", "Benjamin": "Ben", "Samuel": "Sam", "Samantha": "Sam", "Joseph": "Joe", "Joshua": "Josh",
    "Daniel": "Dan", "Matthew": "Matt", "Edward": "Ted", "Charlotte": "Lottie", "Isabella": "Bella", "Abigail": "Abi",
    "Jessica": "Jess", "Rebecca": "Becky", "Victoria": "Vicky", "Margaret": "Maggie", "Eleanor": "Ellie", "Robert": "Bob",
    "Frederick": "Fred", "Theodore": "Theo", "Michael": "Mike", "Christopher": "Chris", "James": "Jim", "Richard": "Dick",
    "Nicholas": "Nick", "Anthony": "Tony", "Andrew": "Andy", "David": "Dave", "Charles": "Charlie", "Zachary": "Zac",
    "Jacob": "Jake", "Henry": "Harry", "Muhammad": "Mo", "Oliver": "Ollie", "Amelia": "Millie", "Matilda": "Tilly",
}  # fmt: skip
"""Short forms in everyday use, by first name."""

ALIKE: dict[str, tuple[tuple[str, str], ...]] = {
    "F": (("Amelia", "Amelie"), ("Ella", "Ellie"), ("Sofia", "Sophia"), ("Isabella", "Isabelle"), ("Aisha", "Ayesha")),
    "M": (("Hasan", "Hassan"), ("Alexander", "Alexandre"), ("Jayden", "Jaydon"), ("Daniel", "Danial"), ("Joe", "Joel")),
}  # fmt: skip
"""Pairs of first names that are easily taken for each other, by gender: parents do give them to twins."""
