"""Names of people who don't exist, by the country that such names come from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """Names as they are usual in one country, with the letters that they have there."""

    girls: tuple[str, ...]
    """First names of girls."""
    boys: tuple[str, ...]
    """First names of boys."""
    surnames: tuple[str, ...]
    """Surnames."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.girls, *self.boys, *self.surnames)


def _country(girls: str, boys: str, surnames: str) -> Country:
    """A country's names, each list written with commas between them."""
    return Country(tuple(girls.split(", ")), tuple(boys.split(", ")), tuple(surnames.split(", ")))


COUNTRIES: dict[str, Country] = {
    "England": _country(
        "Amelia, Olivia, Isla, Freya, Ava, Lily, Poppy, Ruby, Mary-Ann, Chloë, Zoë, Grace, Evie, Rosie, Martha, Esmé, Beatrice",
        "Noah, Oliver, George, Arthur, Leo, Harry, Jack, Alfie, Thomas, Jean-Paul, Isaac, Teddy, Edward, Rory, Max, De'Shawn",
        "Smith, Jones, Taylor, Brown, Walker, Wright, Thompson-Reid, St John, Clarke, Hall, Brontë, Cooper, Ward, Turner, Baker, Hill, Moore, Macey, Mackie",
    ),
    "Ireland": _country(
        "Siobhán, Aoife, Caoimhe, Niamh, Róisín, Gráinne, Sinéad, Éabha, Orla",
        "Seán, Cillian, Eoin, Pádraig, Oisín, Ruairí, Séamus, Éanna, Conor",
        "O'Neill, O'Brien, McCarthy, McDonald, Ó Súilleabháin, Ní Dhomhnaill, Byrne, Walsh, Murphy, FitzGerald, O'Connor",
    ),
    "Scotland": _country(
        "Eilidh, Catrìona, Màiri, Mòrag, Sìne, Beathag, Iona, Kirsty",
        "Hamish, Callum, Seòras, Dòmhnall, Eòghann, Ùisdean, Ruaridh",
        "MacDonald, McGregor, Stewart, Campbell, MacLeòid, MacKenzie, Fraser, McKay, MacAoidh, MacÌomhair",
    ),
    "Wales": _country(
        "Siân, Eira, Lowri, Nerys, Cerys, Mêl, Ffion",
        "Rhys, Owain, Gethin, Siôn, Iorwerth, Tomos, Dylan",
        "Griffiths, Llewellyn, ap Rhys, Prytherch, Gŵynn, Bowen, Pryce",
    ),
    "France": _country(
        "Renée, Hélène, Chloé, Zoé, Gaëlle, Agnès, Noémie, Maëlys",
        "François, Jérôme, Loïc, Benoît, Théo, Noël, Étienne, Gaël",
        "Lefèvre, Dupré, Béranger, Côté, Gérard, Forêt, Müller, de la Tour, Bonnet, Châtelain",
    ),
    "Spain": _country(
        "Lucía, María José, Inés, Begoña, Ángela, Sofía, Noelia",
        "José, Andrés, Íñigo, Jesús, Martín, Álvaro, Raúl",
        "García, Núñez, Muñoz, López, Peña, Ibáñez, Sánchez, Fernández, Martínez Ruiz",
    ),
    "Portugal": _country(
        "Inês, Conceição, Leonor, Beatriz, Mafalda",
        "João, Simão, Estêvão, Tomás, Duarte, Gonçalo",
        "Conceição, Guimarães, de Souza, Araújo, Magalhães, Antunes, dos Santos, Falcão",
    ),
    "Germany": _country(
        "Jördis, Änne, Käthe, Lotte, Greta, Frieda",
        "Jörg, Jürgen, Björn, Günther, Uwe, Matthäus",
        "Müller, Strauß, Schäfer, Köhler, Weiß, von Bülow, Krüger, Groß, Öztürk",
    ),
    "Scandinavia": _country(
        "Åsa, Märta, Sørine, Astrid, Øydis, Linnéa",
        "Björn, Søren, Åke, Jørgen, Håkon, Mikkel",
        "Åberg, Ørsted, Nygård, Sjöström, Lindström, Håland, Brændgaard, Dahl",
    ),
    "Netherlands": _country(
        "Saskia, Anneke, Daniëlle, Michèle, Noor",
        "Daniël, Maarten, Joost, Rémi, Sem",
        "van der Berg, de Vries, van Dijk, ter Horst, Bakker, van 't Hoff, de Groot",
    ),
    "Poland": _country(
        "Żaneta, Zuzanna, Łucja, Małgorzata, Maja, Bożena",
        "Łukasz, Jakub, Tomasz, Sławomir, Stanisław, Michał",
        "Kowalska, Wójcik, Nowak, Wiśniewski, Zając, Łuczak, Dąbrowski, Krężel",
    ),
    "Romania": _country(
        "Ioana, Ștefania, Mălina, Andreea",
        "Ștefan, Ionuț, Răzvan, Andrei",
        "Popescu, Ionescu, Țurcanu, Dragoș, Băsescu, Văcărescu",
    ),
    "Turkey": _country(
        "Ayşe, Gülşen, Zeynep, Çiğdem, Özlem",
        "Yiğit, Emre, Oğuz, Çağlar, Ömer",
        "Yılmaz, Şahin, Çelik, Güneş, Öztürk, Erdoğan",
    ),
    "South Asia": _country(
        "Maryam, Fatima, Ayesha, Priya, Ananya, Simran, Zainab, Aaliyah",
        "Muhammad, Ibrahim, Yusuf, Arjun, Gurpreet, Rohan, Bilal, Haris",
        "Khan, Patel, Begum, Hussain, Ahmed, Singh, Kaur, Ali-Hassan, Akhtar, Chowdhury",
    ),
    "West Africa": _country(
        "Ngozi, Chidinma, Folasade, Adwoa, Ọláṣubọ̀mí, Aïssatou",
        "Emeka, Tunde, Kwame, Kofi, Chukwuemeka, D'Andre",
        "Okafor, Adeyemi, Mensah, Osei, N'Diaye, Okoro, Touré",
    ),
    "East Asia": _country(
        "Mei-Ling, Anh Thư, Yuki, Linh, Xin Yi",
        "Wei, Minh, Hiroshi, Jun, Đức",
        "Nguyễn, Trần, Chen, Tanaka, Ng, Li, Wong, Phạm",
    ),
}  # fmt: skip
"""Names by country. Half of a school's families have English ones; see `made_up_school`."""
