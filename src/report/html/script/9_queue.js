// The clauses whose place is unsure, asked about one after another, with the keys of the program's own prompt.

const possibleRow = ([r, score, typical]) => ({ r, score, typical });
const doubts = data.doubts.map(([n, place, rivals, why]) => ({ n, place: place && possibleRow(place), rivals: rivals.map(possibleRow), why }));
// What was answered or skipped in this sitting, the last one last.
const passed = [];
const skipped = new Set();

const PLACING = [...LEAVING, "also"];
const isAnswered = (doubt) => decisions.some((decision) => PLACING.includes(decision.action) && decision.clauses.includes(doubt.n));
const nAnswered = () => doubts.filter(isAnswered).length;

const queueOpener = button("", () => askNext(), "");

function paintQueue() {
  const n = nAnswered();
  const left = counted(doubts.length - n, "doubtful clause", "doubtful clauses");
  queueOpener.textContent = n ? `${left}: ${n} of ${doubts.length} answered` : left;
}

function askNext(said = "") {
  const next = doubts.find((doubt) => !isAnswered(doubt) && !skipped.has(doubt));
  if (next) askAbout(next, said);
  else showEnd(said);
}

function answer(doubt, words, ...made) {
  note(...made.map((decision) => ({ ...decision, doubt })));
  passed.push(doubt);
  askNext(`${citationOf(doubt.n)}: ${words}. ${nAnswered()} of ${doubts.length} answered.`);
}

const answers = {
  here: (doubt) => (doubt.place ? answer(doubt, "here", moved(doubt.n, doubt.place.r)) : answers.alone(doubt)),
  there: (doubt, { r }) => answer(doubt, `in “${rows[r].name}”`, moved(doubt.n, r)),
  both: (doubt, { r }) => answer(doubt, `here and in “${rows[r].name}”`, moved(doubt.n, doubt.place.r), { action: "also", clauses: [doubt.n], issues: [r] }),
  alone: (doubt) => answer(doubt, "alone", { action: "alone", clauses: [doubt.n] }),
  named: (doubt, name) => {
    const row = rowNamed(name);
    if (row) return answers.there(doubt, row);
    const known = newIssueNamed(name) ?? name;
    return answer(doubt, `in “${known}”`, { action: "pin", clauses: [doubt.n], name: known });
  },
  skip: (doubt) => {
    skipped.add(doubt);
    passed.push(doubt);
    askNext(`${citationOf(doubt.n)}: skipped.`);
  },
  undo: (doubt) => {
    const last = passed.pop();
    if (!last) return void (told.textContent = "There is nothing to undo.");
    skipped.delete(last);
    forget((decision) => decision.doubt === last);
    note();
    askAbout(last, "Undone.");
  },
};
const moved = (n, r) => ({ action: "move", clauses: [n], issues: [r] });

const keyed = (key, words, act, className = "") => el("button", { type: "button", className, "aria-keyshortcuts": key, onclick: act }, el("kbd", { "aria-hidden": "true" }, key), " ", ...words);

const briefQuote = (n) => el("blockquote", { className: "quote" }, el("header", {}, el("b", { className: "cite" }, citationOf(n))),
  el("p", { className: "text brief", dir: "auto" }, textOf(n)));

// Returns a row to choose: its key and name, how near the clause is to it, and a typical clause.
function choiceOf(key, words, row, act) {
  const typical = row?.typical;
  const parts = [keyed(key, [words, ...(row ? [" ", el("b", {}, rows[row.r].name)] : [])], act, "choose")];
  if (row) parts.push(el("p", { className: "facts" }, `Nearness ${(row.score / 100).toFixed(2)}${typical === null ? "" : "; typical:"}`));
  if (row && typical !== null) {
    parts.push(briefQuote(typical));
  }
  return el("li", { className: "cell" }, ...parts);
}

// Returns a clause without buttons, whole.
function wholeQuote(n) {
  const copy = nodeOf.get(n).cloneNode(true);
  copy.hidden = false;
  copy.removeAttribute("id");
  showWhole(copy);
  all(".cite a", copy).forEach((link) => link.replaceWith(link.textContent));
  return copy;
}

function askAbout(doubt, said) {
  const [first] = doubt.rivals;
  const both = () => (doubt.rivals.length > 1 ? askBoth(doubt) : answers.both(doubt, first));
  const acts = {
    h: () => answers.here(doubt),
    ...(doubt.place ? { b: both } : {}),
    a: () => answers.alone(doubt),
    n: () => askName(doubt),
    s: () => answers.skip(doubt),
    u: () => answers.undo(doubt),
  };
  const others = { b: ["Both"], a: ["Alone"], n: ["Another or a new issue…"], s: ["Skip"], u: ["Undo"] };
  const rivals = doubt.rivals.map((row, i) => [String(i + 1), row, () => answers.there(doubt, row)]);
  views.length = 0;
  show(`Doubtful clause ${doubts.indexOf(doubt) + 1} of ${doubts.length}`, el("div", { className: "question" },
    wholeQuote(doubt.n),
    el("p", { className: "remark" }, `Why it is asked: ${doubt.why}.`),
    el("h3", {}, "Where does it belong?"),
    el("ul", { className: "cells" },
      choiceOf("h", doubt.place ? "Here:" : "Here: in no row", doubt.place, acts.h),
      ...rivals.map(([key, row, act]) => choiceOf(key, "In", row, act))),
    el("div", { className: "menu" }, ...Object.entries(others).filter(([key]) => acts[key]).map(([key, words]) => keyed(key, words, acts[key])))), {
    said, keys: { ...acts, enter: acts.h, ...Object.fromEntries(rivals.map(([key, , act]) => [key, act])) },
  });
}

function askBoth(doubt) {
  const rivals = doubt.rivals.map((row, i) => [String(i + 1), row, () => answers.both(doubt, row)]);
  show("Here, and in which row as well?", el("div", { className: "question" },
    wholeQuote(doubt.n),
    el("p", { className: "facts" }, `It stays under “${rows[doubt.place.r].name}”.`),
    el("ul", { className: "cells" }, ...rivals.map(([key, row, act]) => choiceOf(key, "Also in", row, act)))), {
    said: "Enter takes the first.",
    keys: { enter: rivals[0][2], ...Object.fromEntries(rivals.map(([key, , act]) => [key, act])) },
  });
}

function askName(doubt) {
  const names = el("datalist", { id: "row-names" }, ...rows.map((row) => el("option", { value: row.name })));
  find("row-names")?.remove();
  document.body.append(names);
  ask(`Where does ${citationOf(doubt.n)} belong?`, el("input", { required: true, maxLength: 200, list: "row-names" }), "The name of a row, or of a new one", (name) => {
    if (!foldName(name)) return NAMELESS;
    return void answers.named(doubt, name);
  });
}

function showEnd(said) {
  const again = () => { skipped.clear(); askNext(); };
  const n = nAnswered();
  views.length = 0;
  show("No more doubtful clauses", el("div", { className: "question" },
    el("p", {}, `${n} of ${counted(doubts.length, "clause", "clauses")} answered${skipped.size ? `, ${skipped.size} skipped` : ""}.`),
    el("div", { className: "menu" },
      ...(skipped.size ? [keyed("s", ["Ask about those skipped"], again)] : []),
      ...(passed.length ? [keyed("u", ["Undo"], answers.undo)] : []),
      ...(decisions.length ? [button("Save the corrections", download, "main")] : []))), {
    said, keys: { ...(skipped.size ? { s: again } : {}), u: answers.undo },
  });
}
