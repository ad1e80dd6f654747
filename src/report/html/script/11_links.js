// Addresses of filters, rows, cells and clauses; keys.

function writeHash() {
  const said = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== ""));
  const hash = said.toString() ? "#?" + said : "";
  if (location.hash === hash) return;
  try { history.replaceState(null, "", hash || location.href.split("#")[0]); } catch { /* a page without an address has no links */ }
}

// Returns what stands behind the #; as it is if it was cut within a letter.
function decoded(hash) {
  try { return decodeURIComponent(hash.slice(1)); } catch { return hash.slice(1); }
}

function readHash() {
  const hash = decoded(location.hash);
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
    showPreamble();
    paintOpen();
    apply();
    return;
  }
  openAt(hash);
}

// Opens a row, the cell that an anchor is in, or a clause in no row; without one the dialog closes.
function openAt(anchor) {
  const target = anchor ? find(anchor) : null;
  if (!target) return dialog.close();
  const cell = target.closest(".cell");
  views.length = 0;
  if (target.matches("section.row")) openRow(rows[Number(target.dataset.r)]);
  else if (cell) openCell(cell, target === cell ? null : target);
  else if (target.matches(".quote")) openAlone(target);
  else if (target.matches("details.theme")) {
    setOpen(themes.find((theme) => theme.part === target), true);
    scrollToPart(target);
  }
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
    openAt(decoded(link.hash));
  } else if (link?.hash && find(link.hash.slice(1))) requestAnimationFrame(() => scrollToPart(find(link.hash.slice(1))));
});

// Arrow keys go from cell to cell.
matrix?.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const from = event.target.closest("td, th");
  if (!step || !from) return;
  const shown = [...matrix.rows].slice(1).filter((line) => line.checkVisibility());
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

// Paper shows everything.
let closedOnScreen = [];
addEventListener("beforeprint", () => {
  closedOnScreen = all("main details:not([open])");
  closedOnScreen.forEach((details) => { details.open = true; });
});
addEventListener("afterprint", () => {
  closedOnScreen.forEach((details) => { details.open = false; });
  closedOnScreen = [];
});
