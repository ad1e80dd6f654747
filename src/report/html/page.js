"use strict";
// Makes the page move: filters, dialogs, comparison, corrections. All words are already in the page;
// nothing is ever made from markup, so that no text of an agreement can act as such.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;

  // Returns an element with properties and children; strings become text.
  function el(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key in node && key !== "list") node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  // Returns a text without case and accents, for comparing.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Returns a name as the library compares names.
  const foldName = (text) => fold(text.replace(/['’‘ʼ`´]/g, "")).split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ");

  // ---- what is in the page -------------------------------------------------------------------------

  const LEVELS = { prohibition: 5, obligation: 5, commitment: 4, "strong-recommendation": 3, "weak-recommendation": 2, permission: 1, declaration: 0 };
  const clauses = new Map(data.clauses.map(([n, agreement, label, mark, force, weights]) => [n, { agreement, label, mark, force: data.forces[force], weights }]));
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

  // ---- filters -------------------------------------------------------------------------------------

  const state = { q: "", process: "", actor: "", region: "", from: "", to: "", force: "", sort: "", shade: "", gaps: "" };
  const inputs = {};

  function passesFacets(n) {
    const agreement = agreementOf(n);
    return (!state.process || agreement.process === state.process)
      && (!state.actor || agreement.actor === state.actor)
      && (!state.region || agreement.region === state.region)
      && (!state.from || agreement.year >= Number(state.from))
      && (!state.to || (agreement.year ?? Infinity) <= Number(state.to))
      && (!state.force || clauses.get(n).force === state.force);
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
      for (const [c, entry] of row.cells) {
        let [n, level, year] = [0, 0, Infinity];
        for (const quote of entry.quotes) {
          const isShown = passesFacets(quote.n) && (isNamed || has(foldedOf(quote.n)));
          hide(quote.node, !isShown);
          if (!isShown) continue;
          n += 1;
          level = Math.max(level, LEVELS[clauses.get(quote.n).force] ?? 0);
          year = Math.min(year, agreementOf(quote.n).year ?? Infinity);
          processes.add(agreementOf(quote.n).process);
        }
        hide(entry.cell, n === 0);
        showCount(entry, { n, level, year });
        nClauses += n;
      }
      row.n = processes.size;
      const isShown = row.n > 0 || (row.quotes.length === 0 && isNamed);
      hide(row.line, !isShown);
      hide(row.section, !isShown);
      row.line.cells[1].firstChild.data = String(row.n);
      nRows += isShown;
    }
    for (const quote of alone) hide(quote.node, !(passesFacets(quote.n) && (words.length === 0 || has(foldedOf(quote.n)))));
    sortRows();
    highlight(words);
    const isFiltered = nClauses < quotes.length || nRows < rows.length;
    find("found").textContent = isFiltered ? `${nRows} of ${counted(rows.length, "issue", "issues")}, ${nClauses} of ${counted(quotes.length, "clause", "clauses")} shown.` : "";
    if (inputs.clear) hide(inputs.clear, !isFiltered);
  }

  const [minYear, maxYear] = [Math.min(...data.agreements.map((a) => a.year ?? Infinity)), Math.max(...data.agreements.map((a) => a.year ?? -Infinity))];

  function showCount(entry, { n, level, year }) {
    hide(entry.link, n === 0);
    const shades = {
      "": n > 7 ? 5 : n > 3 ? 4 : n,
      force: Math.max(1, level),
      year: Number.isFinite(year) ? 1 + Math.round(4 * (year - minYear) / Math.max(1, maxYear - minYear)) : 1,
    };
    const shade = n === 0 ? "" : "h" + shades[state.shade];
    if (entry.td.className !== shade) entry.td.className = shade;
    const shown = " " + n;
    if (entry.count.data !== shown) entry.count.data = shown;
  }

  const ORDERS = {
    "": (a, b) => a.r - b.r,
    processes: (a, b) => b.n - a.n,
    clauses: (a, b) => b.quotes.length - a.quotes.length,
    firmness: (a, b) => b.stability - a.stability,
    name: (a, b) => a.name.localeCompare(b.name),
    year: (a, b) => firstYear(a) - firstYear(b),
  };
  let order = rows.map((row) => row.r).join();

  function sortRows() {
    const sorted = [...rows].sort((a, b) => ORDERS[state.sort](a, b) || a.r - b.r);
    const next = sorted.map((row) => row.r).join();
    if (next === order) return;
    order = next;
    body.append(...sorted.map((row) => row.line));
    find("quotes").append(...sorted.map((row) => row.section));
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

  // ---- gaps ----------------------------------------------------------------------------------------

  function showGaps() {
    all("#matrix td.gap").forEach((td) => { td.className = ""; td.replaceChildren(); });
    if (!state.gaps) return;
    for (const near of data.near) {
      const [r, c, , , score] = near;
      const td = rows[r].line.cells[c + 2];
      if (td.firstChild) continue;
      td.className = "gap";
      const label = `${data.columns[c].title}: no clause; the nearest has similarity ${(score / 100).toFixed(2)}`;
      td.append(el("button", { type: "button", "aria-label": label, onclick: () => openNearMiss(near) },
        el("b", { className: "p" }, data.columns[c].title), ` ≈${score}`));
    }
  }

  function openNearMiss([r, c, clause, nearTo, score, shared]) {
    const part = (title, n) => el("section", { className: "cell" }, el("h3", {}, title), copyOf(nodeOf.get(n)));
    show(`${data.columns[c].title} does not speak of “${rows[r].name}”`, el("div", {},
      el("p", {}, `What comes nearest, similarity ${(score / 100).toFixed(2)}${shared ? `, by the words ${shared}` : ""}:`),
      el("div", { className: "cells" }, part("Its nearest clause", clause), ...(nodeOf.has(nearTo) ? [part("What that is near to", nearTo)] : []))));
  }

  // ---- dialog --------------------------------------------------------------------------------------

  const title = el("h2", { id: "dialog-title", tabIndex: -1 });
  const tools = el("div", {});
  const content = el("div", { className: "body" });
  const back = el("button", { type: "button", hidden: true, onclick: () => { views.pop(); paint(); } }, "Back");
  const close = el("button", { type: "button", onclick: () => dialog.close() }, "Close");
  const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, el("div", { className: "bar" }, title, tools, back, close), content);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { views.length = 0; writeHash(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  const views = [];

  function show(name, node, buttons = []) {
    views.push({ name, node, buttons });
    paint();
  }

  function paint() {
    const view = views[views.length - 1];
    title.textContent = view.name;
    tools.replaceChildren(...view.buttons);
    content.replaceChildren(view.node);
    back.hidden = views.length < 2;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    title.focus();
    highlight(wanted());
  }

  const button = (words, onclick, className = "small") => el("button", { type: "button", className, onclick }, words);

  // Returns a copy of a part of the page with the buttons of each clause, and without ids.
  function copyOf(node) {
    const copy = node.cloneNode(true);
    for (const part of [copy, ...all("[id], [aria-labelledby]", copy)]) {
      part.removeAttribute("id");
      part.removeAttribute("aria-labelledby");
    }
    all("details", copy).forEach((details) => { details.open = true; });
    const own = copy.matches(".quote") ? [copy] : all(".quote", copy);
    for (const quote of own) {
      const n = Number(quote.dataset.n);
      if (!clauses.has(n)) continue;
      const row = rows[Number(node.closest("section.row")?.dataset.r ?? -1)];
      quote.querySelector("header").after(el("div", { className: "actions" },
        button("Compare", () => choose(n)),
        button("Copy as citation", (event) => copyText(citationText(n), event.target)),
        button("Copy link", (event) => copyText(linkTo(nodeOf.get(n).id), event.target)),
        el("details", {}, el("summary", { className: "button" }, "Correct"), el("div", { className: "menu" },
          button("Move…", () => askMove(n)),
          button("Make a new issue…", () => askSplit(n)),
          ...(row ? [
            button("Keep here", () => decide({ action: "move", clauses: [n], issues: [row.r] })),
            button("Let stand alone", () => decide({ action: "alone", clauses: [n] })),
          ] : [])))));
    }
    return copy;
  }

  function openRow(row) {
    const copy = copyOf(row.section);
    copy.querySelector("h3").remove();
    show(row.name, copy, [
      button("Copy link", (event) => copyText(linkTo("row-" + row.anchor), event.target)),
      button("Rename…", () => askRename(row)),
      button("Merge…", () => askMerge(row)),
    ]);
  }

  function openCell(cell) {
    const row = rows[Number(cell.closest("section.row").dataset.r)];
    const column = data.columns[Number(cell.dataset.c)];
    const copy = copyOf(cell);
    copy.querySelector("h4").remove();
    show(`${column.title} on “${row.name}”`, copy, [
      button("All on this issue", () => openRow(row)),
      button("Copy link", (event) => copyText(linkTo(cell.id), event.target)),
    ]);
  }

  function openAlone(node) {
    show(citationOf(Number(node.dataset.n)), copyOf(node));
  }

  const linkTo = (id) => location.href.split("#")[0] + "#" + encodeURI(id);

  function citationText(n) {
    const agreement = agreementOf(n);
    const source = [agreement.title ?? agreement.name, agreement.year].filter(Boolean).join(", ");
    return `“${textOf(n)}” ${citationOf(n)} (${source})${agreement.address ? ", " + agreement.address : ""}`;
  }

  async function copyText(text, from) {
    const words = from.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { value: text, className: "sr" });
      dialog.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    from.textContent = "Copied";
    setTimeout(() => { from.textContent = words; }, 1500);
  }

  // ---- comparison ----------------------------------------------------------------------------------

  const MAX_WORDS = 1500;
  let chosen = null;

  function choose(n) {
    if (chosen === null || chosen === n) {
      chosen = n;
      paintTray();
      dialog.close();
      return;
    }
    compare(chosen, n);
    chosen = null;
    paintTray();
  }

  const wordsIn = (text) => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]|\s+/gu) ?? [];

  // Returns which words of two lists are kept in a longest common subsequence.
  function kept(a, b) {
    const width = b.length + 1;
    const table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    const both = [new Set(), new Set()];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) { both[0].add(i++); both[1].add(j++); }
      else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
      else j++;
    }
    return both;
  }

  // Returns the longest run of words that stands in both lists.
  function longestRun(a, b) {
    let best = [0, 0];
    let above = new Uint16Array(b.length + 1);
    for (let i = 0; i < a.length; i++) {
      const here = new Uint16Array(b.length + 1);
      for (let j = 0; j < b.length; j++) {
        if (a[i] !== b[j]) continue;
        here[j + 1] = above[j] + 1;
        if (here[j + 1] > best[0]) best = [here[j + 1], i + 1];
      }
      above = here;
    }
    return a.slice(best[1] - best[0], best[1]);
  }

  // Returns a text with what only it has between marks.
  function marked(tokens, keptWords, tag) {
    const paragraph = el("p", { className: "text", dir: "auto" });
    let [place, open] = [0, null];
    for (const token of tokens) {
      const isWord = /[\p{L}\p{N}]/u.test(token);
      const isOwn = isWord && !keptWords.has(place);
      if (isWord) place++;
      if (isOwn && !open) { open = el(tag); paragraph.append(open); }
      if (isWord && !isOwn) open = null;
      (open ?? paragraph).append(token);
    }
    return paragraph;
  }

  function compare(a, b) {
    const texts = [a, b].map(textOf);
    const tokens = texts.map(wordsIn);
    const words = tokens.map((list) => list.filter((token) => /[\p{L}\p{N}]/u.test(token)).map(fold));
    const isShort = words.every((list) => list.length <= MAX_WORDS);
    const both = isShort ? kept(words[0], words[1]) : null;
    const side = (n, i) => el("div", {}, el("h3", {}, citationOf(n)),
      el("p", { className: "facts" }, [agreementOf(n).process, agreementOf(n).year, clauses.get(n).force.replaceAll("-", " ")].filter(Boolean).join(" · ")),
      both ? marked(tokens[i], both[i], i === 0 ? "del" : "ins") : el("p", { className: "text" }, texts[i]));
    show("Two clauses side by side", el("div", {},
      el("div", { className: "sides" }, side(a, 0), side(b, 1)),
      el("h3", {}, "Why together"), el("ul", {}, ...reasons(a, b, isShort ? longestRun(words[0], words[1]) : []).map((reason) => el("li", {}, reason)))), [
      button("Not the same issue", () => decide({ action: "not-same", clauses: [a, b] })),
    ]);
  }

  // Returns what two clauses share, in words: their weightiest features are in the data.
  function reasons(a, b, run) {
    const weights = (n) => { const list = clauses.get(n).weights; return new Map(list.flatMap((x, i) => (i % 2 ? [] : [[x, list[i + 1] / 1000]]))); };
    const [left, right] = [weights(a), weights(b)];
    const shared = [...left].filter(([x]) => right.has(x)).map(([x, w]) => [data.features[x], w * right.get(x)]).sort((x, y) => y[1] - x[1]);
    const told = [];
    const common = rowsOf(a).filter((r) => rowsOf(b).includes(r));
    told.push(common.length ? `Both stand under “${rows[common[0]].name}”.` : "They stand under different issues.");
    if (shared.length) {
      const sum = shared.reduce((total, [, part]) => total + part, 0);
      told.push(`Of their weightiest words they share ${shared.map(([word, part]) => `${word} (${part.toFixed(2)})`).join(", ")}: a similarity of at least ${sum.toFixed(2)}.`);
    } else told.push("None of their weightiest words is the same: neighbors in between, or rarer words, join them.");
    if (run.length > 1) told.push(`Longest run of words in both: “${run.join(" ")}”.`);
    const years = [a, b].map((n) => agreementOf(n).year);
    if (years[0] && years[1] && years[0] !== years[1]) told.push(`${citationOf(years[0] < years[1] ? a : b)} is the earlier one.`);
    return told;
  }

  // ---- corrections ---------------------------------------------------------------------------------

  const decisions = [];
  let isSaved = true;
  const tray = el("aside", { id: "tray", hidden: true, "aria-label": "Comparison and corrections" });
  document.body.append(tray);

  function ask(name, field, words, done) {
    const wrong = el("p", { role: "alert" });
    const form = el("form", { method: "dialog", onsubmit: (event) => {
      event.preventDefault();
      const problem = done(field.value.trim());
      if (problem) wrong.textContent = problem;
    } }, el("label", {}, words, el("br"), field), wrong, el("button", { className: "main" }, "Note the correction"));
    show(name, form);
    field.focus();
  }

  function rowsToChoose(but) {
    const list = el("select", { required: true }, el("option", { value: "" }, "choose …"));
    for (const row of rows) if (!but.includes(row.r)) list.append(el("option", { value: String(row.r) }, row.name));
    return list;
  }

  const nameProblem = (name, row) => {
    const wantedName = foldName(name);
    if (!wantedName) return "A name needs a letter or a digit.";
    return rows.some((other) => other !== row && foldName(other.name) === wantedName) ? "Another row has this name: merge the two instead." : null;
  };

  function askRename(row) {
    ask(`Rename “${row.name}”`, el("input", { value: row.name, required: true, maxLength: 200 }), "The new name", (name) => {
      const problem = nameProblem(name, row);
      if (problem) return problem;
      forget((decision) => decision.action === "rename" && decision.issues[0] === row.r);
      return void decide({ action: "rename", issues: [row.r], name });
    });
  }

  function askMerge(row) {
    ask(`Merge “${row.name}”`, rowsToChoose([row.r]), "With which issue?", (r) => (r === "" ? "Choose an issue." : void decide({ action: "merge", issues: [row.r, Number(r)] })));
  }

  function askMove(n) {
    ask(`Move ${citationOf(n)}`, rowsToChoose(rowsOf(n)), "To which issue?", (r) => {
      if (r === "") return "Choose an issue.";
      forget((decision) => decision.action === "move" && decision.clauses[0] === n);
      return void decide({ action: "move", clauses: [n], issues: [Number(r)] });
    });
  }

  // Clauses that are taken out under one name make one new issue.
  function askSplit(n) {
    ask(`A new issue for ${citationOf(n)}`, el("input", { required: true, maxLength: 200 }), "Its name", (name) => {
      const pending = decisions.find((decision) => decision.action === "split" && foldName(decision.name) === foldName(name));
      const problem = pending ? null : nameProblem(name);
      if (problem) return problem;
      if (!pending) return void decide({ action: "split", clauses: [n], name });
      if (!pending.clauses.includes(n)) pending.clauses.push(n);
      return void decided();
    });
  }

  function forget(which) {
    for (let i = decisions.length - 1; i >= 0; i--) if (which(decisions[i])) decisions.splice(i, 1);
  }

  function decide(decision) {
    decisions.push(decision);
    decided();
  }

  function decided() {
    isSaved = false;
    paintDecisions();
    dialog.close();
  }

  function paintDecisions() {
    for (const row of rows) {
      const rename = decisions.find((decision) => decision.action === "rename" && decision.issues[0] === row.r);
      row.name = rename ? rename.name : row.issue;
      row.line.querySelector("th a").textContent = row.name;
      row.section.querySelector("h3").textContent = row.name;
      const isAbout = (decision) => decision.issues?.includes(row.r) || decision.clauses?.some((n) => rowsOf(n).includes(row.r));
      row.line.classList.toggle("changed", decisions.some(isAbout));
    }
    paintTray();
  }

  function inWords(decision) {
    const cited = (decision.clauses ?? []).map(citationOf).join(" and ");
    const named = (decision.issues ?? []).map((r) => `“${rows[r].issue}”`).join(" and ");
    const isKept = decision.action === "move" && rowsOf(decision.clauses[0]).includes(decision.issues[0]);
    return {
      rename: `rename ${named} to “${decision.name}”`,
      merge: `merge ${named}`,
      move: `${isKept ? "keep" : "move"} ${cited} ${isKept ? "under" : "to"} ${named}`,
      split: `make “${decision.name}” of ${cited}`,
      alone: `let ${cited} stand alone`,
      "not-same": `${cited} are not the same`,
    }[decision.action];
  }

  const author = el("input", { placeholder: "Your name (optional)", "aria-label": "Your name, for the ledger", maxLength: 100 });

  function paintTray() {
    const parts = [];
    if (chosen !== null) {
      parts.push(el("span", { role: "status" }, `Comparing ${citationOf(chosen)}: choose “Compare” at another clause.`), button("Cancel", () => { chosen = null; paintTray(); }));
    }
    if (decisions.length) {
      const list = el("ol", {}, ...decisions.map((decision, i) => el("li", {}, inWords(decision) + " ",
        button("Undo", () => { decisions.splice(i, 1); paintDecisions(); }))));
      parts.push(el("details", { open: false }, el("summary", {}, `${counted(decisions.length, "correction", "corrections")} for the next run`), list),
        author, button("Save the ledger", download, "main"), el("span", { className: "hint" }, "Then run converge again with --ledger and the file."));
    }
    tray.replaceChildren(...parts);
    tray.hidden = parts.length === 0;
  }

  // ---- the ledger's file ---------------------------------------------------------------------------

  const quoted = (text) => '"' + [...text].map((c) => (c === '"' || c === "\\" ? "\\" + c : /\p{Cc}/u.test(c) ? "\\u" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") : c)).join("") + '"';

  function clauseMark(n) {
    const clause = clauses.get(n);
    const label = clause.label === null ? "" : `label = ${quoted(clause.label)}, `;
    return `{ agreement = ${quoted(agreementOf(n).key)}, ${label}text = ${quoted(clause.mark)} }`;
  }

  const MAX_ANCHORS = 50;

  function issueMark(r) {
    const anchors = rows[r].quotes.map((quote) => quote.n).sort((a, b) => a - b).slice(0, MAX_ANCHORS);
    if (anchors.length === 0) return `    { name = ${quoted(rows[r].issue)}, anchors = [] },\n`;
    return `    { name = ${quoted(rows[r].issue)}, anchors = [\n${anchors.map((n) => `        ${clauseMark(n)},\n`).join("")}    ] },\n`;
  }

  function decisionToml(decision) {
    let toml = `[[decision]]\naction = ${quoted(decision.action)}\n`;
    if (decision.clauses) toml += `clauses = [\n${decision.clauses.map((n) => `    ${clauseMark(n)},\n`).join("")}]\n`;
    if (decision.issues) toml += `issues = [\n${decision.issues.map(issueMark).join("")}]\n`;
    if (decision.name) toml += `name = ${quoted(decision.name)}\n`;
    toml += `date = ${quoted(new Date().toISOString().slice(0, 10))}\n`;
    if (author.value.trim()) toml += `author = ${quoted(author.value.trim())}\n`;
    return toml;
  }

  const ledger = () => [data.ledger, ...decisions.map(decisionToml)].filter(Boolean).join("\n");

  function download() {
    const address = URL.createObjectURL(new Blob([ledger()], { type: "application/toml" }));
    const link = el("a", { href: address, download: "ledger.toml" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    isSaved = true;
  }

  addEventListener("beforeunload", (event) => { if (!isSaved && decisions.length) event.preventDefault(); });

  // ---- links into the page -------------------------------------------------------------------------

  function writeHash() {
    const said = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== ""));
    const hash = said.toString() ? "#?" + said : "";
    if (location.hash === hash) return;
    try { history.replaceState(null, "", hash || location.href.split("#")[0]); } catch { /* a page without an address has no links */ }
  }

  function readHash() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("?")) {
      const said = new URLSearchParams(location.hash.slice(2));
      for (const key of Object.keys(state)) {
        const value = said.get(key) ?? "";
        const input = inputs[key];
        const isKnown = !input.options || [...input.options].some((option) => option.value === value);
        state[key] = isKnown ? value : "";
        if (input.type === "checkbox") input.checked = state[key] !== "";
        else input.value = state[key];
      }
      showGaps();
      apply();
      return;
    }
    openAt(hash);
  }

  // Opens a row, or the cell that an anchor is in; without one the dialog closes.
  function openAt(anchor) {
    const target = anchor ? find(anchor) : null;
    if (!target) return dialog.close();
    const cell = target.closest(".cell");
    views.length = 0;
    if (target.matches("section.row")) openRow(rows[Number(target.dataset.r)]);
    else if (cell) openCell(cell);
    else if (target.matches("#alone .quote")) openAlone(target);
  }

  addEventListener("hashchange", readHash);

  // Scrolls to a part of the page. What lies on the way gets its true height only when it comes into
  // view, so that one step would end beside the goal.
  function scrollToPart(part, steps = 8) {
    part.scrollIntoView();
    if (steps > 0) requestAnimationFrame(() => scrollToPart(part, steps - 1));
  }

  // What opens in a dialog does not scroll the page away behind it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && dialog.contains(link)) event.preventDefault();
    else if (link && /^#(row|cell|clause)-/.test(link.hash)) {
      event.preventDefault();
      try { history.pushState(null, "", link.hash); } catch { /* it opens all the same */ }
      openAt(decodeURIComponent(link.hash.slice(1)));
    } else if (link?.hash && find(link.hash.slice(1))) requestAnimationFrame(() => scrollToPart(find(link.hash.slice(1))));
  });

  // Arrow keys go from cell to cell.
  matrix?.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const from = event.target.closest("td, th");
    if (!step || !from) return;
    const shown = [...body.rows].filter((line) => !line.hidden);
    let [i, j] = [shown.indexOf(from.parentElement), from.cellIndex];
    for (;;) {
      i += step[0];
      j += step[1];
      const cell = shown[i]?.cells[j];
      if (!cell) return;
      const next = cell.querySelector("a:not([hidden]), button");
      if (next) { next.focus(); event.preventDefault(); return; }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || dialog.open || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    inputs.q.focus();
  });

  addEventListener("beforeprint", () => all("main details").forEach((details) => { details.open = true; }));

  // ---- controls ------------------------------------------------------------------------------------

  const values = (of) => [...new Set(data.agreements.map(of).filter((value) => value !== null && value !== undefined))];
  const changed = () => { apply(); writeHash(); };

  function choice(key, words, options) {
    const list = el("select", { name: key, onchange: () => { state[key] = list.value; changed(); } });
    for (const [value, shown] of options) list.append(el("option", { value: String(value) }, String(shown)));
    inputs[key] = list;
    return options.length > 1 ? [el("label", {}, words, list)] : [];
  }

  function buildControls() {
    const search = el("input", { type: "search", placeholder: "Search the clauses", "aria-label": "Search the clauses" });
    let timer = 0;
    search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { state.q = search.value; changed(); }, 60); });
    inputs.q = search;
    const any = (list) => [["", "all"], ...list.map((value) => [value, value])];
    const sorted = (list) => list.sort((a, b) => String(a).localeCompare(String(b)));
    const years = values((a) => a.year).sort((a, b) => a - b);
    const classes = Object.keys(LEVELS).concat("unknown").filter((name) => [...clauses.values()].some((clause) => clause.force === name));
    const gaps = el("input", { type: "checkbox", onchange: () => { state.gaps = gaps.checked ? "1" : ""; showGaps(); changed(); } });
    inputs.gaps = gaps;
    inputs.clear = button("Clear filters", () => { location.hash = "#?"; readHash(); writeHash(); search.focus(); }, "");
    inputs.clear.hidden = true;
    const filters = el("div", { id: "filters", hidden: innerWidth <= 1100 },
      ...choice("process", "Process", any(sorted(values((a) => a.process)))),
      ...choice("actor", "Actors", any(sorted(values((a) => a.actor)))),
      ...choice("region", "Region", any(sorted(values((a) => a.region)))),
      ...choice("force", "Force", [["", "all"], ...classes.map((name) => [name, name.replaceAll("-", " ")])]),
      ...choice("from", "From", any(years)), ...choice("to", "to", any(years)),
      ...choice("sort", "Sort by", [["", "the table"], ["processes", "processes shown"], ["clauses", "clauses"], ...(rows.some((row) => row.stability >= 0) ? [["firmness", "firmness"]] : []), ["name", "name"], ["year", "first year"]]),
      ...choice("shade", "Shade by", [["", "clauses"], ["force", "strength"], ["year", "first year"]]),
      ...(data.near.length ? [el("label", {}, gaps, "near misses in empty cells")] : []));
    const toggle = button("Filter and sort", () => { filters.hidden = !filters.hidden; toggle.setAttribute("aria-expanded", String(!filters.hidden)); }, "");
    toggle.setAttribute("aria-expanded", String(!filters.hidden));
    toggle.setAttribute("aria-controls", "filters");
    const themes = ["", "light", "dark"];
    const theme = button("Theme: auto", () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme ?? "") + 1) % 3]), "");
    function setTheme(name) {
      if (name) document.documentElement.dataset.theme = name;
      else delete document.documentElement.dataset.theme;
      theme.textContent = "Theme: " + (name || "auto");
      try { localStorage.setItem("theme", name); } catch { /* it is not kept, then */ }
    }
    try { setTheme(localStorage.getItem("theme") ?? ""); } catch { /* as the system has it, then */ }
    const controls = find("controls");
    controls.append(search, toggle, inputs.clear, theme, filters);
    controls.hidden = false;
    // What sticks below the controls, or is scrolled to, must know how high they are.
    new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${controls.offsetHeight}px`)).observe(controls);
  }

  if (matrix) {
    buildControls();
    apply();
    readHash();
  }
})();
