// The dialog: a row, a cell or a clause with what can be done with it.

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
