// The panel: facts of a node with wording and time, evidence of an edge. Texts enter as text only, never as markup.
const panel = byId("panel");
function make(tag, text = "", properties = {}) {
  const element = document.createElement(tag);
  if (text !== "") element.textContent = text;
  Object.assign(element, properties);
  return element;
}
const typeName = (name) => name.replace(/([a-z])([A-Z])/g, (_, a, b) => a + " " + b.toLowerCase());
const said = (name) => name.replace(/([a-z])([A-Z])/g, (_, a, b) => a + " " + b.toLowerCase());
const shortTime = (key) => key.replace("T", " ").replace(/[+-]\d\d:\d\d(?=$|#)/, "");

function go(node) {
  const button = make("button", node.l, { type: "button", className: "go" });
  button.addEventListener("click", () => choose(node, null, true));
  return button;
}

function evidence(entries, wording, names) {
  const part = document.createDocumentFragment();
  if (entries) part.append(make("time", entries.split(" | ").slice(0, 4).map(shortTime).join(", ") + (entries.split(" | ").length > 4 ? " …" : "")));
  if (wording) {
    const quote = make("blockquote");
    marked(quote, wording, names);
    part.append(quote);
  }
  return part;
}

// The wording with the names that the statement ties standing out.
function marked(element, text, names) {
  const wanted = names.filter(Boolean).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).sort((a, b) => b.length - a.length);
  if (!wanted.length) return element.append(text);
  text.split(new RegExp("(" + wanted.join("|") + ")", "i")).forEach((piece, place) => element.append(place % 2 ? make("mark", piece) : piece));
}

function edgeItem(edge, node) {
  const item = make("li");
  if (edge.from === node) item.append(said(data.relations[edge.r]) + " ", go(edge.to));
  else item.append(go(edge.from), " " + said(data.relations[edge.r]) + " " + cut(node.l));
  if (edge.m) item.append(" ", make("span", "planned", { className: "planned" }));
  item.append(make("br"), evidence(edge.e, data.texts[edge.w], [edge.from.l, edge.to.l]));
  return item;
}

function section(title, items) {
  const part = document.createDocumentFragment();
  if (!items.length) return part;
  const list = make("ol");
  items.slice(0, 200).forEach((item) => list.append(item));
  if (items.length > 200) list.append(make("li", "and " + (items.length - 200) + " more"));
  part.append(make("h3", title + " (" + items.length + ")"), list);
  return part;
}

function showNode(node) {
  const kind = node.k ? typeName(node.k) : typeName(data.types[node.t][0]);
  panel.append(make("h2", node.l, { dir: "auto" }));
  panel.append(make("p", kind + " · " + node.n + (node.n === 1 ? " statement" : " statements"), { className: "about" }));
  if (node.a.length) panel.append(make("p", "also: " + node.a.join(", "), { className: "about" }));
  for (const address of node.i) {
    const line = make("p", "", { className: "about" });
    if (/^https?:/.test(address)) line.append(make("a", address, { href: address, rel: "noopener noreferrer" }));
    else line.append(address);
    panel.append(line);
  }
  const stated = node.edges.filter((edge) => edge.r !== data.together).sort((a, b) => (a.f ?? 0) - (b.f ?? 0));
  panel.append(section("Relations", stated.map((edge) => edgeItem(edge, node))));
  for (const [number, title] of [[0, "Figures"], [1, "Quotations"]]) {
    panel.append(section(title, (data.facts[node.index] || []).filter((fact) => fact[0] === number).map((fact) => {
      const item = make("li", fact[2], { dir: "auto" });
      item.append(make("br"), evidence(fact[1], data.texts[fact[3]], [node.l]));
      return item;
    })));
  }
  const company = node.edges.filter((edge) => edge.r === data.together).sort((a, b) => b.n - a.n);
  panel.append(section("Named in one sentence with", company.map((edge) => {
    const item = make("li");
    item.append(go(edge.from === node ? edge.to : edge.from), " × " + edge.n, make("br"), evidence(edge.e, data.texts[edge.w], [edge.from.l, edge.to.l]));
    return item;
  })));
}

function showEdge(edge) {
  const head = make("h2");
  head.append(go(edge.from), " " + (edge.r === data.together ? "named with" : said(data.relations[edge.r])) + " ", go(edge.to));
  panel.append(head);
  const sure = edge.r === data.together ? "" : " · confidence " + edge.c + (edge.m ? " · planned" : "");
  const what = edge.r === data.together ? " sentence" : " statement";
  panel.append(make("p", edge.n + what + (edge.n === 1 ? "" : "s") + sure, { className: "about" }));
  panel.append(evidence(edge.e, data.texts[edge.w], [edge.from.l, edge.to.l]));
}

// Choose a node or an edge (or nothing), show it in the panel, and on demand bring it into the middle.
function choose(node, edge, centre = false) {
  const before = panel.hidden;
  Object.assign(choice, { node, edge });
  panel.replaceChildren();
  panel.hidden = !node && !edge;
  panel.scrollTop = 0;
  if (!panel.hidden) {
    const close = make("button", "×", { type: "button", className: "close" });
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => { choose(null, null); canvas.focus(); });
    panel.append(close);
    if (node) showNode(node); else showEdge(edge);
  }
  if (before !== panel.hidden) measure();
  if (centre && node) {
    Object.assign(camera, { x: node.x, y: node.y, scale: Math.max(camera.scale, 0.9) });
  }
  redraw();
}
