"""First names that are forms of one name, such as Liz and Elizabeth. Forms that begin alike (Sam, Samuel) needn't be listed."""

from functools import lru_cache

_FORMS = """
Abigail Abby Gail Nabby
Agnes Nessa Aggie
Albert Bert Bertie
Alexander Alex Alec Alasdair Alistair Sandy Sasha Xander Lex Alek Olek
Alexandra Alex Alix Sandra Sasha Lexi Lexie Alexa Sandy
Alfred Freddie Freddy Fred
Amelia Millie Milly Mia
Andrew Andy Drew
Angela Angie Ange
Anna Anne Ann Annie Nan Nancy Hannah Anya
Anthony Tony Antony Ant
Antonia Toni
Archibald Archie Archy
Arthur Art Artie
Barbara Babs Barb
Beatrice Bea Trixie Beatrix
Benjamin Ben Benji Benny
Bernadette Bernie Detta
Bernard Bernie
Catherine Cathy Cath Kate Katie Katy Kathy Kath Kat Kitty Katherine Kathryn Katharine Cate Katrina Cat
Charles Charlie Chas Chuck Carl
Charlotte Charlie Lottie Lotte Lotty Charley
Christina Tina Chrissie Chris Christine Kristina
Christopher Chris Kit Topher Kris Christian
Daniel Dan Danny
David Dave Davey Dai Dewi Dafydd
Deborah Debbie Debs Deb Debra
Dorothy Dot Dolly Dottie Thea
Edward Ed Eddie Ted Teddy Ned
Eleanor Ellie Nell Nellie Nora Elinor Elly
Elizabeth Liz Lizzie Lizzy Beth Betty Betsy Bess Eliza Elsie Libby Lilibet Lisa Elspeth Elisabeth Lily Lillie Bethan Buffy
Emily Em Emmy Millie Milly
Emma Em Emmy
Eugene Gene
Evelyn Eve Evie
Frances Fran Frankie Franny Fanny Cissy
Francis Frank Frankie
Frederick Fred Freddie Freddy Fredrick Frederic
Gabriel Gabe Gabby
Gabrielle Gabby Gabriella Ella Elle
Geoffrey Geoff Jeff Jeffrey
George Georgie Geordie
Georgina Georgie Gina Georgia Georgiana
Gerald Gerry Jerry
Gertrude Trudy Gertie
Grace Gracie
Gregory Greg
Gwendolyn Gwen Wendy
Harold Harry Hal
Harriet Hattie Hatty Harry Etta
Helen Nell Nellie Lena Elena Ellen
Henrietta Hettie Etta Hatty Henry
Henry Harry Hal Hank
Hugh Hughie Huw Shug
Irene Rene
Isaac Zac Zak Ike
Isabel Isabella Izzy Bella Belle Isobel Isabelle Ishbel Tibbie
Jacob Jake Jakob Coby
Jacqueline Jackie Jacqui
James Jim Jimmy Jamie Jem Hamish Seamus
Jane Janie Jenny Jean
Janet Jan Jenny
Jennifer Jen Jenny Jennie Jenna
Jeremy Jerry Jem
Jessica Jess Jessie
Joanna Jo Joanne Joan Anna Johanna
John Jack Johnny Jon Ian Sean Evan Hank Jonathan
Jonathan Jon Jonny Jonty Johnny Nathan
Joseph Joe Joey Jo Seph
Josephine Jo Josie Posy Josey Fifi
Joshua Josh
Judith Judy Jude Jodie
Julia Julie Jules Juliet Jill
Katarzyna Kasia Kate
Kenneth Ken Kenny
Laura Laurie Lori Lolly
Lawrence Larry Laurie Laurence Lorenzo
Leonard Len Lenny Leo
Leonora Nora Leo
Lewis Lew Lou Louis
Louise Lou Lulu Louisa
Lucy Lucie Lulu Luce
Madeleine Maddie Maddy Madeline Mads
Malcolm Mal
Małgorzata Gosia
Margaret Maggie Meg Megan Peggy Peg Madge Marge Margie Greta Daisy Rita Mags Mairead Marjorie
Martha Mattie Patty
Mary Molly Polly May Mamie Maria Marie Minnie Mia Miriam Moira
Mateusz Mateo Matt
Matthew Matt Mat Matty
Matilda Tilly Tilda Mattie Maud Tillie
Maximilian Max
Maxine Max
Michael Mike Mick Mickey Mikey Micky Mitch
Mildred Millie Milly
Millicent Millie Milly
Mohammed Mo Muhammad Mohamed Mohammad Muhammed Mohamad Md
Natalie Nat Tally Talia
Natasha Tasha Nat Tash
Nathaniel Nathan Nat Nate
Nicholas Nick Nicky Nico Klaus Niko
Nicola Nicky Nikki Nicole Nic
Norman Norm
Oliver Ollie Olly Noll
Olivia Liv Livvy Livia Olive
Oswald Ozzie Oz
Pamela Pam
Patricia Pat Patsy Tricia Trish Patty
Patrick Paddy Pat Rick Padraig
Penelope Penny Nell
Peter Pete Petey
Philip Phil Pip Phillip
Philippa Pippa Pip Phil
Priscilla Cilla
Prudence Prue
Rachel Rae Shelly
Raymond Ray
Rebecca Becky Becca Beck Bex Becks Rebekah
Reginald Reg Reggie
Richard Rick Ricky Dick Rich Richie Dickie Ritchie
Robert Bob Bobby Rob Robbie Bert Rab Robin Rabbie
Roberta Bobbie Robbie
Roderick Rod Roddy Rory
Ronald Ron Ronnie Ranald
Rosalind Ros Roz Rose Lindy
Rosemary Rosie Rose Romy
Rupert Bert
Samantha Sam Sammy Sammie
Samuel Sam Sammy
Sarah Sara Sally Sadie
Sebastian Seb Bash Bastian
Sidney Sid
Simon Si
Sophia Sophie Sofia Zofia Zosia
Stanley Stan
Stephen Steve Stevie Steven Stefan Steph
Stephanie Steph Stevie Steffi
Susan Sue Susie Suzie Sukie Susannah Suzanne Suki
Sylvia Syl
Terence Terry Tel
Theodora Dora Thea Theo Teddy
Theodore Theo Ted Teddy
Theresa Terry Tess Tessa Tracy Teresa Resa
Thomas Tom Tommy Thom Tam Tomos
Timothy Tim Timmy
Tobias Toby
Valerie Val
Veronica Ronnie Vera Nica
Victor Vic
Victoria Vicky Tori Vicki Vikki Toria Vix Posh
Vincent Vince Vinny Vin
Virginia Ginny Ginnie
Walter Wally Walt Wat
Wilfred Wilf Fred Will
William Bill Billy Will Willie Liam Wills Gwilym Guillermo
Winifred Winnie Freda Win
Yusuf Youssef Yousef Joseph Yosef
Zachary Zac Zach Zak Zack Zachariah Zechariah
Zoe Zo
"""
"""One name a line, with its forms behind it."""


@lru_cache
def _lines() -> dict[str, frozenset[int]]:
    """The lines on which each name is, in lower case."""
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(_FORMS.strip().splitlines()):
        for name in line.casefold().split():
            lines.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in lines.items()}


@lru_cache(maxsize=4096)
def _lines_of(name: str) -> frozenset[int]:
    """The lines on which the first word of a name is."""
    return _lines().get(name.casefold().partition(" ")[0], frozenset())


def are_forms_of_one_name(first: str, second: str) -> bool:
    """Whether both names, or the first word of each, are forms of the same name: Bill and William, Liz and Beth."""
    return not _lines_of(first).isdisjoint(_lines_of(second))
