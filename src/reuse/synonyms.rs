//! Numbers, actors and synonyms in the words of a norm.
//!
//! English only. The lists are small on purpose: each word must have its meaning wherever it occurs.

use crate::provision::{number_word, parse_roman};

/// Stems of actors who are bound by agreements: replacing one by another changes a name.
const ACTORS: &str = "\
    parti signatori state countri member nation govern compani busi enterpris organ institut \
    commiss council committe union author particip stakehold contract economi adher";

/// Synonymous phrases, as stems. Those in one line mean the same in an agreement.
const SYNONYMS: &[&str] = &[
    "in accord with|pursuant to|accord to|in conform with|in line with|consist with|under",
    "request|ask for|ask|seek",
    "measur|step|action",
    "appropri|suitabl|adequ|proper",
    "necessari|need|requir",
    "relev|pertin|applic|concern",
    "ensur|guarante|assur|secur|make sure",
    "provid|furnish|suppli|give|grant|offer",
    "each|everi|ani|all",
    "prior to|befor|in advanc of|ahead of",
    "after|follow|subsequ to|upon",
    "begin|start|commenc|initi",
    "end|termin|ceas|conclud|expir",
    "help|assist|aid|support",
    "use|util|employ|make use of",
    "promot|foster|further|encourag|advanc|support",
    "establish|set up|creat|form",
    "maintain|keep|preserv|retain|uphold",
    "concern|regard|with regard to|with respect to|relat to|about|as regard|in respect of|on",
    "inform|notifi|advis|tell",
    "agre|consent|accept",
    "oblig|duti|commit",
    "right|entitl",
    "forbid|prohibit|ban",
    "prevent|avoid|avert",
    "allow|permit|let|enabl|authoris|author",
    "provis|term|claus|rule|stipul",
    "agreement|treati|convent|accord|pact",
    "territori|area|land",
    "citizen|nation",
    "person|individu|human|peopl",
    "carri out|perform|implement|execut|conduct|fulfil|undertak",
    "adopt|take|introduc",
    "take into account|consid|have regard to|bear in mind",
    "such as|for exampl|for instanc|includ|inter alia|among other",
    "in order to|to|so as to|with a view to",
    "in the event of|in case of|where|if|when",
    "notwithstand|despit|in spite of",
    "specifi|set out|laid down|set forth|defin|provid for",
    "promot|boost|enhanc|strengthen|reinforc|increas|improv",
    "reduc|lower|decreas|lessen|mitig|limit",
    "protect|safeguard|defend|secur",
    "cooper|collabor|work togeth",
    "good|product|merchandis|commod",
    "whole|entir|full|complet",
    "import|signific|essenti|key|crucial|vital",
    "prompt|without delay|quick|speedili|immedi|swift|as soon as possibl",
    "annual|yearli|everi year|each year",
    "attempt|tri|endeavour|endeavor|strive|make effort|seek",
    "exchang|share",
    "dispute|disput|differ|disagr",
    "remain|stay|continu",
    "determin|decid|establish",
    "obtain|get|acquir|receiv",
    "submit|present|hand in|file",
    "show|demonstr|indic|prove",
    "purpos|aim|object|goal|end",
    "method|mean|way|manner|mode",
    "mutual|joint|common|reciproc",
    "compli with|observ|respect|abid by|adher to|conform to",
    "within|in|insid",
    "between|among|amongst",
    "damag|harm|injuri",
    "this|the|that|such",
    "amend|modifi|chang|alter|revis",
    "ad|addit|further|extra|supplementari",
    "person data|person inform",
];

/// Returns the value of a number in digits or in words; digits that are too long all have one maximal value.
pub(crate) fn number(word: &str) -> Option<u64> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        // A number of twenty digits or more only has to differ from usual numbers.
        return Some(digits.parse().unwrap_or(u64::MAX));
    }
    number_word(word).map(u64::from)
}

/// Returns the value of a Roman numeral of at least two capital letters, as in article numbers.
pub(crate) fn number_in_capitals(word: &str) -> Option<u64> {
    let is_capital = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    parse_roman(word).filter(|_| is_capital).map(u64::from)
}

/// Returns whether a stem names an actor who is bound by agreements.
pub(crate) fn is_actor(stem: &str) -> bool {
    ACTORS.split(' ').any(|actor| actor == stem)
}

/// Returns whether two phrases of stems, separated by spaces, are synonyms.
pub(crate) fn are_synonyms(a: &str, b: &str) -> bool {
    let has = |group: &str, phrase: &str| group.split('|').any(|synonym| synonym == phrase);
    SYNONYMS.iter().any(|group| has(group, a) && has(group, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_words_and_roman() {
        let cases = [
            ("12", Some(12)),
            ("twelve", Some(12)),
            ("01", Some(1)),
            ("2nd", Some(2)),
            ("ships", None),
        ];
        for (word, expected) in cases {
            assert_eq!(number(word), expected, "{word}");
        }
        assert_eq!(number_in_capitals("XVII"), Some(17));
        assert_eq!(number_in_capitals("IX"), Some(9));
        assert_eq!(number_in_capitals("I"), None, "a word of English");
    }

    #[test]
    fn phrases_are_synonyms() {
        assert!(are_synonyms("in accord with", "pursuant to"));
        assert!(!are_synonyms("measur", "ship"));
    }
}
