"""Short articles in languages other than English, written for these tests, with all that English rules trip over:
guillemets and low marks, decimal commas, blanks before marks, long words that look English, dates.
"""

ARTICLES: dict[str, tuple[str, ...]] = {
    "it": (
        "Il comune di Valdarsa ha approvato ieri sera il bilancio per il prossimo anno, dopo una seduta durata più di "
        "sei ore. La spesa complessiva sale a 12,5 milioni di euro, il 3,2 per cento in più rispetto a quella "
        "dell'anno scorso. «Non potevamo fare altrimenti», ha detto il sindaco Aldo Ferrini, «perché le scuole "
        "hanno bisogno di lavori urgenti». L'opposizione ha votato contro.\n\nSecondo la giunta i lavori cominceranno "
        "il 21 marzo e dureranno circa 18 mesi. Nel frattempo gli alunni della scuola media saranno ospitati nei "
        "locali della biblioteca, che resterà aperta al pubblico soltanto il sabato.",
        "È morto all'età di 84 anni il pittore Giulio Santarelli, che negli anni '60 aveva fondato con altri quattro "
        "artisti il gruppo della Lanterna. Nato a Portovecchio nel 1939, aveva studiato a Torino e poi a Parigi; le "
        "sue tele sono esposte in una ventina di musei. I funerali si terranno giovedì alle ore 10.30 nella chiesa "
        "di San Marco. «Era un uomo gentile, e un maestro severo», ricorda una delle sue allieve.",
        "La squadra di casa ha vinto per 2 a 1 una partita che fino al novantesimo minuto sembrava persa. Il primo "
        "gol è arrivato su calcio di rigore, il secondo dopo una mischia davanti alla porta. L'allenatore ha parlato "
        "di «una vittoria del cuore»; gli ospiti, che chiudono la classifica con 9 punti, hanno protestato a lungo "
        "contro l'arbitro. Domenica prossima si gioca a Castelnuovo, dove sono attesi 1.200 tifosi.",
    ),
    "pt": (
        "A câmara municipal de Vila Serena aprovou ontem o orçamento do próximo ano, depois de uma sessão que durou "
        "mais de seis horas. A despesa total sobe para 12,5 milhões de euros, mais 3,2 por cento do que no ano "
        "passado. «Não podíamos fazer outra coisa», disse o presidente, António Meireles, «porque as escolas precisam "
        "de obras urgentes.» A oposição votou contra.\n\nSegundo a autarquia, as obras começam a 21 de março e devem "
        "durar cerca de 18 meses. Até lá os alunos terão aulas na biblioteca, que só abrirá ao público aos sábados.",
        "Morreu aos 84 anos a escritora Lídia Sampaio, autora de uma dezena de romances e de um livro de contos que "
        "foi traduzido em 17 línguas. Nascida no Funchal em 1939, estudou em Coimbra e viveu depois em Paris e em "
        "São Paulo. O velório realiza-se na quinta-feira a partir das 10h30. “Era uma mulher discreta e uma mestra "
        "exigente”, recorda o editor, que a conheceu nos anos 60 e com quem ela trabalhou até ao fim.",
        "A equipa da casa venceu por 2-1 um jogo que até ao minuto noventa parecia perdido. O primeiro golo nasceu "
        "de um penálti, o segundo de uma confusão à frente da baliza. O treinador falou de «uma vitória do coração»; "
        "os visitantes, que são últimos com 9 pontos, queixaram-se do árbitro. No próximo domingo joga-se em Vila "
        "Nova, onde são esperados 1.200 adeptos.",
    ),
    "fr": (
        "Le conseil municipal de Montferrand a adopté hier soir le budget de l'année prochaine, après une séance de "
        "plus de six heures. La dépense totale atteindra 12,5 millions d'euros, soit 3,2 % de plus que l'an dernier. "
        "« Nous ne pouvions pas faire autrement », a dit le maire, Alain Ferrand : « les écoles ont besoin de "
        "travaux ! » L'opposition a voté contre ; elle demande une enquête.\n\nSelon la mairie, les États-Unis "
        "et l'Allemagne ont déjà versé 30 milliards pour des projets du même genre. Qui paiera la suite ?",
    ),
    "de": (
        "Der Stadtrat von Altenfurt hat am Dienstagabend nach mehr als sechs Stunden den Haushalt für das nächste "
        "Jahr beschlossen. Die Ausgaben steigen auf 12,5 Millionen Euro, das sind 3,2 Prozent mehr als im Vorjahr. "
        "„Wir konnten nicht anders“, sagte Bürgermeister Alois Ferner, „denn die Schulen brauchen dringend neue "
        "Dächer.“ Die Opposition stimmte dagegen. Die Arbeiten sollen am 21. März beginnen und rund 18 Monate dauern; "
        "1.200 Schüler ziehen in die Bibliothek um, die nur noch sonnabends für alle offen ist.",
    ),
    "es": (
        "El ayuntamiento de Valdehierro aprobó anoche el presupuesto del próximo año después de una sesión de más de "
        "seis horas. El gasto sube a 12,5 millones de euros, un 3,2 % más que el año pasado. «No podíamos hacer otra "
        "cosa», dijo el alcalde, Andrés Herrero, «porque las escuelas necesitan obras urgentes». La oposición votó en "
        "contra. Las obras empezarán el 21 de marzo y durarán unos 18 meses; ¿dónde estudiarán los 1.200 alumnos?",
    ),
    "ru": (
        "Городской совет Старогорска принял вчера вечером бюджет на следующий год после заседания, которое шло больше "
        "шести часов. Расходы вырастут до 12,5 миллиона рублей, на 3,2 % больше, чем в прошлом году. «Мы не могли "
        "поступить иначе», — сказал глава города Алексей Фёдоров. Оппозиция голосовала против. Работы начнутся "
        "21 марта и продлятся около 18 месяцев.",
    ),
    "uk": (
        "Міська рада Старогірська ухвалила вчора ввечері бюджет на наступний рік після засідання, яке тривало понад "
        "шість годин. Видатки зростуть до 12,5 мільйона гривень, на 3,2 % більше, ніж торік. «Ми не могли вчинити "
        "інакше», — сказав міський голова Олексій Федорів. Опозиція голосувала проти.",
    ),
    "pl": (
        "Rada miejska Starogrodu przyjęła wczoraj wieczorem budżet na przyszły rok po posiedzeniu, które trwało ponad "
        "sześć godzin. Wydatki wzrosną do 12,5 miliona złotych, o 3,2 procent więcej niż w tym roku. „Nie mogliśmy "
        "zrobić inaczej” – powiedział burmistrz Adam Ferens. Opozycja głosowała przeciw, bo chce nowej szkoły.",
    ),
    "cs": (
        "Zastupitelstvo Starého Hradce včera večer schválilo rozpočet na příští rok, a to po jednání, které trvalo "
        "více než šest hodin. Výdaje vzrostou na 12,5 milionu korun, o 3,2 procenta více než letos. „Jinak to nešlo,“ "
        "řekl starosta Adam Ferenc. Opozice byla proti, protože podle ní má být nejdříve opravena škola.",
    ),
    "sv": (
        "Kommunfullmäktige i Gammelstad antog i går kväll budgeten för nästa år efter ett möte som tog mer än sex "
        "timmar. Utgifterna stiger till 12,5 miljoner kronor, 3,2 procent mer än i år. »Vi kunde inte göra på något "
        "annat sätt», sade ordföranden Anders Fors, »för skolorna måste rustas.» Oppositionen röstade emot.",
    ),
    "el": (
        "Το δημοτικό συμβούλιο της Παλιάς Πόλης ενέκρινε χθες το βράδυ τον προϋπολογισμό του επόμενου έτους. Οι "
        "δαπάνες αυξάνονται σε 12,5 εκατομμύρια ευρώ, 3,2 % περισσότερο από πέρυσι. «Δεν γινόταν αλλιώς», είπε ο "
        "δήμαρχος Ανδρέας Φερμάνης. Η αντιπολίτευση καταψήφισε.",
    ),
    "zh": (
        "旧城市议会昨晚通过了明年的预算，会议持续了六个多小时。支出将增加到一千二百五十万元，比今年多百分之三点二。"
        "市长安德说：“我们别无选择，因为学校急需维修。”反对派投了反对票。工程将于三月二十一日开始，预计历时十八个月。",
    ),
    "ja": (
        "旧市の市議会は昨夜、六時間を超える会議の末、来年度の予算を可決した。支出は千二百五十万円に増え、今年より三・二パーセント多い。"
        "市長は「学校の修理が急がれるので、ほかに方法がなかった」と述べた。野党は反対した。工事は三月二十一日に始まる。",
    ),
    "tr": (
        "Eskişehir belediye meclisi dün akşam altı saatten uzun süren bir oturumdan sonra gelecek yılın bütçesini "
        "kabul etti. Harcamalar bu yıla göre yüzde 3,2 daha çok olarak 12,5 milyon liraya çıkacak. “Başka bir şey "
        "yapamazdık,” dedi başkan, “çünkü okullar için çok acil onarım gerekiyor.” Muhalefet ise hayır oyu verdi.",
    ),
}
