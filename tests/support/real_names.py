"""Made-up people's names, spelt as in the countries that they come from."""

NAMES = (
    "Jesús Muñoz Íñiguez", "Àngels Gal·la", "José Ángel Núñez", "Iñaki Ibáñez", "Conceição João Simões", "Cauã Magalhães", "Inês Araújo",
    "Renée Lefèvre", "Zoë Œuvrard", "Hélène Béjart", "Noël Ÿ", "Jörg Strauß", "Özil Äbtissin", "Björn Ängström", "Søren Ægidius",
    "Åse Ødegård", "Håkan Sjöström", "Þórður Ólafsdóttir", "Ægir Ýmirsson", "Äijälä Mäkelä", "Seán Ó Briain", "Sorcha Ní Dhomhnaill",
    "Siân Ŵyn", "Łukasz Żółć", "Wałęsa Śliwa", "Gruszczyński Ćwik", "Kováč Čapek", "Němec Šíp", "Ďurica Ľubomír", "Győrfi Kő",
    "Ádám Űrhegyi", "Ștefan Țepeș", "Brâncuși Îlie Ănghel", "Jūratė Žemaitė", "Čeika Ēriks Ģirts", "Šahin Güneş", "Oğuz Yılmaz Işık",
    "İpek Şahin", "Məmmədov Çingiz", "Nguyễn Thị Đức", "Lã Hồng Phượng", "Ċensu Ġorġ Ħamrun", "Đurđević Željko", "Kaʻimi ʻAolani",
    "Мария Иванова", "Юлія Єрмоленко", "Ξένια Παπαδοπούλου", "محمد علي", "שרה כהן", "सीता शर्मा", "李小龙", "김민준", "さくら",
)  # fmt: skip
"""Names from three dozen languages, with every accented letter that is common in them."""
