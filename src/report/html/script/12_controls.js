// What stands above the table; then everything starts.

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
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { searchFor(search.value); changed(); }, 60); });
  inputs.q = search;
  const any = (list) => [["", "all"], ...list.map((value) => [value, value])];
  const sorted = (list) => list.sort((a, b) => String(a).localeCompare(String(b)));
  const years = values((a) => a.year).sort((a, b) => a - b);
  const classes = Object.keys(LEVELS).concat("unknown").filter((name) => [...clauses.values()].some((clause) => clause.force === name));
  const key = el("span", { className: "hint" });
  const gaps = el("input", { type: "checkbox", onchange: () => { state.gaps = gaps.checked ? "1" : ""; showGaps(); changed(); } });
  inputs.gaps = gaps;
  inputs.key = key;
  const preamble = el("input", { type: "checkbox", onchange: () => { state.preamble = preamble.checked ? "1" : ""; showPreamble(); changed(); } });
  inputs.preamble = preamble;
  inputs.open = { value: "" };
  const clauseKinds = data.kinds.filter((name) => [...clauses.values()].some((clause) => clause.kind === name));
  inputs.clear = button("Clear filters", () => { location.hash = "#?"; readHash(); writeHash(); search.focus(); }, "");
  inputs.clear.hidden = true;
  const filters = el("div", { id: "filters", hidden: innerWidth <= 1100 },
    ...choice("process", "Process", any(sorted(values((a) => a.process)))),
    ...choice("actor", "Actors", any(sorted(values((a) => a.actor)))),
    ...choice("region", "Region", any(sorted(values((a) => a.region)))),
    ...choice("force", "Force", [["", "all"], ...classes.map((name) => [name, name.replaceAll("-", " ")])]),
    ...choice("kind", "Kind", clauseKinds.length > 1 ? [["", "all"], ...clauseKinds.map((name) => [name, name.replaceAll("-", " ")])] : []),
    ...choice("from", "From", any(years)), ...choice("to", "to", any(years)),
    ...choice("sort", "Sort by", [["", "the table"], ["processes", "processes shown"], ["clauses", "clauses"], ...(rows.some((row) => row.stability >= 0) ? [["stability", "stability"]] : []), ["name", "name"], ["year", "first year"]]),
    ...choice("shade", "Shade by", [["", "clauses"], ["force", "strength"], ["year", "first year"]]), key,
    ...(data.near.length ? [el("label", {}, gaps, "near misses in empty cells")] : []),
    ...(all("details.beside").length ? [el("label", {}, preamble, "preambles under their issues (not counted)")] : []));
  const toggle = button("Filter and sort", () => { filters.hidden = !filters.hidden; toggle.setAttribute("aria-expanded", String(!filters.hidden)); }, "");
  toggle.setAttribute("aria-expanded", String(!filters.hidden));
  toggle.setAttribute("aria-controls", "filters");
  const schemes = ["", "light", "dark"];
  const scheme = button("Colors: auto", () => setScheme(schemes[(schemes.indexOf(document.documentElement.dataset.theme ?? "") + 1) % 3]), "");
  function setScheme(name) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    scheme.textContent = "Colors: " + (name || "auto");
    try { localStorage.setItem("theme", name); } catch { /* it is not kept, then */ }
  }
  try { setScheme(localStorage.getItem("theme") ?? ""); } catch { /* as the system has it, then */ }
  const controls = find("controls");
  controls.append(search, toggle, ...(themes.length ? [openAll] : []), ...(doubts.length ? [queueOpener] : []), ...(rows.some(isNameless) ? [namingOpener] : []), inputs.clear, scheme, filters);
  controls.hidden = false;
  // What sticks below the controls, or is scrolled to, must know how high they are.
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${controls.offsetHeight}px`)).observe(controls);
}

if (matrix) {
  buildControls();
  watchOpen();
  showPreamble();
  paintOpen();
  paintQueue();
  paintNaming();
  apply();
  readHash();
}
