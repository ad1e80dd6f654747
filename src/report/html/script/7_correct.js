// Corrections, collected in a tray.

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

const NAMELESS = "A name needs a letter or a digit.";
const rowNamed = (name) => rows.find((row) => foldName(row.name) === foldName(name));
// Returns the name of a new issue as it was given first.
const newIssueNamed = (name) => decisions.find((decision) => ["split", "pin"].includes(decision.action) && foldName(decision.name) === foldName(name))?.name;

const nameProblem = (name, row) => {
  if (!foldName(name)) return NAMELESS;
  if (newIssueNamed(name)) return "A new issue of these corrections has this name.";
  return [row, undefined].includes(rowNamed(name)) ? null : "Another row has this name: merge the two instead.";
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
    const pinned = newIssueNamed(name);
    if (!pending && pinned) return void decide({ action: "pin", clauses: [n], name: pinned });
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

// Notes decisions without closing the dialog.
function note(...made) {
  decisions.push(...made);
  isSaved = false;
  paintDecisions();
}

function decide(decision) {
  decisions.push(decision);
  decided();
}

function decided() {
  note();
  dialog.close();
}

function paintDecisions() {
  const touched = new Set(decisions.flatMap((decision) => [...(decision.issues ?? []), ...(decision.clauses ?? []).flatMap(rowsOf)]));
  for (const row of rows) {
    const named = decisions.findLast((decision) => decision.name && decision.issues?.includes(row.r));
    row.name = named ? named.name : row.issue;
    row.line.querySelector("th a").textContent = row.name;
    row.section.querySelector("h3").textContent = row.name;
    row.line.classList.toggle("changed", touched.has(row.r));
  }
  paintTray();
  paintQueue();
  paintNaming();
}

// The most clauses of a decision that are named.
const MAX_CITED = 4;

function inWords(decision) {
  const about = decision.clauses ?? [];
  const cited = about.length > MAX_CITED ? `${citationOf(about[0])} and ${about.length - 1} more` : about.map(citationOf).join(" and ");
  const named = (decision.issues ?? []).map((r) => `“${rows[r].issue}”`).join(" and ");
  const isKept = decision.action === "move" && rowsOf(decision.clauses[0]).includes(decision.issues[0]);
  return {
    rename: rows[decision.issues?.[0]]?.issue === decision.name ? `keep the name ${named}` : `rename ${named} to “${decision.name}”`,
    merge: `merge ${named}${decision.name ? ` as “${decision.name}”` : ""}`,
    move: `${isKept ? "keep" : "move"} ${cited} ${isKept ? "under" : "to"} ${named}`,
    also: `count ${cited} under ${named} as well`,
    split: `make “${decision.name}” of ${cited}`,
    pin: `put ${cited} under “${decision.name}”`,
    alone: `let ${cited} stand alone`,
    "not-same": `${cited} are not the same`,
  }[decision.action];
}

const author = el("input", { placeholder: "Your name (optional)", "aria-label": "Your name, for the record", maxLength: 100 });

function paintTray() {
  const parts = [];
  if (chosen !== null) {
    parts.push(el("span", { role: "status" }, `Comparing ${citationOf(chosen)}: choose “Compare” at another clause.`), button("Cancel", () => { chosen = null; paintTray(); }));
  }
  if (decisions.length) {
    const list = el("ol", {}, ...decisions.map((decision, i) => el("li", {}, inWords(decision) + " ",
      button("Undo", () => { decisions.splice(i, 1); paintDecisions(); }))));
    parts.push(el("details", { open: false }, el("summary", {}, `${counted(decisions.length, "correction", "corrections")} for the next run`), list),
      author, button("Save the corrections", download, "main"), el("span", { className: "hint" }, "Then make the table again with --corrections and the file."));
  }
  tray.replaceChildren(...parts);
  tray.hidden = parts.length === 0;
}
