"""First names and surnames with accents, as they are common in some European countries."""

NAMES = {
    "Catalonia": "Núria Jordà Àlex Òscar Gràcia Martí Solé Gal·la Mercè Ferré Farràs Añó Ònia Vidiella-Oró",
    "Denmark": "Søren Bjørn Jørgensen Åse Sørensen Kjær Østergaard Mølgård Thøger Nørgaard Bøgh Skovgård Præst Ægidius",
    "Finland": "Mäkinen Hämäläinen Päivi Väinö Jyrkkä Määttä Hyvönen Köykkä Räsänen Sjöblom Åkerman Ylönen Äijälä Öhman",
    "France": "René Renée Hélène François Françoise Noël Éloïse Inès Anaïs Mélanie Théo Lefèvre Gaëlle Benoît Jérôme "
    "Cécile Maëlys Côté Béranger Chloé Crête Loïc Élodie Émile Garçon Agnès Barthélemy Désiré",
    "Germany": "Müller Jörg Strauß Jürgen Böhm Schäfer Günther Käthe Weiß Groß Köhler Größl Häußler Bärbel Öztürk Ünal "
    "Ärmel Schröder Löwe Grüß",
    "Hungary": "Zoltán Ágnes László Sándor Gábor Bálint Éva Kovácsné Németh Tóth József Szűcs Erdős Ödön Ünige Ábel",
    "Iceland": "Guðrún Þóra Sigríður Ásdís Ólafur Jónína Hörður Þórður Hróðmar Æsa Gísli Ragnheiður Össur Kristín",
    "Ireland": "Seán Róisín Ciarán Sinéad Áine Órla Pádraig Máire Caoimhín Éabha Bríd Gráinne Séamus O’Neill O’Brien "
    "Ní’Bhriain Ó’Súilleabháin D’Arcy Síle Tomás Dáithí Dónal",
    "Italy": "Niccolò Nicolò Cantù Forlì Desirè D’Angelo Dell’Orto Cafà Patanè Giosuè Macrì Noè Là Riccò Dalfrà",
    "Netherlands": "Zoë Daniëlle Chloë Renée Joëlle Désirée Michaël Raphaël Noëlle Haché Büter Loïs Thaïs Aimée",
    "Norway": "Øyvind Håkon Bjørg Ærø Lærke Grønning Frøya Sølvi Åshild Bråten Sæther Østby Torbjørn Ødegård",
    "Portugal": "Conceição João Simões Gonçalves Inês Antônio Magalhães Falcão Brandão Assunção Luís Estêvão Vinícius "
    "Júlia Camões Araújo Sebastião Fátima Mónica Leão",
    "Spain": "Núñez García José Ramón María Muñoz Peña Iñigo Martínez Sánchez López Jesús Begoña Ángel Óscar Úrsula "
    "Íñiguez Ñíguez Belén Agüero Zúñiga Cañizares Mejía",
    "Sweden": "Ångström Märta Lindström Östlund Sjöberg Göran Björk Åberg Håkansson Bäckström Sörensen Öberg Malmö "
    "Hägg Åsa Höglund Gärd",
    "Turkey": "Özgür Çelik Öztürk Özlem Gökçe Ümit Çağan Göktürk Gülsüm Hüseyin Çiçek Tunç Gönül Özçelik",
    "Wales": "Siân Siôn Ffîon Gwenllïan Môn Rhŷs Tomôs Llêu Elân Gruffûdd Mêl",
}
"""Names by country, with spaces between them."""
POLISH = (
    "Łukasz Michał Paweł Wójcik Wiśniewski Zieliński Szymański Dąbrowski Kamiński Małgorzata Rafał Kozłowski Jabłoński "
    "Grażyna Bożena Stępień Wróbel Głowacki Łucja Śliwa Żak Ćwik Źrebiec Pietrzyński"
)
"""Polish names, with spaces between them."""


def in_encoding(names: str, codec: str, *, capitals: bool = False) -> list[bytes]:
    """The names that a single-byte encoding can write with characters that aren't ASCII.

    Args:
        names: Names with spaces between them.
        codec: Python's name for the encoding.
        capitals: Whether to write them in capitals.
    """
    encoded = []
    for name in names.split():
        try:
            encoded.append((name.upper() if capitals else name).encode(codec))
        except UnicodeEncodeError:
            continue
    return [name for name in encoded if not name.isascii()]
