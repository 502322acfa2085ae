"use strict";
// What the page knows: nodes, edges, and which of them are shown.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const nodes = data.nodes.map((n, index) => ({ ...n, index, edges: [], shown: true }));
const edges = data.edges.map((e, index) => ({ ...e, index, from: nodes[e.s], to: nodes[e.t], shown: true }));
for (const edge of edges) {
  edge.from.edges.push(edge);
  if (edge.to !== edge.from) edge.to.edges.push(edge);
}
// Edges between the same two nodes are drawn as arcs beside one another.
const bundles = new Map();
for (const edge of edges) {
  const key = edge.s < edge.t ? edge.s + " " + edge.t : edge.t + " " + edge.s;
  if (!bundles.has(key)) bundles.set(key, []);
  bundles.get(key).push(edge);
}
for (const bundle of bundles.values()) {
  bundle.forEach((edge, place) => {
    const bend = (place - (bundle.length - 1) / 2) * 16;
    edge.bend = edge.s < edge.t ? bend : -bend;
  });
}
const ranked = [...nodes].sort((a, b) => b.n - a.n || a.index - b.index);
const radius = (node) => 4 + 2 * Math.log2(1 + node.n);
const shownTypes = new Set(data.types.map((_, index) => index));
const shownRelations = new Set(data.relations.map((_, index) => index));
const moments = [...new Set([...nodes, ...edges].map((x) => x.f).filter((f) => f !== null))].sort((a, b) => a - b);
const period = { since: 0, until: Math.max(moments.length - 1, 0) };
const choice = { node: null, edge: null, alone: false };

const inTime = (first, last) => !moments.length || first === null
  ? period.since === 0
  : first <= moments[period.until] && (last === null ? first : last) >= moments[period.since];

// Works out anew what is shown; returns how many nodes and edges that are.
function sift() {
  for (const node of nodes) node.shown = shownTypes.has(node.t) && inTime(node.f, node.z);
  let edgeCount = 0;
  for (const edge of edges) {
    edge.shown = edge.from.shown && edge.to.shown && shownRelations.has(edge.r) && inTime(edge.f, edge.z);
    edgeCount += edge.shown;
  }
  if (choice.alone) for (const node of nodes) node.shown = node.shown && node.edges.some((edge) => edge.shown);
  return { nodes: nodes.filter((node) => node.shown).length, edges: edgeCount };
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const node of nodes) node.names = folded([node.l, ...node.a].join("\n"));

// The nodes whose name or other name holds some words, best first.
function find(words) {
  const wanted = folded(words.trim());
  if (!wanted) return [];
  const place = (node) => (node.names.startsWith(wanted) ? 0 : node.names.includes("\n" + wanted) ? 1 : 2);
  return ranked.filter((node) => node.names.includes(wanted)).sort((a, b) => place(a) - place(b)).slice(0, 30);
}
