//! The kinds of clauses: in documents by place, structure and words, in ready clauses by words alone.

use consonance::clause::ClauseKind::{
    Definition, Explanation, FinalClause, Furniture, Heading, Names, Norm, Note, Preamble, Unknown,
};
use consonance::clause::{Classified, ClauseKind, Granularity, Kinds, segment};
use consonance::language::Language;
use consonance::read::ClauseRecord;

fn language(code: &str) -> Language {
    Language::from_tag(code).unwrap()
}

/// The kind of the part of a document that begins with some words.
#[track_caller]
fn kind_at(code: &str, text: &str, opening: &str) -> Classified {
    let cut = segment(text, &[]);
    let at = text
        .find(opening)
        .unwrap_or_else(|| panic!("no `{opening}`"));
    Kinds::of(text, &cut, Some(language(code))).at(at)
}

/// Checks the kinds of the parts of a document, each by its first words.
#[track_caller]
fn check(code: &str, text: &str, expected: &[(&str, ClauseKind)]) {
    for (opening, kind) in expected {
        let found = kind_at(code, text, opening);
        assert_eq!(found.kind, *kind, "`{opening}` is told {}", found.reason);
    }
}

fn record(words: &str) -> ClauseRecord {
    let mut record = ClauseRecord::default();
    words.clone_into(&mut record.text);
    record
}

/// Checks the kind of words alone.
#[track_caller]
fn check_words(code: &str, cases: &[(&str, ClauseKind)]) {
    for (words, kind) in cases {
        let found = record(words).classify(language(code));
        assert_eq!(found.kind, *kind, "`{words}` is told {}", found.reason);
    }
}

const RESOLUTION: &str = "\
The Harbor Conference,

Recalling its resolution 12/4 on open quays,

Deeply concerned that fog harms small ships,

Mindful of the needs of island ports,

1. Welcomes the report of its bureau on fog;

2. Calls upon all ports to light their quays at night;

3. Emphasizes the need to train pilots;

4. Recognizes that pilots are few, and invites ports to share them;

5. Decides to keep a register of wrecks;

6. Requests the Secretary-General to report to it at its next session on the lights.
";

#[test]
fn a_resolution_recites_then_notes_asks_and_instructs() {
    check(
        "en",
        RESOLUTION,
        &[
            ("Recalling", Preamble),
            ("Deeply concerned", Preamble),
            ("Mindful", Preamble),
            ("Welcomes", Explanation),
            ("Calls upon", Norm),
            ("Emphasizes", Norm),
            ("Recognizes", Norm),
            ("Decides", Norm),
            ("Requests", FinalClause),
        ],
    );
    let reasons = [
        ("Deeply", "by the verb `concerned that`"),
        ("Welcomes", "by the verb `Welcomes`"),
        ("Calls upon", "by the verb `Calls upon`"),
        ("Emphasizes", "by the words `Emphasizes the need`"),
        ("Requests", "by the words `Requests the Secretary-General`"),
    ];
    for (opening, reason) in reasons {
        assert_eq!(
            kind_at("en", RESOLUTION, opening).reason.to_string(),
            reason
        );
    }
}

const CONVENTION: &str = "\
PREAMBLE

The States Parties to this Convention,

Considering that harbors serve all,

Convinced of the use of common lights,

Have agreed as follows:

Article 1
Definitions

For the purposes of this Convention:

(a) “quay” means any place where ships moor;

(b) “light” means a lamp on a quay.

Article 2
Lights

1. Each Party shall light its quays from dusk to dawn.

2. Quays in disuse are not covered by this Article.

Article 3
Meetings of the Parties

The Parties shall meet every second year in one of their ports.

Article 4
Signature

This Convention shall be open for signature by all States at the port of Norland.

Article 5
Ports of inland States

A State without a coast may name a river port for the aims of this text.
";

#[test]
fn a_convention_has_definitions_articles_and_final_clauses() {
    check(
        "en",
        CONVENTION,
        &[
            ("The States Parties", Preamble),
            ("Considering", Preamble),
            ("Convinced", Preamble),
            ("“quay”", Definition),
            ("“light”", Definition),
            ("Each Party", Norm),
            ("Quays in disuse", Norm),
            ("The Parties shall meet", FinalClause),
            ("This Convention shall be open", FinalClause),
            ("A State without", FinalClause),
        ],
    );
    let after = kind_at("en", CONVENTION, "A State without");
    assert_eq!(
        after.reason.to_string(),
        "after the provision on signature or entry into force"
    );
    let meeting = kind_at("en", CONVENTION, "The Parties shall meet");
    assert_eq!(
        meeting.reason.to_string(),
        "under the heading `Meetings of the Parties`"
    );
}

#[test]
fn provisions_below_a_table_of_contents_are_no_furniture() {
    let text = "\
Pact of the Lamps

CONTENTS Page

PREAMBLE .................... 1

Article 1. Lamps ............ 2

PREAMBLE

Prompted by the desire to keep lamps clean,

Noting that lamps guide ships,

Article 1

Each Party shall light its lamps.
";
    check(
        "en",
        text,
        &[
            ("Prompted", Preamble),
            ("Noting", Preamble),
            ("Each Party", Norm),
        ],
    );
}

#[test]
fn french_and_spanish_documents_have_the_same_parts() {
    let french = "\
La Conférence générale des ports,

Rappelant sa résolution 12/4 sur les quais ouverts,

Consciente des besoins des ports des îles,

1. Prend note du rapport de son bureau;

2. Invite les États à éclairer leurs quais;

3. Prie le Secrétaire général de lui faire rapport à sa prochaine session.
";
    check(
        "fr",
        french,
        &[
            ("Rappelant", Preamble),
            ("Consciente", Preamble),
            ("Prend note", Explanation),
            ("Invite", Norm),
            ("Prie", FinalClause),
        ],
    );
    let spanish = "\
La Asamblea General de los puertos,

Recordando su resolución 12/4 sobre los muelles abiertos,

Consciente de las necesidades de los puertos de las islas,

1. Toma nota del informe de su mesa;

2. Exhorta a los Estados a que iluminen sus muelles;

3. Pide al Secretario General que le presente un informe en su próximo período de sesiones.
";
    check(
        "es",
        spanish,
        &[
            ("Recordando", Preamble),
            ("Consciente", Preamble),
            ("Toma nota", Explanation),
            ("Exhorta", Norm),
            ("Pide", FinalClause),
        ],
    );
}

#[test]
fn items_take_the_kind_of_their_lead_in() {
    let text = "\
1. Ports should, as far as they can:

(a) lamps on each quay;

(b) a pilot at night.

2. For the purposes of this code, the following terms are used:

(a) Quay: where ships moor;

(b) Lamp: what gives light.
";
    check(
        "en",
        text,
        &[
            ("lamps on", Norm),
            ("a pilot", Norm),
            ("Quay:", Definition),
            ("Lamp:", Definition),
        ],
    );
    assert_eq!(
        kind_at("en", text, "a pilot").reason.to_string(),
        "as its lead-in"
    );
}

#[test]
fn background_explains_and_names_are_told() {
    let text = "\
Background

Fog is a danger to all ships. Many ports have had wrecks in the last years, and pilots are few.

Principles

Ports should light their quays at night.

The countries represented were:

- Norland

- Ostmark

- Republic of Westmark

- Valdoria
";
    check(
        "en",
        text,
        &[
            ("Fog is", Explanation),
            ("Ports should", Norm),
            ("Norland", Names),
            ("Republic of Westmark", Names),
            ("Valdoria", Names),
        ],
    );
}

#[test]
fn other_languages_have_place_and_form_only() {
    let text = "\
Die Konferenz der Häfen,

in Sorge über den Nebel,

Artikel 1

Jede Partei beleuchtet ihre Kais.

Artikel 2

https://example.org/kais
";
    check(
        "de",
        text,
        &[
            ("in Sorge", Preamble),
            ("Jede Partei", Unknown),
            ("https://example.org", Note),
        ],
    );
}

#[test]
fn words_alone_tell_what_is_plainly_no_norm() {
    check_words(
        "en",
        &[
            ("Ports should light their quays.", Norm),
            ("Light the quays at night.", Norm),
            ("Did you light your quays?", Norm),
            ("ships at sea;", Norm),
            ("The protection of small ships.", Norm),
            ("Recalling that fog is a danger to ships,", Preamble),
            ("Quay means any place where ships moor.", Definition),
            ("Pilot: A pilot is a person who knows the port.", Definition),
            ("Ports shall warn ships by means of lamps.", Norm),
            (
                "This Protocol shall enter into force after ten ratifications.",
                FinalClause,
            ),
            ("any denunciation made under Article 9;", FinalClause),
            (
                "Proposals for amendments to this Convention are sent to all Parties.",
                FinalClause,
            ),
            ("See also the report of the bureau on fog.", Note),
            (
                "Mole J, Quay T. Fog and ships. J Port Stud. 2019;12(3):40–52.",
                Note,
            ),
            ("Harbor Lights Framework (Port Society 2022)", Note),
            ("All rights reserved.", Furniture),
            ("Agenda item 12", Furniture),
            ("H/RES/31/4 Safe quays", Furniture),
            ("Safe Quays and Open Seas", Heading),
            (
                "Norland, Ostmark, Westmark, Valdoria, Sudland and Lakeland",
                Names,
            ),
            (
                "Fog is a danger to ships in many parts of the world. In the last ten years it has caused wrecks, \
                 and small ports have had little light and few pilots to help.",
                Explanation,
            ),
        ],
    );
    check_words(
        "fr",
        &[
            ("Les ports doivent éclairer leurs quais.", Norm),
            ("Rappelant que le brouillard est un danger,", Preamble),
            (
                "On entend par « quai » tout lieu où un navire s'amarre.",
                Definition,
            ),
            (
                "Le présent Accord entrera en vigueur après dix ratifications.",
                FinalClause,
            ),
            ("Tous droits réservés.", Furniture),
        ],
    );
    check_words(
        "es",
        &[
            ("Los puertos deben iluminar sus muelles.", Norm),
            ("Recordando que la niebla es un peligro,", Preamble),
            (
                "Por «muelle» se entiende todo lugar donde atraca un buque.",
                Definition,
            ),
            (
                "El presente Acuerdo entrará en vigor tras diez ratificaciones.",
                FinalClause,
            ),
            ("Véase también el informe de la mesa.", Note),
        ],
    );
}

#[test]
fn a_record_that_says_its_kind_is_believed() {
    let mut stated = record("Ports should light their quays.");
    stated.kind = Some("explanation".to_owned());
    let found = stated.classify(Language::ENGLISH);
    assert_eq!(found.kind, Explanation);
    assert_eq!(found.reason.to_string(), "as its record says");
}

#[test]
fn an_item_without_its_document_continues_its_lead_in() {
    let item = |lead_in: &str| {
        let mut item = record("the lamps on each quay;");
        item.lead_in = Some(lead_in.to_owned());
        item.classify(Language::ENGLISH).kind
    };
    assert_eq!(item("Ports shall keep:"), Norm);
    assert_eq!(
        item("In this code the following terms are used:"),
        Definition
    );
    assert_eq!(
        item("The depositary shall notify all States of:"),
        FinalClause
    );
}

#[test]
fn a_whole_article_is_a_norm_if_a_part_of_it_is() {
    let cut = segment(CONVENTION, &[]);
    let kinds = Kinds::of(CONVENTION, &cut, Some(Language::ENGLISH));
    let articles = cut.at(Granularity::Article);
    let kind_of = |label: &str| {
        let named = |article: &&consonance::clause::Segment| {
            article
                .label
                .as_ref()
                .is_some_and(|of| of.as_str() == label)
        };
        kinds.of_passage(articles.iter().find(named).unwrap()).kind
    };
    assert_eq!(kind_of("Article 1"), Definition);
    assert_eq!(kind_of("Article 2"), Norm);
    assert_eq!(kind_of("Article 4"), FinalClause);
}
