//! The examples in the help of the findings that are made from a table.

pub(crate) const GAPS: &str = "\
Examples:
  consonance gaps                                              the bundled corpus, under the issues of its coding
  consonance gaps treaties/                                    a folder, under the issues found in it
  consonance gaps clauses.jsonl --coding mine.jsonl            what my own table may have missed
  consonance gaps table.docx                                   the same for a hand-made comparison table
  consonance gaps treaties/ --issues corpus/norms.toml --json  for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

pub(crate) const KEYNESS: &str = "\
Examples:
  consonance keyness                                              the bundled corpus, under the issues of its coding
  consonance keyness treaties/                                    a folder, under the issues found in it
  consonance keyness clauses.jsonl --coding mine.jsonl            under the issues of my own table
  consonance keyness treaties/ --issues corpus/norms.toml --json  for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

pub(crate) const CO_MENTION: &str = "\
Examples:
  consonance co-mention                                                    the bundled corpus, under the issues of its coding
  consonance co-mention treaties/                                          a folder, under the issues found in it
  consonance co-mention treaties/ --issues corpus/norms.toml --format csv  all pairs, for a spreadsheet

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

pub(crate) const TIMELINE: &str = "\
Examples:
  consonance timeline                                                    the bundled corpus, under the issues of its coding
  consonance timeline treaties/                                          a folder, under the issues found in it
  consonance timeline clauses.jsonl --coding mine.jsonl                  under the issues of my own table
  consonance timeline treaties/ --issues corpus/norms.toml --format csv  for a spreadsheet

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";
