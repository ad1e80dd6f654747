// What is opened and closed: themes, in the table and among the clauses alike; preambles under their issues.

const openAll = el("button", { type: "button", onclick: () => { state.open = state.open === "all" ? "" : "all"; paintOpen(); writeHash(); } });

const isOpen = (theme) => state.open === "all" || state.open.split(",").includes(theme.anchor);

function setOpen(theme, isNowOpen) {
  const opened = themes.filter((other) => (other === theme ? isNowOpen : isOpen(other))).map((other) => other.anchor);
  state.open = opened.length === themes.length ? "all" : opened.join(",");
  paintOpen();
  writeHash();
}

function paintOpen() {
  for (const theme of themes) {
    const isNowOpen = isOpen(theme);
    theme.group.classList.toggle("open", isNowOpen);
    theme.opener.setAttribute("aria-expanded", String(isNowOpen));
    if (theme.part.open !== isNowOpen) theme.part.open = isNowOpen;
    if (isNowOpen) addWhole(theme.part);
  }
  openAll.textContent = state.open === "all" ? "Close all themes" : "Open all themes";
}

function watchOpen() {
  for (const theme of themes) {
    theme.opener.addEventListener("click", () => setOpen(theme, !isOpen(theme)));
    // The browser opens it too, for what it finds or for an address within it.
    theme.part.addEventListener("toggle", () => { if (theme.part.open !== isOpen(theme) && closedOnScreen.length === 0) setOpen(theme, theme.part.open); });
  }
  for (const kind of kinds) kind.node.addEventListener("toggle", () => addWhole(kind.node));
  all("#quotes > section.row, #alone").forEach(addWhole);
}

// A search opens all themes, and leaves them as they were before when it ends.
let openBefore = "";
function searchFor(words) {
  const begins = words !== "" && state.q === "";
  const ends = words === "" && state.q !== "";
  if (begins) openBefore = state.open;
  if (begins && themes.length) state.open = "all";
  if (ends) state.open = openBefore;
  state.q = words;
  if (begins || ends) paintOpen();
}

function showPreamble() {
  const isShown = state.preamble !== "";
  document.documentElement.classList.toggle("preamble", isShown);
  if (isShown) all("#quotes .beside").forEach((details) => { details.open = true; addWhole(details); });
}
