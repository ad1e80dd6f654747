// Names for the rows that were found, one row after another. Rows of one name become one; a row that holds several
// subjects is divided as the library proposes.

const MAX_QUOTED = 4;
const MAX_NEAREST = 4;
// What is left to name, the next first: a row, or some of its clauses. What was done, the last one last.
const naming = { left: [], done: [] };

const isNameless = (row) => !row.is_given;
const isDivided = (row) => decisions.some((decision) => decision.divided === row.r);
const isNamed = (row) => decisions.some((decision) => decision.name && decision.issues?.includes(row.r)) || isDivided(row);
const namingOpener = button("", () => openNaming(), "");

function paintNaming() {
  const nameless = rows.filter(isNameless);
  const n = nameless.filter(isNamed).length;
  namingOpener.textContent = n ? `Name the rows: ${n} of ${nameless.length} done` : "Name the rows";
}

function openNaming() {
  const isLeft = (item) => item.clauses || !isNamed(item.row);
  if (naming.left.length) naming.left = naming.left.filter(isLeft);
  else naming.left = rows.filter((row) => isNameless(row) && !isNamed(row)).map((row) => ({ row }));
  nameNext();
}

function nameNext(said = "") {
  if (naming.left.length) askNameOf(naming.left[0], said);
  else showNamed(said);
}

const countedOf = (row) => [...new Set(row.quotes.filter((quote) => !quote.isWeak).map((quote) => quote.n))].sort((a, b) => a - b);

// Returns the sum of the weightiest words of clauses, of length 1.
function directionOf(clauseNumbers) {
  const sum = new Map();
  for (const n of clauseNumbers) for (const [feature, weight] of weightsOf(n)) sum.set(feature, (sum.get(feature) ?? 0) + weight);
  const length = Math.sqrt([...sum.values()].reduce((total, weight) => total + weight * weight, 0)) || 1;
  return new Map([...sum].map(([feature, weight]) => [feature, weight / length]));
}

const product = (a, b) => [...a].reduce((total, [feature, weight]) => total + weight * (b.get(feature) ?? 0), 0);
let directions = null;

// Returns what a row may be one with: the other rows that are still whole, and new issues.
function othersThan(row) {
  directions ??= rows.map((other) => directionOf(countedOf(other)));
  const whole = rows.filter((other) => other !== row && !isDivided(other)).map((other) => ({ name: other.name, direction: directions[other.r] }));
  const names = new Set(decisions.filter((decision) => decision.action === "pin").map((decision) => decision.name));
  const own = (name) => decisions.filter((decision) => decision.action === "pin" && decision.name === name).flatMap((decision) => decision.clauses);
  return [...whole, ...[...names].map((name) => ({ name, direction: directionOf(own(name)) }))];
}

// Returns the names to choose from: the own one, then those of what has the nearest words.
function suggestionsFor({ row, clauses: part }) {
  const direction = directionOf(part ?? countedOf(row));
  const others = othersThan(row).map((other) => ({ ...other, near: product(direction, other.direction) })).filter((other) => other.near > 0);
  others.sort((a, b) => b.near - a.near);
  const names = [row.name, ...others.map((other) => other.name)];
  return names.filter((name, i) => names.findIndex((earlier) => foldName(earlier) === foldName(name)) === i).slice(0, 1 + MAX_NEAREST);
}

// Returns the clauses by which a row is shown: of the first processes those nearest to its center.
const shownClauses = (row) => [...row.cells.values()].map((entry) => entry.quotes.find((quote) => !quote.isWeak)?.n).filter((n) => n !== undefined).slice(0, MAX_QUOTED);

function askNameOf(item, said) {
  const { row, clauses: part } = item;
  const suggested = suggestionsFor(item);
  const quoted = part ?? shownClauses(row);
  const n = part?.length ?? countedOf(row).length;
  const field = el("input", { value: part ? "" : row.name, maxLength: 200, "aria-describedby": "naming-hint" });
  const wrong = el("p", { role: "alert" });
  const take = (typed) => { wrong.textContent = takeName(item, typed, suggested) ?? ""; };
  const form = el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); take(field.value.trim()); } },
    el("label", {}, "Its name", el("br"), field),
    el("p", { id: "naming-hint", className: "hint" }, "Enter takes the name. The number of a name below takes that one, the name of another row joins the two, and an empty field skips the row."), wrong,
    el("ol", { className: "names" }, ...suggested.map((name, i) => el("li", {}, keyed(String(i + 1), [name, ...(foldName(name) === foldName(row.name) ? [] : [el("span", { className: "facts" }, " joins the two")])], () => take(name))))),
    el("div", { className: "menu" },
      el("button", { className: "main" }, "Take the name"),
      ...(part ? [] : row.parts ?? []).map((digits, i) => button(`Holds several: ${i + 2} parts`, () => divide(item, digits), "")),
      button("Skip", () => take(""), ""), button("Undo", undoName, "")));
  const keys = Object.fromEntries(suggested.map((name, i) => [String(i + 1), () => take(name)]));
  views.length = 0;
  show(part ? `A part of “${row.name}”` : `Row ${row.r + 1} of ${rows.length}: “${row.name}”`, el("div", { className: "question" },
    el("p", { className: "facts" }, `${counted(n, "clause", "clauses")}${quoted.length < n ? ", among them:" : ":"}`),
    el("ul", { className: "cells" }, ...quoted.map((clause) => el("li", { className: "cell" }, briefQuote(clause)))), form), {
    said, keys: { ...keys, s: () => take(""), u: undoName },
  });
  field.focus();
  field.select();
}

// Does what was typed; returns what is wrong with it.
function takeName(item, typed, suggested) {
  const parts = /^(?:\/([23])|([23]) parts)$/.exec(typed);
  if (parts) {
    const digits = item.clauses ? null : item.row.parts?.[Number(parts[1] ?? parts[2]) - 2];
    return digits ? void divide(item, digits) : "It cannot be divided so.";
  }
  if (/^\d+$/.test(typed) && !suggested[Number(typed) - 1]) return `There is no suggestion ${typed}.`;
  const name = suggested[Number(typed) - 1] ?? typed;
  if (name && !foldName(name)) return NAMELESS;
  const made = name ? decisionsFor(item, name) : [];
  naming.left.shift();
  naming.done.push({ item, made });
  note(...made);
  return void nameNext(made.length ? `Noted: ${made.map(inWords).join("; ")}.` : "Skipped.");
}

// Returns the decisions that give a name. A row that was divided is no longer there to join.
function decisionsFor({ row, clauses: part }, name) {
  const other = rows.find((one) => one !== row && foldName(one.name) === foldName(name) && !isDivided(one));
  const known = newIssueNamed(name);
  if (part && other) return [{ action: "move", clauses: part, issues: [other.r], divided: row.r }];
  if (part) return [{ action: "pin", clauses: part, name: known ?? name, divided: row.r }];
  if (other) return [{ action: "merge", issues: [other.r, row.r], name: other.name }];
  if (known) return [{ action: "pin", clauses: countedOf(row), name: known, divided: row.r }];
  return [{ action: "rename", issues: [row.r], name }];
}

function divide(item, digits) {
  const own = countedOf(item.row);
  const parts = [...new Set(digits)].sort().map((digit) => ({ row: item.row, clauses: own.filter((_, i) => digits[i] === digit) }));
  naming.left.splice(0, 1, ...parts);
  naming.done.push({ item, made: [], nParts: parts.length });
  nameNext(`Divided into ${parts.length} parts.`);
}

function undoName() {
  const last = naming.done.pop();
  if (!last) return void (told.textContent = "There is nothing to undo.");
  forget((decision) => last.made.includes(decision));
  naming.left.splice(0, last.nParts ?? 0, last.item);
  note();
  nameNext("Undone.");
}

function showNamed(said) {
  const nameless = rows.filter(isNameless);
  views.length = 0;
  show("No more rows to name", el("div", { className: "question" },
    el("p", {}, `${nameless.filter(isNamed).length} of ${counted(nameless.length, "row", "rows")} done.`),
    el("p", { className: "hint" }, "Rows cut finer than these are named by the program: consonance review --rows."),
    el("div", { className: "menu" }, ...(naming.done.length ? [keyed("u", ["Undo"], undoName)] : []),
      ...(decisions.length ? [button("Save the corrections", download, "main")] : []))), { said, keys: { u: undoName } });
}
