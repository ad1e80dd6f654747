// What is in the page: its rows, cells and clauses.

const LEVELS = { prohibition: 5, obligation: 5, commitment: 4, "strong-recommendation": 3, "weak-recommendation": 2, permission: 1, declaration: 0 };
const clauses = new Map(data.clauses.map(([n, agreement, label, mark, force, features, kind]) => [n, { agreement, label, mark, force: data.forces[force], features, kind: data.kinds[kind] }]));
const agreementOf = (n) => data.agreements[clauses.get(n).agreement];
const matrix = find("matrix");
const lines = all("#matrix tr[data-r]");
const sections = all("#quotes section.row");
const rows = data.rows.map((row, r) => ({ ...row, r, name: row.issue, line: lines[r], section: sections[r], cells: new Map(), quotes: [] }));
const quotes = [];
for (const row of rows) {
  for (const cell of row.section.querySelectorAll(".cell")) {
    const c = Number(cell.dataset.c);
    const td = row.line.cells[c + 2];
    const entry = { cell, td, link: td.firstElementChild, quotes: [], mores: [] };
    entry.count = entry.link.lastChild;
    for (const node of cell.querySelectorAll(".quote")) {
      const quote = { node, n: Number(node.dataset.n), r: row.r, c, isWeak: node.classList.contains("weak") };
      entry.quotes.push(quote);
      row.quotes.push(quote);
      quotes.push(quote);
    }
    for (const node of cell.querySelectorAll("details.more")) {
      const behind = entry.quotes.filter((quote) => quote.node.parentElement === node);
      const isFirst = (quote) => quote.node.parentElement === cell && agreementOf(quote.n) === agreementOf(behind[0].n);
      entry.mores.push({ node, summary: node.firstElementChild, hasFirst: entry.quotes.some(isFirst), quotes: behind });
    }
    row.cells.set(c, entry);
  }
}
// Themes: a body of the table and a part of the clauses each.
const themes = all("#matrix tbody.theme").map((group) => {
  const part = find(group.dataset.theme);
  const line = group.rows[0];
  const link = line.querySelector("a");
  const opener = el("button", { type: "button", className: "fold" }, link.textContent);
  link.replaceWith(opener);
  return { anchor: part.id, group, part, line, opener, facts: line.querySelector(".facts"), rows: rows.filter((row) => row.line.parentElement === group) };
});
// In the text of the page, a clause after another of its agreement has its label only, and no lead-in that was just said.
for (const led of all(".quote .led")) {
  const quote = led.closest(".quote");
  led.parentElement.after(quote.previousElementSibling.querySelector(".lead").cloneNode(true));
  led.classList.remove("led");
}
for (const label of all(".quote .label")) {
  label.className = "cite";
  label.prepend(`${agreementOf(Number(label.closest(".quote").dataset.n)).name} `);
}
const alone = all("#alone .quote, #listed .quote, .beside .quote").map((node) => ({ node, n: Number(node.dataset.n), r: -1 }));
const kinds = all("#listed details.kind").map((node) => {
  const summary = node.firstElementChild;
  const quotes = alone.filter((quote) => clauses.get(quote.n).kind === node.dataset.kind && !quote.node.closest("#alone"));
  return { node, summary, title: summary.textContent.replace(/ \(\d+\)$/, ""), quotes };
});
// A clause that stands alone opens by its citation, as a cell does by its number.
for (const { node } of alone) {
  const cite = node.querySelector(".cite");
  cite.replaceChildren(el("a", { href: "#" + node.id }, cite.textContent));
}
const nodeOf = new Map();
for (const quote of [...alone, ...quotes]) if (!nodeOf.has(quote.n)) nodeOf.set(quote.n, quote.node);
const places = Map.groupBy(quotes, (quote) => quote.n);
const rowsOf = (n) => (places.get(n) ?? []).map((quote) => quote.r);
const citationOf = (n) => nodeOf.get(n).querySelector(".cite").textContent;
const textOf = (n) => nodeOf.get(n).querySelector(".text").textContent;
const folded = new Map();
function foldedOf(n) {
  if (!folded.has(n)) folded.set(n, fold(["cite", "lead", "text"].map((part) => nodeOf.get(n).querySelector("." + part)?.textContent ?? "").join("\n")));
  return folded.get(n);
}
const firstYear = (row) => Math.min(...row.quotes.map((quote) => agreementOf(quote.n).year ?? Infinity));
