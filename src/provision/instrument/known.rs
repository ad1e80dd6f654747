//! Instruments that are cited by several names.

/// The name to show, and every name in the form of [`fold_name`](crate::agreement::fold_name) that
/// stands for it.
pub(crate) const KNOWN: &[(&str, &[&str])] = &[
    (
        "Charter of the United Nations",
        &[
            "charter of the united nations",
            "united nations charter",
            "un charter",
            "u n charter",
            "charte des nations unies",
            "carta de las naciones unidas",
        ],
    ),
    (
        "Universal Declaration of Human Rights",
        &[
            "universal declaration of human rights",
            "universal declaration on human rights",
            "universal declaration",
            "udhr",
            "declaration universelle des droits de lhomme",
            "declaracion universal de derechos humanos",
            "declaracion universal de los derechos humanos",
        ],
    ),
    (
        "International Covenant on Civil and Political Rights",
        &[
            "international covenant on civil and political rights",
            "covenant on civil and political rights",
            "iccpr",
            "pacte international relatif aux droits civils et politiques",
            "pacto internacional de derechos civiles y politicos",
        ],
    ),
    (
        "International Covenant on Economic, Social and Cultural Rights",
        &[
            "international covenant on economic social and cultural rights",
            "covenant on economic social and cultural rights",
            "icescr",
            "pacto internacional de derechos economicos sociales y culturales",
        ],
    ),
    (
        "Convention on Cybercrime",
        &[
            "convention on cybercrime",
            "budapest convention",
            "budapest convention on cybercrime",
            "convention de budapest",
            "convenio de budapest",
        ],
    ),
    (
        "Convention for the Protection of Human Rights and Fundamental Freedoms",
        &[
            "convention for the protection of human rights and fundamental freedoms",
            "european convention on human rights",
            "european convention for the protection of human rights and fundamental freedoms",
            "echr",
        ],
    ),
    (
        "Convention for the Protection of Individuals with regard to Automatic Processing of Personal Data",
        &[
            "convention for the protection of individuals with regard to automatic processing of personal data",
            "convention for the protection of individuals with regard to the automatic processing of personal data",
            "convention 108",
        ],
    ),
    (
        "Convention on the Rights of the Child",
        &[
            "convention on the rights of the child",
            "united nations convention on the rights of the child",
            "convention relative aux droits de lenfant",
            "convencion sobre los derechos del nino",
        ],
    ),
    (
        "Convention on the Rights of Persons with Disabilities",
        &[
            "convention on the rights of persons with disabilities",
            "united nations convention on the rights of persons with disabilities",
        ],
    ),
    (
        "Geneva Conventions",
        &[
            "geneva conventions",
            "geneva conventions of 12 august 1949",
            "conventions de geneve",
            "convenios de ginebra",
        ],
    ),
    (
        "African Charter on Human and Peoples' Rights",
        &[
            "african charter on human and peoples rights",
            "charter on human and peoples rights",
            "banjul charter",
        ],
    ),
    (
        "Vienna Convention on the Law of Treaties",
        &["vienna convention on the law of treaties"],
    ),
    (
        "Vienna Convention on Diplomatic Relations",
        &["vienna convention on diplomatic relations"],
    ),
    (
        "United Nations Convention on the Law of the Sea",
        &[
            "united nations convention on the law of the sea",
            "un convention on the law of the sea",
            "unclos",
        ],
    ),
    (
        "United Nations Convention against Transnational Organized Crime",
        &[
            "united nations convention against transnational organized crime",
            "convention against transnational organized crime",
            "palermo convention",
            "untoc",
        ],
    ),
    (
        "United Nations Convention against Corruption",
        &["united nations convention against corruption", "uncac"],
    ),
    (
        "Statute of the International Court of Justice",
        &[
            "statute of the international court of justice",
            "statute of the court",
        ],
    ),
    (
        "Rome Statute of the International Criminal Court",
        &[
            "rome statute",
            "rome statute of the international criminal court",
        ],
    ),
    (
        "Charter of Fundamental Rights of the European Union",
        &[
            "charter of fundamental rights of the european union",
            "charter of fundamental rights",
            "eu charter of fundamental rights",
        ],
    ),
    (
        "Treaty on the Functioning of the European Union",
        &["treaty on the functioning of the european union", "tfeu"],
    ),
    ("Treaty on European Union", &["treaty on european union"]),
    (
        "General Data Protection Regulation",
        &[
            "general data protection regulation",
            "gdpr",
            "regulation eu 2016 679",
        ],
    ),
    (
        "Artificial Intelligence Act",
        &[
            "artificial intelligence act",
            "ai act",
            "regulation eu 2024 1689",
        ],
    ),
    (
        "African Union Convention on Cyber Security and Personal Data Protection",
        &[
            "african union convention on cyber security and personal data protection",
            "malabo convention",
        ],
    ),
    (
        "Paris Call for Trust and Security in Cyberspace",
        &[
            "paris call for trust and security in cyberspace",
            "paris call",
        ],
    ),
    ("Paris Agreement", &["paris agreement"]),
    (
        "2030 Agenda for Sustainable Development",
        &["2030 agenda for sustainable development", "2030 agenda"],
    ),
    (
        "Tunis Agenda for the Information Society",
        &["tunis agenda for the information society", "tunis agenda"],
    ),
    (
        "Guiding Principles on Business and Human Rights",
        &[
            "guiding principles on business and human rights",
            "united nations guiding principles on business and human rights",
            "un guiding principles on business and human rights",
        ],
    ),
    ("Tallinn Manual", &["tallinn manual", "tallinn manual 2 0"]),
];

/// Bodies whose reports are cited by year: the name to show, and its folded names.
pub(crate) const REPORTING: &[(&str, &[&str])] = &[
    (
        "Group of Governmental Experts",
        &[
            "group of governmental experts",
            "groups of governmental experts",
            "gge",
            "un gge",
        ],
    ),
    (
        "Open-ended Working Group",
        &["open ended working group", "oewg"],
    ),
];
