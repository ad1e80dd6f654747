//! [`name_clusters`]: gives each cluster the best title that no other cluster has.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cluster::name::candidate::TitleCandidate;
use crate::cluster::name::catalogue::Catalogue;
use crate::cluster::name::contrast::ClusterContrast;
use crate::cluster::name::evidence::PlaceEvidence;
use crate::cluster::name::heading::HeadingSource;
use crate::cluster::name::issue_name::{IssueName, capitalized, make_unique};
use crate::cluster::name::phrase::PhraseSource;
use crate::cluster::name::reading::SampleReading;
use crate::cluster::name::sample::NameSample;
use crate::cluster::name::subject::SubjectSource;
use crate::cluster::name::terms::characteristic_terms;
use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::Representation;

/// The number of best candidates of a cluster that are compared with those of others.
const MAX_CANDIDATES: usize = 40;

/// Names clusters by titles, with their characteristic terms; no two names are equal.
///
/// A title is a section heading, a noun phrase, a concept of the thesaurus or a subject of the catalogue;
/// the score of each is a cosine with what the words of the cluster are and those of the others are not,
/// times how far its clauses have it. The best title of all clusters is given first, then the best of the
/// rest, and so on; titles with the same terms are given once. A cluster of one clause has no title. Costs two
/// passes over the term lists, and the reading of at most 60 clauses a cluster.
pub(crate) fn name_clusters(
    corpus: &Corpus,
    representation: &Representation,
    catalogue: Option<&Catalogue>,
    clusters: &[Vec<ClauseId>],
) -> Vec<IssueName> {
    let terms = characteristic_terms(corpus, representation, clusters);
    let mut names: Vec<IssueName> = terms.into_iter().map(IssueName::of_terms).collect();
    let candidates = candidates(corpus, representation, catalogue, clusters);
    for (cluster, chosen) in chosen(representation, clusters, candidates) {
        names[cluster].name = capitalized(&chosen.title);
        names[cluster].source = chosen.source;
    }
    make_unique(&mut names);
    names
}

/// Returns the candidates of each cluster of two clauses or more.
fn candidates(
    corpus: &Corpus,
    representation: &Representation,
    catalogue: Option<&Catalogue>,
    clusters: &[Vec<ClauseId>],
) -> Vec<Vec<TitleCandidate>> {
    let sample = NameSample::of(corpus, representation, clusters);
    let contrasts = ClusterContrast::of_all(representation, &sample);
    let subjects = SubjectSource::of(corpus, representation, &sample, catalogue);
    let headings = HeadingSource {
        corpus,
        representation,
        sample: &sample,
    };
    let readings = readings(corpus, representation, &sample);
    let candidates_of = |cluster: usize| {
        let contrast = &contrasts[cluster];
        let mut candidates = headings.candidates(cluster, contrast);
        candidates.extend(subjects.candidates(cluster, contrast));
        let language = sample.clusters[cluster].language;
        if let Some((reading, evidence)) = readings.get(language.code()) {
            let phrases = PhraseSource {
                representation,
                sample: &sample,
                reading,
                evidence,
            };
            candidates.extend(phrases.candidates(cluster, contrast));
        }
        candidates.retain(|candidate| candidate.score > 0.0);
        candidates.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.title.cmp(&b.title))
        });
        candidates.truncate(MAX_CANDIDATES);
        candidates
    };
    let is_cluster = |cluster: usize| clusters[cluster].len() > 1;
    let indices = (0..clusters.len()).into_par_iter();
    indices
        .map(|cluster| {
            if is_cluster(cluster) {
                candidates_of(cluster)
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// Reads the clauses of each language that has word lists.
fn readings(
    corpus: &Corpus,
    representation: &Representation,
    sample: &NameSample,
) -> BTreeMap<String, (SampleReading, PlaceEvidence)> {
    let languages: BTreeMap<&str, _> = sample
        .clusters
        .iter()
        .map(|cluster| (cluster.language.code(), cluster.language))
        .collect();
    let read = |(code, language): (&str, _)| {
        let reading = SampleReading::of(corpus, representation, sample, language)?;
        let evidence = PlaceEvidence::of(&reading);
        Some((code.to_owned(), (reading, evidence)))
    };
    languages.into_iter().filter_map(read).collect()
}

/// Returns the title of each cluster that gets one: the best of all first, each set of terms once.
fn chosen(
    representation: &Representation,
    clusters: &[Vec<ClauseId>],
    candidates: Vec<Vec<TitleCandidate>>,
) -> BTreeMap<usize, TitleCandidate> {
    let mut all: Vec<(usize, TitleCandidate)> = candidates
        .into_iter()
        .enumerate()
        .flat_map(|(cluster, candidates)| candidates.into_iter().map(move |one| (cluster, one)))
        .collect();
    // Ties: the cluster of more clauses, then the first.
    all.sort_by(|(a, left), (b, right)| {
        let by_size = || clusters[*b].len().cmp(&clusters[*a].len());
        right
            .score
            .total_cmp(&left.score)
            .then_with(by_size)
            .then(a.cmp(b))
    });
    let mut taken: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    let mut chosen = BTreeMap::new();
    for (cluster, candidate) in all {
        if chosen.contains_key(&cluster) {
            continue;
        }
        if taken.insert(terms_of(representation, &candidate.title)) {
            chosen.insert(cluster, candidate);
        }
    }
    chosen
}

fn terms_of(representation: &Representation, title: &str) -> BTreeSet<String> {
    let tokens = representation.analyzer().analyze(title, Language::ENGLISH);
    tokens.into_iter().map(|token| token.term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Metadata;
    use crate::cluster::name::issue_name::NameSource;
    use crate::corpus::CorpusBuilder;
    use crate::read::{Body, ClauseRecord, Document, Parsed};
    use crate::similarity::RepresentationParams;
    use crate::term::{AnalyzerParams, Thesaurus};

    const LAMPS: [&str; 3] = [
        "Each port shall fund the upkeep of harbor lamps, and report on it.",
        "The upkeep of harbor lamps is paid for by the boards.",
        "Keepers see to the upkeep of harbor lamps at night.",
    ];
    const NETS: [&str; 3] = [
        "Nets are mended ashore by their owners.",
        "A torn net is given to the menders of the village.",
        "Owners bring nets and twine to the sheds.",
    ];

    /// Clauses on one subject without a common phrase.
    const LIGHTS: [&str; 3] = [
        "Boards repaint the buoy in spring.",
        "A lantern hangs there at night.",
        "They tend the beacon by turns.",
    ];

    /// The clauses of two clusters, the first of them under a heading.
    struct Case {
        texts: [&'static str; 3],
        language: Language,
        heading: Option<&'static str>,
        thesaurus: &'static str,
        catalogue: Option<Catalogue>,
    }

    impl Default for Case {
        fn default() -> Self {
            Self {
                texts: LAMPS,
                language: Language::ENGLISH,
                heading: None,
                thesaurus: "",
                catalogue: None,
            }
        }
    }

    impl Case {
        fn names(&self) -> Vec<IssueName> {
            let record = |text: &&str, heading: Option<&str>| ClauseRecord {
                text: (*text).to_owned(),
                heading: heading.map(str::to_owned),
                language: Some(self.language),
                ..ClauseRecord::default()
            };
            let lamps = self.texts.iter().map(|text| record(text, self.heading));
            let records = lamps.chain(NETS.iter().map(|text| record(text, None)));
            let documents = records.map(|record| Document {
                key: Some(record.text.clone()),
                metadata: Metadata::default(),
                body: Body::Clauses(vec![record]),
            });
            let mut builder = CorpusBuilder::new();
            let parsed = Parsed {
                documents: documents.collect(),
                ..Parsed::default()
            };
            builder.add(parsed, None);
            let corpus = builder.build().unwrap();
            let thesaurus = Thesaurus::parse(self.thesaurus).unwrap();
            let analyzer = AnalyzerParams::default().thesaurus(thesaurus);
            let params = RepresentationParams::default().analyzer(analyzer);
            let representation = Representation::of(&corpus, &params).unwrap();
            let is_about_nets = |id: &ClauseId| NETS.contains(&corpus.text(*id));
            let (nets, lamps) = corpus.clause_ids().partition(is_about_nets);
            name_clusters(
                &corpus,
                &representation,
                self.catalogue.as_ref(),
                &[lamps, nets],
            )
        }

        fn of_lamps(&self) -> (String, NameSource) {
            let name = self.names().swap_remove(0);
            (name.name, name.source)
        }
    }

    #[test]
    fn a_phrase_that_clauses_share_is_whole() {
        let expected = ("Upkeep of harbor lamps".to_owned(), NameSource::Phrase);
        assert_eq!(Case::default().of_lamps(), expected);
    }

    #[test]
    fn a_shared_heading_goes_before_a_phrase() {
        let case = Case {
            heading: Some("Article 7 – Care of harbor lamps"),
            ..Case::default()
        };
        let expected = ("Care of harbor lamps".to_owned(), NameSource::Heading);
        assert_eq!(case.of_lamps(), expected);
    }

    #[test]
    fn a_concept_names_what_its_words_are_in() {
        let case = Case {
            texts: LIGHTS,
            thesaurus: "[[concept]]\nname = \"beacon and lantern\"\n\
                        terms = [\"lantern\", \"beacon\", \"buoy\"]\n",
            ..Case::default()
        };
        let expected = ("Beacon and lantern".to_owned(), NameSource::Concept);
        assert_eq!(case.of_lamps(), expected);
    }

    #[test]
    fn a_subject_of_the_catalogue_names_what_its_words_are_in() {
        let catalogue = Catalogue::parse(
            "[[subject]]\nname = \"Beacon and lantern\"\nkind = \"transport\"\n\
             words = [\"lantern\", \"beacon\", \"buoy\"]\n\
             [[subject]]\nname = \"Fishing gear\"\nkind = \"trade\"\nwords = [\"hooks\", \"twine\"]\n",
        );
        let case = Case {
            texts: LIGHTS,
            catalogue: Some(catalogue.unwrap()),
            ..Case::default()
        };
        let expected = ("Beacon and lantern".to_owned(), NameSource::Catalogue);
        assert_eq!(case.of_lamps(), expected);
        let nets = case.names().swap_remove(1);
        assert_ne!(nets.name, "Fishing gear", "one of its words is too few");
    }

    #[test]
    fn a_language_without_word_lists_has_terms() {
        let case = Case {
            language: Language::from_tag("fi").unwrap(),
            ..Case::default()
        };
        let names = case.names();
        assert!(
            names.iter().all(|name| name.source == NameSource::Terms),
            "{names:?}"
        );
        assert!(names[0].name.contains(", "), "{names:?}");
    }

    #[test]
    fn names_are_the_same_each_time_and_all_different() {
        let names = Case::default().names();
        assert_eq!(names, Case::default().names());
        let distinct: BTreeSet<&str> = names.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(distinct.len(), names.len());
    }
}
