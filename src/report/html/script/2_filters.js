// Which rows and clauses are shown, in which order, in which shade; what is searched for is marked.

const state = { q: "", process: "", actor: "", region: "", from: "", to: "", force: "", sort: "", shade: "", gaps: "", kind: "", open: "", preamble: "" };
const inputs = {};

function passesFacets(n) {
  const agreement = agreementOf(n);
  return (!state.process || agreement.process === state.process)
    && (!state.actor || agreement.actor === state.actor)
    && (!state.region || agreement.region === state.region)
    && (!state.from || agreement.year >= Number(state.from))
    && (!state.to || (agreement.year ?? Infinity) <= Number(state.to))
    && (!state.force || clauses.get(n).force === state.force)
    && (!state.kind || clauses.get(n).kind === state.kind);
}

// Returns the words and quoted phrases that are searched for.
const wanted = () => [...fold(state.q).matchAll(/"([^"]+)"|([^\s"]+)/g)].map((match) => match[1] ?? match[2]);

const hide = (node, isHidden) => { if (node.hidden !== isHidden) node.hidden = isHidden; };

function apply() {
  const words = wanted();
  const has = (text) => words.every((word) => text.includes(word));
  let [nRows, nClauses] = [0, 0];
  for (const row of rows) {
    const isNamed = words.length === 0 || has(fold(row.name));
    const processes = new Set();
    let nShown = 0;
    for (const [c, entry] of row.cells) {
      let [n, nWeak, level, year] = [0, 0, 0, Infinity];
      for (const quote of entry.quotes) {
        const isShown = passesFacets(quote.n) && (isNamed || has(foldedOf(quote.n)));
        hide(quote.node, !isShown);
        if (!isShown) continue;
        nShown += 1;
        if (quote.isWeak) { nWeak += 1; continue; }
        n += 1;
        level = Math.max(level, LEVELS[clauses.get(quote.n).force] ?? 0);
        year = Math.min(year, agreementOf(quote.n).year ?? Infinity);
        processes.add(agreementOf(quote.n).process);
      }
      hide(entry.cell, n + nWeak === 0);
      showCount(entry, { n, nWeak, level, year });
      const isPicked = state.force !== "" || (words.length > 0 && !isNamed);
      for (const more of entry.mores) showMore(more, isPicked);
    }
    row.processes = processes;
    row.n = processes.size;
    nClauses += nShown;
    const isShown = nShown > 0 || (row.quotes.length === 0 && isNamed);
    hide(row.line, !isShown);
    hide(row.section, !isShown);
    row.line.cells[1].firstChild.data = String(row.n);
    nRows += isShown;
  }
  for (const quote of alone) hide(quote.node, !(passesFacets(quote.n) && (words.length === 0 || has(foldedOf(quote.n)))));
  themes.forEach(showTheme);
  kinds.forEach(showKind);
  document.documentElement.classList.toggle("searching", words.length > 0);
  sortRows();
  highlight(words);
  const isFiltered = nClauses < quotes.length || nRows < rows.length || alone.some((quote) => quote.node.hidden);
  find("found").textContent = isFiltered ? `${nRows} of ${counted(rows.length, "issue", "issues")}, ${nClauses} of ${counted(quotes.length, "clause", "clauses")} shown.` : "";
  inputs.key.textContent = SHADES[state.shade];
  hide(inputs.clear, !isFiltered);
}

const [minYear, maxYear] = [Math.min(...data.agreements.map((a) => a.year ?? Infinity)), Math.max(...data.agreements.map((a) => a.year ?? -Infinity))];

function showCount(entry, { n, nWeak, level, year }) {
  hide(entry.link, n + nWeak === 0);
  const shades = {
    "": n > 7 ? 5 : n > 3 ? 4 : n,
    force: Math.max(1, level),
    year: Number.isFinite(year) ? 1 + Math.round(4 * (year - minYear) / Math.max(1, maxYear - minYear)) : 1,
  };
  const shade = n === 0 ? "" : "h" + shades[state.shade];
  if (entry.td.className !== shade) entry.td.className = shade;
  const shown = n === 0 && nWeak > 0 ? ` (${nWeak})` : " " + n;
  if (entry.count.data !== shown) entry.count.data = shown;
}

// Shows how many clauses of an agreement stand behind its first one; those picked one by one are opened.
function showMore(more, isPicked) {
  const shown = more.quotes.filter((quote) => !quote.node.hidden);
  const nWeak = shown.filter((quote) => quote.isWeak).length;
  hide(more.node, shown.length === 0);
  const weak = nWeak > 0 ? `, ${nWeak} of them weak` : "";
  const words = more.hasFirst ? `+${shown.length} more${weak}` : `${counted(shown.length, "weak clause", "weak clauses")}, not counted`;
  if (more.summary.textContent !== words) more.summary.textContent = words;
  if (isPicked !== Boolean(more.isPicked)) more.node.open = more.isPicked = isPicked;
}

// Shows the sums of a theme: each clause once.
function showTheme(theme) {
  const shown = theme.rows.filter((row) => !row.line.hidden);
  hide(theme.group, shown.length === 0);
  hide(theme.part, shown.length === 0);
  const found = shown.length < theme.rows.length ? `${shown.length} of ` : "";
  theme.facts.textContent = found + counted(theme.rows.length, "issue", "issues");
  theme.line.cells[1].firstChild.data = String(new Set(shown.flatMap((row) => [...row.processes])).size);
  data.columns.forEach((_, c) => {
    const td = theme.line.cells[c + 2];
    if (!td.firstChild) return;
    const counts = shown.flatMap((row) => row.cells.get(c)?.quotes ?? []).filter((quote) => !quote.isWeak && !quote.node.hidden);
    const n = new Set(counts.map((quote) => quote.n)).size;
    td.className = n === 0 ? "" : "h" + (n > 19 ? 5 : n > 9 ? 4 : n > 4 ? 3 : n > 1 ? 2 : 1);
    td.lastChild.data = n === 0 ? "" : " " + n;
    hide(td.firstChild, n === 0);
  });
}

function showKind(kind) {
  const n = kind.quotes.filter((quote) => !quote.node.hidden).length;
  hide(kind.node, n === 0);
  kind.summary.textContent = `${kind.title} (${n < kind.quotes.length ? `${n} of ` : ""}${kind.quotes.length})`;
}

const SHADES = {
  "": "the fuller, the more clauses",
  force: "the fuller, the more strongly the strongest clause binds",
  year: "the fuller, the later the first clause",
};

const ORDERS = {
  "": (a, b) => a.r - b.r,
  processes: (a, b) => b.n - a.n,
  clauses: (a, b) => b.quotes.length - a.quotes.length,
  stability: (a, b) => b.stability - a.stability,
  name: (a, b) => a.name.localeCompare(b.name),
  year: (a, b) => firstYear(a) - firstYear(b),
};
let order = rows.map((row) => row.r).join();

// Issues are sorted within their theme.
function sortRows() {
  const sorted = [...rows].sort((a, b) => ORDERS[state.sort](a, b) || a.r - b.r);
  const next = sorted.map((row) => row.r).join();
  if (next === order) return;
  order = next;
  for (const row of sorted) {
    row.line.parentElement.append(row.line);
    row.section.parentElement.append(row.section);
  }
}

// Marks the words searched for, without touching the page's elements, where the browser can.
function highlight(words, root = document) {
  if (!window.CSS?.highlights) return;
  CSS.highlights.delete("found");
  if (words.length === 0) return;
  const ranges = [];
  for (const node of all(".quote:not([hidden]) .text, #matrix th.issue a, dialog .text", root)) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const plain = fold(walker.currentNode.data);
      // Where folding has moved the letters, only those of one case are found.
      const text = plain.length === walker.currentNode.data.length ? plain : walker.currentNode.data.toLowerCase();
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0 && ranges.length < 3000; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + word.length);
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}
