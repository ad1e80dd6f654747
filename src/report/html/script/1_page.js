// What is in the page: its rows, cells and clauses.

const LEVELS = { prohibition: 5, obligation: 5, commitment: 4, "strong-recommendation": 3, "weak-recommendation": 2, permission: 1, declaration: 0 };
const clauses = new Map(data.clauses.map(([n, agreement, label, mark, force, weights, kind]) => [n, { agreement, label, mark, force: data.forces[force], weights, kind: data.kinds[kind] }]));
const matrix = find("matrix");
const body = matrix ? matrix.tBodies[0] : null;
const lines = body ? [...body.rows] : [];
const sections = all("#quotes > section.row");
const rows = data.rows.map((row, r) => ({ ...row, r, name: row.issue, line: lines[r], section: sections[r], cells: new Map(), quotes: [] }));
const quotes = [];
for (const row of rows) {
  for (const cell of row.section.querySelectorAll(".cell")) {
    const c = Number(cell.dataset.c);
    const td = row.line.cells[c + 2];
    const entry = { cell, td, link: td.firstElementChild, quotes: [] };
    entry.count = entry.link.lastChild;
    for (const node of cell.querySelectorAll(".quote")) {
      const quote = { node, n: Number(node.dataset.n), r: row.r, c };
      entry.quotes.push(quote);
      row.quotes.push(quote);
      quotes.push(quote);
    }
    row.cells.set(c, entry);
  }
}
const alone = all("#alone .quote").map((node) => ({ node, n: Number(node.dataset.n), r: -1 }));
// A clause that stands alone opens by its citation, as a cell does by its number.
for (const { node } of alone) {
  const cite = node.querySelector(".cite");
  cite.replaceChildren(el("a", { href: "#" + node.id }, cite.textContent));
}
const nodeOf = new Map();
for (const quote of [...alone, ...quotes]) if (!nodeOf.has(quote.n)) nodeOf.set(quote.n, quote.node);
const rowsOf = (n) => quotes.filter((quote) => quote.n === n).map((quote) => quote.r);
const agreementOf = (n) => data.agreements[clauses.get(n).agreement];
const citationOf = (n) => nodeOf.get(n).querySelector(".cite").textContent;
const textOf = (n) => nodeOf.get(n).querySelector(".text").textContent;
const folded = new Map();
function foldedOf(n) {
  if (!folded.has(n)) folded.set(n, fold(["cite", "lead", "text"].map((part) => nodeOf.get(n).querySelector("." + part)?.textContent ?? "").join("\n")));
  return folded.get(n);
}
const firstYear = (row) => Math.min(...row.quotes.map((quote) => agreementOf(quote.n).year ?? Infinity));
