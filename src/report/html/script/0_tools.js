"use strict";
// Makes the page move: filters, dialogs, comparison, corrections. The files of this folder are one
// script, in the order of their numbers. All words are already in the page; nothing is ever made from
// markup, so that no text of an agreement can act as such.

const data = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;

// Returns an element with properties and children; strings become text.
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "list") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

// Returns a text without case and accents, for comparing.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Returns a name as the library compares names.
const foldName = (text) => fold(text.replace(/['’‘ʼ`´]/g, "")).split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ");
