// Two clauses side by side: what only one of them says, and why they are together.

const MAX_WORDS = 1500;
let chosen = null;

function choose(n) {
  if (chosen === null || chosen === n) {
    chosen = n;
    paintTray();
    dialog.close();
    return;
  }
  compare(chosen, n);
  chosen = null;
  paintTray();
}

const wordsIn = (text) => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]|\s+/gu) ?? [];

// Returns which words of two lists are kept in a longest common subsequence.
function kept(a, b) {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  const both = [new Set(), new Set()];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { both[0].add(i++); both[1].add(j++); }
    else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
    else j++;
  }
  return both;
}

// Returns the longest run of words that stands in both lists.
function longestRun(a, b) {
  let best = [0, 0];
  let above = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const here = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      here[j + 1] = above[j] + 1;
      if (here[j + 1] > best[0]) best = [here[j + 1], i + 1];
    }
    above = here;
  }
  return a.slice(best[1] - best[0], best[1]);
}

// Returns a text with what only it has between marks.
function marked(tokens, keptWords, tag) {
  const paragraph = el("p", { className: "text", dir: "auto" });
  let [place, open] = [0, null];
  for (const token of tokens) {
    const isWord = /[\p{L}\p{N}]/u.test(token);
    const isOwn = isWord && !keptWords.has(place);
    if (isWord) place++;
    if (isOwn && !open) { open = el(tag); paragraph.append(open); }
    if (isWord && !isOwn) open = null;
    (open ?? paragraph).append(token);
  }
  return paragraph;
}

function compare(a, b) {
  const texts = [a, b].map(textOf);
  const tokens = texts.map(wordsIn);
  const words = tokens.map((list) => list.filter((token) => /[\p{L}\p{N}]/u.test(token)).map(fold));
  const isShort = words.every((list) => list.length <= MAX_WORDS);
  const both = isShort ? kept(words[0], words[1]) : null;
  const side = (n, i) => el("div", {}, el("h3", {}, citationOf(n)),
    el("p", { className: "facts" }, [agreementOf(n).process, agreementOf(n).year, clauses.get(n).force.replaceAll("-", " ")].filter(Boolean).join(" · ")),
    both ? marked(tokens[i], both[i], i === 0 ? "del" : "ins") : el("p", { className: "text" }, texts[i]));
  show("Two clauses side by side", el("div", {},
    el("div", { className: "sides" }, side(a, 0), side(b, 1)),
    el("h3", {}, "Why together"), el("ul", {}, ...reasons(a, b, isShort ? longestRun(words[0], words[1]) : []).map((reason) => el("li", {}, reason)))), { buttons: [
    button("Not the same issue", () => decide({ action: "not-same", clauses: [a, b] })),
  ] });
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const number = (code) => [...code].reduce((sum, digit) => 64 * sum + DIGITS.indexOf(digit), 0);

// Returns the weightiest features of a clause: three digits of base 64 for a feature, two for its weight in thousandths.
const weightsOf = (n) => new Map((clauses.get(n).features.match(/.{5}/g) ?? []).map((code) => [number(code.slice(0, 3)), number(code.slice(3)) / 1000]));

// Returns what two clauses share, in words: their weightiest features are in the data.
function reasons(a, b, run) {
  const [left, right] = [weightsOf(a), weightsOf(b)];
  const shared = [...left].filter(([x]) => right.has(x)).map(([x, w]) => [data.features[x], w * right.get(x)]).sort((x, y) => y[1] - x[1]);
  const told = [];
  const common = rowsOf(a).filter((r) => rowsOf(b).includes(r));
  told.push(common.length ? `Both stand under “${rows[common[0]].name}”.` : "They stand under different issues.");
  if (shared.length) {
    const sum = shared.reduce((total, [, part]) => total + part, 0);
    told.push(`Of their weightiest words they share ${shared.map(([word, part]) => `${word} (${part.toFixed(2)})`).join(", ")}: a similarity of at least ${sum.toFixed(2)}.`);
  } else told.push("None of their weightiest words is the same: neighbors in between, or rarer words, join them.");
  if (run.length > 1) told.push(`Longest run of words in both: “${run.join(" ")}”.`);
  const years = [a, b].map((n) => agreementOf(n).year);
  if (years[0] && years[1] && years[0] !== years[1]) told.push(`${citationOf(years[0] < years[1] ? a : b)} is the earlier one.`);
  return told;
}
