// What comes nearest where a cell is empty.

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
