//! Spanish.

use crate::deontic::addressee::Addressee;
use crate::deontic::addressee::Addressee::{
    AllStakeholders, CivilSociety, Companies, Individuals, InternationalOrganizations,
    NonStateActors, Parties, States,
};
use crate::deontic::class::ModalClass::{
    Obligation, Permission, StrongRecommendation, WeakRecommendation,
};
use crate::deontic::lexicon::Role::{Ask, Exempt, Forbid, Hinder, Modal, Promise, Recital, Say};
use crate::deontic::lexicon::{Role, Tables, Turn, WordSets};
use crate::deontic::qualifier::QualifierKind;
use crate::deontic::qualifier::QualifierKind::{
    AsAppropriate, Capability, Discretion, Effort, InternationalLaw, Knowledge, NationalLaw,
    OnRequest, SubjectTo, Voluntary, WherePossible, WithoutPrejudice,
};

pub(crate) static TABLES: Tables = Tables {
    cues: CUES,
    endings: &[
        ("rán", 5, Modal(Obligation)),
        ("rá", 5, Modal(Obligation)),
        ("remos", 7, Promise),
    ],
    turns: TURNS,
    qualifiers: QUALIFIERS,
    actors: ACTORS,
    asides: &[
        ("en particular|principio|todo", ()),
        ("en todo momento|caso", ()),
    ],
    words: WORDS,
};

#[rustfmt::skip]
const CUES: &[(&str, Role)] = &[
    ("debe|deben|deberá|deberán", Modal(Obligation)),
    ("ha|han|habrá|habrán de", Modal(Obligation)),
    ("tiene|tienen que", Modal(Obligation)),
    ("tiene|tienen|tendrá|tendrán la obligación de", Modal(Obligation)),
    ("tiene|tienen el deber de", Modal(Obligation)),
    ("está|están|estará|estarán obligado|obligados|obligada|obligadas a", Modal(Obligation)),
    ("velan|vela|velará|velarán por", Modal(Obligation)),
    ("debería|deberían|debiera|debieran|deberíamos", Modal(StrongRecommendation)),
    ("recomienda|recomiendan|recomendamos", Ask(StrongRecommendation)),
    ("insta|instan|instamos|exhorta|exhortan|exhortamos", Ask(StrongRecommendation)),
    ("pide|piden|pedimos|solicita|solicitan", Ask(StrongRecommendation)),
    ("hace|hacen|hacemos un llamamiento|llamado", Ask(StrongRecommendation)),
    ("exige|exigen", Ask(Obligation)),
    ("conviene que", Modal(StrongRecommendation)),
    ("alienta|alientan|alentamos|anima|animan|animamos", Ask(WeakRecommendation)),
    ("invita|invitan|invitamos|sugiere|sugieren", Ask(WeakRecommendation)),
    ("se alienta|invita|anima", Ask(WeakRecommendation)),
    ("se recomienda|insta|exhorta|pide", Ask(StrongRecommendation)),
    ("podría|podrían considerar|estudiar|examinar", Modal(WeakRecommendation)),
    ("sería|es conveniente|deseable", Modal(WeakRecommendation)),
    ("puede|pueden|podrá|podrán", Modal(Permission)),
    ("tiene|tienen|tendrá|tendrán derecho a|al", Modal(Permission)),
    ("tiene|tienen|tendrá|tendrán el derecho a|de", Modal(Permission)),
    ("está|están|estará|estarán facultado|facultados|facultada|facultadas|autorizado|autorizados para|a", Modal(Permission)),
    ("se prohíbe|prohíben|prohibirá|prohibirán", Forbid),
    ("está|están|queda|quedan|quedará|quedarán prohibido|prohibida|prohibidos|prohibidas", Forbid),
    ("se abstendrá|abstendrán|abstiene|abstienen", Forbid),
    ("prohíbe|prohíben|prohibirá|prohibirán", Forbid),
    ("no está|están|estará|estarán obligado|obligados|obligada|obligadas", Exempt),
    ("no impide|impiden|impedirá|impedirán", Exempt),
    ("impide|impiden|impedirá|impedirán|obliga", Hinder),
    ("se compromete|comprometen a", Promise),
    ("nos comprometemos a", Promise),
    ("se compromete|comprometen a no", Promise),
    ("nos comprometemos a no", Promise),
    ("se obliga|obligan a", Promise),
    ("acuerda|acuerdan|acordamos|conviene|convienen|convenimos en?", Promise),
    ("está|están|estamos resuelto|resueltos|decidido|decididos|dispuesto|dispuestos a", Promise),
    ("tiene|tienen|tenemos la intención de", Promise),
    ("afirma|afirman|afirmamos|expresa|expresan|expresamos|reafirma|reafirman|reafirmamos su|nuestra|nuestro voluntad|compromiso|determinación|intención|disposición", Promise),
    ("promete|prometen|prometemos", Promise),
    ("decide|deciden|decidimos", Promise),
    ("procurará|procurarán|procura|procuran", Modal(Obligation)),
    ("reconoce|reconocen|reconocemos|afirma|afirman|afirmamos|reafirma|reafirman|reafirmamos", Say),
    ("confirma|confirman|observa|observan|subraya|subrayan|subrayamos|destaca|destacan|destacamos", Say),
    ("toma|toman|tomamos nota", Say),
    ("acoge|acogen|acogemos con", Say),
    ("recuerda|recuerdan|recordamos|considera|consideran|consideramos|declara|declaran|declaramos|condena|condenan|apoya|apoyan", Say),
    ("acuerdan|convienen|acordamos que", Say),
    ("reconociendo|recordando|observando|consciente|conscientes|subrayando|afirmando|reafirmando|convencido|convencida|convencidos|preocupado|preocupada|habiendo|considerando|acogiendo|guiados|deseosos|deseando", Recital),
    ("teniendo en|presente", Recital),
    ("tomando nota", Recital),
];

#[rustfmt::skip]
const TURNS: &[(&str, Turn)] = &[
    ("abstenerse|evitar|cesar|dejar|renunciar", Turn::Refrain),
    ("procurar|esforzarse|intentar|tratar", Turn::Effort),
    ("hacer todo", Turn::Effort),
    ("considerar|estudiar|contemplar", Turn::Consider),
    ("estar facultado|facultados|autorizado|autorizados", Turn::Permit),
    ("poder", Turn::Permit),
    ("estar obligado|obligados|obligada", Turn::Bind),
    ("estar prohibido|prohibida|prohibidos|prohibidas", Turn::Forbid),
    ("prohibirse", Turn::Forbid),
    ("impedir|impedirá|prohibir|limitar|impide", Turn::Hinder),
    ("incluir|comprender|constituir|contribuir|conducir|tener|abarcar|causar", Turn::Describe),
    ("carecer|sufrir|variar|existir|diferir", Turn::Happen),
];

#[rustfmt::skip]
const QUALIFIERS: &[(&str, QualifierKind)] = &[
    ("voluntario|voluntaria|voluntarios|voluntarias|voluntariamente", Voluntary),
    ("según|cuando|si proceda|corresponda|procede|sea necesario? necesaria? apropiado?", AsAppropriate),
    ("cuando|si|según sea necesario|apropiado|oportuno", AsAppropriate),
    ("en su caso", AsAppropriate),
    ("en la medida de lo posible", WherePossible),
    ("cuando|siempre que? sea posible", WherePossible),
    ("de conformidad|acuerdo con su|la|sus|el leyes|legislación|derecho|ordenamiento nacional|interno|interna|nacionales|internas|jurídico", NationalLaw),
    ("con arreglo a su|la|sus legislación|leyes|derecho", NationalLaw),
    ("de conformidad|acuerdo con el|sus derecho|obligaciones internacional|internacionales", InternationalLaw),
    ("con|a reserva|sujeción de|a", SubjectTo),
    ("salvo|excepto", SubjectTo),
    ("sin perjuicio", WithoutPrejudice),
    ("dentro|según|en de? la? medida? de? sus posibilidades|capacidades|medios|recursos", Capability),
    ("procurará|procurarán|procurar|esforzarse|esforzará|esforzarán|esfuerzan", Effort),
    ("que considere|consideren|estime|estimen necesarias|necesario|apropiadas|oportunas|convenientes", Discretion),
    ("previa solicitud|petición", OnRequest),
    ("a petición|solicitud", OnRequest),
    ("a sabiendas", Knowledge),
    ("deliberadamente|intencionalmente|conscientemente", Knowledge),
];

#[rustfmt::skip]
const ACTORS: &[(&str, &[Addressee])] = &[
    ("estado|estados|país|países|gobierno|gobiernos|nación|naciones", &[States]),
    ("autoridad|autoridades", &[States]),
    ("estado|estados miembro|miembros", &[States]),
    ("estado|estados parte|partes", &[States, Parties]),
    ("estado|estados participantes|signatarios|contratantes|contratante|participante", &[States, Parties]),
    ("parte|partes|signatario|signatarios|firmante|firmantes|participante|participantes|miembros|nosotros", &[Parties]),
    ("partes|parte contratante|contratantes", &[Parties]),
    ("agentes|actores no estatales|gubernamentales", &[NonStateActors]),
    ("empresa|empresas|industria|fabricante|fabricantes|proveedor|proveedores|desarrolladores|operador|operadores|empleador|empleadores|plataformas|compañías", &[Companies]),
    ("sector privado", &[Companies]),
    ("sociedad civil", &[CivilSociety]),
    ("organizaciones|organización internacionales|internacional|regionales|regional", &[InternationalOrganizations]),
    ("naciones unidas", &[InternationalOrganizations]),
    ("secretaría|secretario|comisión|comité|consejo|agencia|asamblea|conferencia|organización|tribunal|corte|parlamento", &[InternationalOrganizations]),
    ("organizaciones no gubernamentales", &[CivilSociety]),
    ("investigadores|universidades", &[CivilSociety]),
    ("comunidad científica|técnica|académica", &[CivilSociety]),
    ("partes interesadas", &[AllStakeholders]),
    ("todos los actores|interesados", &[AllStakeholders]),
    ("persona|personas|individuo|individuos|usuario|usuarios|ciudadanos|niño|niños|trabajador|trabajadores|consumidores|nadie", &[Individuals]),
];

#[rustfmt::skip]
const WORDS: WordSets = WordSets {
    not_behind: &["no", "nunca", "jamás", "ni"],
    not_before: &["no", "nunca", "jamás"],
    no: &["ningún", "ninguna", "ninguno", "nadie", "nada", "ni"],
    no_but: &[],
    adverbs: &["también", "además", "siempre", "asimismo", "se", "lo", "las", "los", "le", "les", "conjuntamente", "tampoco"],
    adverb_endings: &["mente"],
    subordinators: &["que", "quien", "quienes", "si", "cuando", "cuyo", "cuya", "donde", "cual", "cuales", "porque", "mientras", "aunque"],
    that: &["que"],
    and: &["y", "e", "o", "u", "ni", "pero"],
    finite: &["han", "ha", "es", "son", "tienen", "tiene", "está", "están"],
    they: &["ellos", "ellas", "éstos", "éstas", "estos"],
    pronouns: &["nosotros"],
    we_endings: &["mos"],
    be: &["ser"],
    before_object: &["a", "al"],
    prepositions: &["de", "del", "a", "al", "por", "para", "entre", "con", "en", "sobre", "bajo", "contra", "sin", "hacia", "desde", "mediante"],
    by: &["por"],
    articles: &["el", "la", "un", "una", "este", "esta", "su", "nuestro", "nuestra"],
    relatives: &["que", "quien", "quienes", "cuyo", "cuya", "cual", "cuales"],
    singular: &[],
    determiners: &["el", "la", "los", "las", "un", "una", "cada", "todo", "toda", "todos", "todas", "otro", "otra", "otros", "otras", "su", "sus", "nuestro", "nuestra", "estos", "este", "esta", "ningún", "ninguna", "algunos", "varios", "pequeñas", "medianas", "grandes", "altas", "ambas", "dos"],
    behind_head: &[],
    text: &["convención", "convenio", "acuerdo", "protocolo", "tratado", "artículo", "capítulo", "párrafo", "disposición", "disposiciones", "reglamento", "directiva", "anexo", "código"],
    things: &["ello", "esto", "eso"],
    to: &["a", "de"],
    imperatives: &[],
    imperative_endings: &["ar", "er", "ir", "arse", "erse", "irse"],
    no_imperatives: &["lugar", "mujer", "poder", "bienestar", "deber", "militar", "nuclear", "par"],
    selves: &["nosotros", "signatarios", "firmantes", "miembros"],
    present_binds: true,
    splits_elisions: false,
};
