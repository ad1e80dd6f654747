//! The table as text for a terminal: a grid if the columns fit, otherwise an overview and a block for
//! each issue.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};
use consonance::clause::ClauseKind;
use consonance::error::Diagnostic;
use consonance::finding::{Annotated, Gaps};
use consonance::report::{Quotation, Report, counted, made_with, one_line};
use consonance::table::{Alone, ConvergenceTable, Quote, Row};

use super::layout::{Frame, Span, Style, painted, paragraph, span, width_of};
use super::overview::{overview, quotes_of};
use super::page::page_lines;
use super::rows::Shown;

/// The fewest columns of the terminal in which a quotation is readable.
const MIN_CELL_WIDTH: usize = 24;
/// The columns of the terminal that a grid gives to the names of the issues.
const GRID_ISSUE_WIDTH: usize = 20;
/// The meaning of the signs in the overview.
const OVERVIEW_KEY: &str = "Issues down, processes across; \"of\" is how many processes share the issue. \
    ● one clause, a number up to 9 that many, + more, ○ only weak ones (not counted), · none.";
/// How to see more than the matrix.
const ROWS_HINT: &str =
    "--rows 1,3-5 shows the clauses of these rows, --rows all shows every clause.";
/// The most characters of a clause that are shown.
const MAX_QUOTED: usize = 600;
/// The most diagnostics that are shown.
const MAX_DIAGNOSTICS: usize = 10;
/// The most gaps of each kind that are shown.
const MAX_GAPS: usize = 10;
/// The most candidates of given issues that are shown.
const MAX_CANDIDATES: usize = 20;
/// The most characteristic terms that are shown.
const MAX_TERMS: usize = 6;

/// How to show a table, and facts about its corpus that it does not contain.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) shown: Shown,
    /// The columns of the terminal.
    pub(crate) width: usize,
    /// Whether to use bold and color.
    pub(crate) has_styles: bool,
    pub(crate) n_agreements: usize,
    pub(crate) n_processes: usize,
}

/// Returns the table as lines no wider than the view, ready to print.
pub(crate) fn render<'a>(table: impl Into<Annotated<'a>>, view: &View) -> String {
    let table = table.into();
    let mut page = Page {
        table,
        view,
        lines: Vec::new(),
        n_cut: 0,
    };
    match &view.shown {
        Shown::Everything => page.everything(),
        Shown::Matrix => page.matrix(&table),
        Shown::Rows(places) => {
            for &place in places {
                page.block(place + 1, &table.rows[place]);
            }
            // No blank lines precede the first row.
            page.lines.drain(..page.lines.len().min(2));
        }
    }
    if !matches!(view.shown, Shown::Rows(_)) {
        page.candidates();
        if let Some(gaps) = table.gaps {
            page.gaps(gaps);
        }
        page.summary(&table);
        page.diagnostics(&table.diagnostics);
    }
    page.lines.push(String::new());
    page.lines.join("\n")
}

fn fits_grid(table: &ConvergenceTable, width: usize) -> bool {
    let n_columns = table.columns.len();
    // A border at the left of each column and after the last, and a space on either side of each text.
    let borders = 3 * (n_columns + 1) + 1;
    let room = width.saturating_sub(GRID_ISSUE_WIDTH + borders);
    n_columns > 0 && room / n_columns >= MIN_CELL_WIDTH
}

/// The lines so far.
struct Page<'v> {
    table: Annotated<'v>,
    view: &'v View,
    lines: Vec<String>,
    /// The number of quotations that were cut.
    n_cut: usize,
}

impl Page<'_> {
    fn everything(&mut self) {
        let table = self.table.table;
        if !table.rows.is_empty() && fits_grid(table, self.view.width) {
            self.grid(table);
        } else {
            self.matrix(table);
            for (index, row) in table.rows.iter().enumerate() {
                self.block(index + 1, row);
            }
        }
        let compared = table.alone.iter().filter(|alone| alone.is_compared);
        self.standing_alone(&compared.collect::<Vec<_>>());
        self.not_compared(&table.alone);
    }

    fn matrix(&mut self, table: &ConvergenceTable) {
        if table.rows.is_empty() {
            let words = "No issue is shared: every clause stands alone.";
            self.line(Style::Strong, words);
            return;
        }
        self.line(Style::Strong, "CONVERGENCE TABLE");
        self.line(Style::Faint, OVERVIEW_KEY);
        self.blank();
        self.lines.extend(overview(table, self.frame(0, 0)));
    }

    /// The clauses that may belong to given issues.
    fn candidates(&mut self) {
        let section = self.table.candidates(MAX_CANDIDATES);
        if !section.blocks.is_empty() {
            self.blank();
            let lines = page_lines(&section, self.frame(0, 0));
            self.lines.extend(lines);
        }
    }

    fn gaps(&mut self, gaps: &Gaps) {
        self.blank();
        self.rule();
        let lines = page_lines(&gaps.page(MAX_GAPS), self.frame(0, 0));
        self.lines.extend(lines);
    }

    fn line(&mut self, style: Style, text: &str) {
        self.paragraph(0, 0, &[span(style, text)]);
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn rule(&mut self) {
        let rule = "─".repeat(self.view.width);
        self.lines
            .push(painted(&rule, Style::Faint, self.view.has_styles));
    }

    fn frame(&self, first: usize, rest: usize) -> Frame {
        Frame {
            width: self.view.width,
            first,
            rest,
            has_styles: self.view.has_styles,
        }
    }

    fn paragraph(&mut self, first: usize, rest: usize, spans: &[Span]) {
        let frame = self.frame(first, rest);
        self.lines.extend(paragraph(spans, frame));
    }

    fn grid(&mut self, table: &ConvergenceTable) {
        let mut grid = Table::new();
        grid.load_style(presets::UTF8_FULL)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.view.width).unwrap_or(u16::MAX))
            .force_no_tty();
        if self.view.has_styles {
            grid.enforce_styling();
        }
        let strong = |text: &str| Cell::new(one_line(text)).add_attribute(Attribute::Bold);
        let titles = table.columns.iter().map(|column| strong(&column.title));
        grid.set_header([strong("Issue")].into_iter().chain(titles));
        for row in &table.rows {
            let n_processes = counted(row.n_processes, "process", "processes");
            let force = self.table.strength(row).map(|line| format!("\n{line}"));
            let force = force.unwrap_or_default();
            let issue = format!("{}\n{n_processes}{force}", one_line(&row.issue));
            let mut cells = vec![Cell::new(issue).add_attribute(Attribute::Bold)];
            for column in &table.columns {
                cells.push(Cell::new(self.cell(quotes_of(row, column))));
            }
            grid.add_row(cells);
        }
        let width = u16::try_from(GRID_ISSUE_WIDTH + 2).unwrap_or(u16::MAX);
        if let Some(column) = grid.column_mut(0) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width)));
        }
        self.lines
            .extend(grid.to_string().lines().map(str::to_owned));
    }

    fn cell(&mut self, quotes: &[Quote]) -> String {
        let mut parts = Vec::new();
        for quote in quotes {
            let spans = self.quotation(&Quotation::of_quote(self.table, quote));
            let words: Vec<&str> = spans.iter().map(|span| span.text.as_str()).collect();
            parts.push(words.join(" "));
        }
        parts.join("\n")
    }

    /// An issue with all its quotations.
    fn block(&mut self, rank: usize, row: &Row) {
        self.blank();
        self.rule();
        let shared_by = format!(
            "{}, {}",
            counted(row.n_processes, "process", "processes"),
            counted(row.n_agreements, "agreement", "agreements")
        );
        let title = format!("{rank:>2}  {}", one_line(&row.issue).to_uppercase());
        let gap = self
            .view
            .width
            .saturating_sub(width_of(&title) + width_of(&shared_by));
        if gap >= 2 {
            let title = painted(&title, Style::Strong, self.view.has_styles);
            let shared_by = painted(&shared_by, Style::Faint, self.view.has_styles);
            self.lines
                .push(format!("{title}{}{shared_by}", " ".repeat(gap)));
        } else {
            self.paragraph(0, 4, &[span(Style::Strong, &title)]);
            self.paragraph(4, 4, &[span(Style::Faint, &shared_by)]);
        }
        let terms: Vec<&str> = row
            .terms
            .iter()
            .take(MAX_TERMS)
            .map(String::as_str)
            .collect();
        let terms = if row.cells.is_empty() {
            "no clause is near enough to it".to_owned()
        } else {
            terms.join(", ")
        };
        self.paragraph(4, 4, &[span(Style::Faint, &terms)]);
        for remark in self.table.remarks(row) {
            self.paragraph(4, 4, &[span(Style::Faint, &remark)]);
        }
        for column in &self.table.table.columns {
            let quotes = quotes_of(row, column);
            if quotes.is_empty() {
                continue;
            }
            self.blank();
            self.paragraph(0, 2, &[span(Style::Name, &column.title)]);
            for quote in quotes {
                let shown = Quotation::of_quote(self.table, quote);
                let mut spans = self.quotation(&shown);
                let near = shown.remark.map(|near| format!("({near})"));
                spans.extend(near.map(|near| span(Style::Faint, &near)));
                self.paragraph(2, 4, &spans);
            }
        }
    }

    fn quotation(&mut self, quoted: &Quotation) -> Vec<Span> {
        let mut spans = vec![span(Style::Strong, &format!("{}:", quoted.cited()))];
        if let Some(lead_in) = &quoted.clause.lead_in {
            spans.push(span(Style::Plain, lead_in));
        }
        let text = one_line(&quoted.clause.text);
        let shown = match text.char_indices().nth(MAX_QUOTED) {
            None => format!("“{text}”"),
            Some((end, _)) => {
                self.n_cut += 1;
                let end = text[..end].rfind(' ').unwrap_or(end);
                format!("“{} …”", &text[..end])
            }
        };
        spans.push(span(Style::Plain, &shown));
        spans
    }

    /// The number of clauses of each kind that makes no rows.
    fn not_compared(&mut self, clauses: &[Alone]) {
        let mut of_kind: BTreeMap<ClauseKind, usize> = BTreeMap::new();
        for alone in clauses.iter().filter(|alone| !alone.is_compared) {
            *of_kind.entry(alone.kind).or_default() += 1;
        }
        if of_kind.is_empty() {
            return;
        }
        self.blank();
        self.rule();
        let each = of_kind
            .iter()
            .map(|(kind, n)| format!("{} {n}", kind.name()));
        let each = each.collect::<Vec<_>>().join(", ");
        let words = format!("NOT COMPARED: {each}");
        self.line(Style::Strong, &words);
        self.line(
            Style::Faint,
            "--kinds norm,preamble makes rows of other kinds too; Markdown and Word cite each.",
        );
    }

    fn standing_alone(&mut self, clauses: &[&Alone]) {
        if clauses.is_empty() {
            return;
        }
        self.blank();
        self.rule();
        let count = counted(clauses.len(), "clause", "clauses");
        self.line(Style::Strong, &format!("STANDING ALONE: {count}"));
        for alone in clauses {
            self.blank();
            let quoted = Quotation::of_alone(self.table, alone);
            let spans = self.quotation(&quoted);
            self.paragraph(2, 4, &spans);
            let why = quoted.remark.unwrap_or_default();
            self.paragraph(4, 6, &[span(Style::Faint, &why)]);
        }
    }

    fn summary(&mut self, table: &ConvergenceTable) {
        self.blank();
        self.rule();
        let in_rows: BTreeSet<&str> = table
            .rows
            .iter()
            .flat_map(|row| row.cells.values().flatten())
            .map(|quote| quote.id.as_str())
            .collect();
        let n_clauses = in_rows.len() + table.alone.len();
        let n_alone = table.alone.iter().filter(|alone| alone.is_compared).count();
        let counts = format!(
            "{} of {}, {}: {} in {}, {n_alone} standing alone{}.",
            counted(self.view.n_agreements, "agreement", "agreements"),
            counted(self.view.n_processes, "process", "processes"),
            counted(n_clauses, "clause", "clauses"),
            in_rows.len(),
            counted(table.rows.len(), "issue", "issues"),
            match table.alone.len() - n_alone {
                0 => String::new(),
                n => format!(", {n} not compared"),
            },
        );
        self.line(Style::Strong, &counts);
        if let Some(made_with) = made_with(table) {
            self.line(Style::Plain, &made_with);
        }
        if self.view.shown == Shown::Matrix {
            self.line(Style::Faint, ROWS_HINT);
        }
        if self.n_cut > 0 {
            let quotations = counted(self.n_cut, "quotation is", "quotations are");
            let note =
                format!("{quotations} cut at {MAX_QUOTED} characters; --format json quotes all.");
            self.line(Style::Faint, &note);
        }
    }

    /// The diagnostics of the input, the gravest first.
    fn diagnostics(&mut self, diagnostics: &[Diagnostic]) {
        if diagnostics.is_empty() {
            return;
        }
        self.blank();
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        for diagnostic in sorted.iter().take(MAX_DIAGNOSTICS) {
            self.paragraph(0, 2, &[span(Style::Faint, &diagnostic.to_string())]);
        }
        if sorted.len() > MAX_DIAGNOSTICS {
            let n_more = sorted.len() - MAX_DIAGNOSTICS;
            self.line(
                Style::Faint,
                &format!("and {n_more} more; --format json has all"),
            );
        }
    }
}
