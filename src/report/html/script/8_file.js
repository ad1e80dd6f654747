// The corrections as the file that the next run replays.

const quoted = (text) => '"' + [...text].map((c) => (c === '"' || c === "\\" ? "\\" + c : /\p{Cc}/u.test(c) ? "\\u" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") : c)).join("") + '"';

function clauseMark(n) {
  const clause = clauses.get(n);
  const label = clause.label === null ? "" : `label = ${quoted(clause.label)}, `;
  return `{ agreement = ${quoted(agreementOf(n).key)}, ${label}text = ${quoted(clause.mark)} }`;
}

const MAX_ANCHORS = 50;
const LEAVING = ["move", "split", "pin", "alone"];

// A row is known again by its clauses, but not by those that a decision takes to another.
function issueMark(r) {
  const own = [...new Set(rows[r].quotes.map((quote) => quote.n))].sort((a, b) => a - b);
  const taken = new Set(decisions.filter((decision) => LEAVING.includes(decision.action)).flatMap((decision) => decision.clauses));
  const left = own.filter((n) => !taken.has(n));
  const anchors = (left.length ? left : own).slice(0, MAX_ANCHORS);
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

const correctionsFile = () => [data.corrections, ...decisions.map(decisionToml)].filter(Boolean).join("\n");

function download() {
  const address = URL.createObjectURL(new Blob([correctionsFile()], { type: "application/toml" }));
  const link = el("a", { href: address, download: "corrections.toml" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  isSaved = true;
}

addEventListener("beforeunload", (event) => { if (!isSaved && decisions.length) event.preventDefault(); });
