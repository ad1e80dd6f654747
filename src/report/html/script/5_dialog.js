// The dialog: a row, a cell or a clause with what can be done with it.

const title = el("h2", { id: "dialog-title", tabIndex: -1 });
const tools = el("div", {});
const told = el("p", { className: "told", role: "status" });
const content = el("div", { className: "body" });
const back = el("button", { type: "button", hidden: true, onclick: () => { views.pop(); told.textContent = ""; paint(); } }, "Back");
const close = el("button", { type: "button", onclick: () => dialog.close() }, "Close");
const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, el("div", { className: "bar" }, title, tools, back, close), told, content);
document.body.append(dialog);
dialog.addEventListener("close", () => { views.length = 0; writeHash(); });
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
const views = [];

// Shows a view above the one before; `keys` are what single keys do in it, `said` is read to those who do not see.
function show(name, node, { buttons = [], keys = {}, said = "" } = {}) {
  views.push({ name, node, buttons, keys });
  told.textContent = said;
  paint();
}

dialog.addEventListener("keydown", (event) => {
  const act = views.at(-1)?.keys[event.key?.toLowerCase()];
  const isTyped = event.target.matches("input, select, textarea");
  const isOfButton = event.key === "Enter" && event.target.matches("button, summary, a");
  if (!act || isTyped || isOfButton || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  act();
});

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
  all("details:not(.more)", copy).forEach((details) => { details.open = true; });
  addWhole(copy);
  all(".cite a", copy).forEach((link) => link.replaceWith(link.textContent));
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
        ...(row && !quote.closest(".beside") ? [
          button("Keep here", () => decide({ action: "move", clauses: [n], issues: [row.r] })),
          button("Let stand alone", () => decide({ action: "alone", clauses: [n] })),
        ] : [])))));
  }
  return copy;
}

// Adds the buttons that show the rest of long clauses.
function addWhole(root) {
  for (const text of all(".text.long", root)) {
    if (text.nextElementSibling?.matches("button.whole")) continue;
    text.after(el("button", { type: "button", className: "small whole" }, "Show all of it"));
  }
}

function showWhole(quote) {
  quote.querySelector(".text").classList.add("whole");
  quote.querySelector("button.whole")?.remove();
}

// One listener for all of them, so that copies have it too.
document.addEventListener("click", (event) => {
  const more = event.target.closest?.("button.whole");
  if (!more) return;
  const text = more.previousElementSibling;
  showWhole(more.closest(".quote"));
  text.tabIndex = -1;
  text.focus();
});

function openRow(row) {
  const copy = copyOf(row.section);
  copy.querySelector("h3").remove();
  show(row.name, copy, { buttons: [
    button("Copy link", (event) => copyText(linkTo("row-" + row.anchor), event.target)),
    button("Rename…", () => askRename(row)),
    button("Merge…", () => askMerge(row)),
  ] });
}

// Opens a cell, and in it the clause that was asked for.
function openCell(cell, asked) {
  const row = rows[Number(cell.closest("section.row").dataset.r)];
  const column = data.columns[Number(cell.dataset.c)];
  const copy = copyOf(cell);
  copy.querySelector("h4").remove();
  const place = asked ? all(".quote", cell).indexOf(asked) : -1;
  const wanted = all(".quote", copy)[place];
  if (wanted?.parentElement.matches("details")) wanted.parentElement.open = true;
  if (wanted) showWhole(wanted);
  show(`${column.title} on “${row.name}”`, copy, { buttons: [
    button("All on this issue", () => openRow(row)),
    button("Copy link", (event) => copyText(linkTo(cell.id), event.target)),
  ] });
}

function openAlone(node) {
  const copy = copyOf(node);
  showWhole(copy);
  show(citationOf(Number(node.dataset.n)), copy);
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
