// What the user does: pointer, keys, search, filters, time, theme, print.
const root = document.documentElement;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const setTheme = (name) => { root.dataset.theme = name; redraw(); };
setTheme(dark.matches ? "dark" : "light");
dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
byId("theme").addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"));

function update() {
  const shown = sift();
  byId("counts").textContent = shown.nodes + " of " + nodes.length + " nodes, " + shown.edges + " of " + edges.length + " edges";
  redraw();
}
function zoom(factor, x = size.width / 2, y = size.height / 2) {
  const scale = Math.min(Math.max(camera.scale * factor, 0.02), 8), left = x - size.width / 2, top = y - size.height / 2;
  camera.x += left / camera.scale - left / scale;
  camera.y += top / camera.scale - top / scale;
  camera.scale = scale;
  redraw();
}

const SVG = "http://www.w3.org/2000/svg";
const SWATCHES = { circle: "M7 1a6 6 0 1 0 .01 0z", square: "M1.5 1.5h11v11h-11z", diamond: "M7 0l7 7-7 7-7-7z", triangle: "M7 1l6.5 12H.5z", hexagon: "M3.5 1h7l3.5 6-3.5 6h-7L0 7z" };
function swatch(colour, shape) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SWATCHES[shape]);
  path.setAttribute("fill", colour);
  svg.append(path);
  return svg;
}
function box(name, count, set, index, mark) {
  const label = make("label"), input = make("input", "", { type: "checkbox", checked: true });
  input.addEventListener("change", () => { if (input.checked) set.add(index); else set.delete(index); update(); });
  label.append(input, ...(mark ? [mark] : []), name, make("small", count));
  return label;
}
data.types.forEach(([name, colour, shape], index) =>
  byId("types").append(box(typeName(name), String(nodes.filter((n) => n.t === index).length), shownTypes, index, swatch(colour, shape))));
data.relations.forEach((name, index) =>
  byId("relations").append(box(index === data.together ? "named in one sentence" : said(name), String(edges.filter((e) => e.r === index).length), shownRelations, index)));
byId("alone").addEventListener("change", (event) => { choice.alone = event.target.checked; update(); });

const sliders = { since: byId("since"), until: byId("until") };
const stamp = (moment) => new Date(moment + data.offset * 60000).toISOString().slice(0, 16).replace("T", " ");
function setPeriod(name, value) {
  period[name] = value;
  if (period.since > period.until) period[name === "since" ? "until" : "since"] = value;
  for (const [which, slider] of Object.entries(sliders)) {
    slider.value = period[which];
    byId(which + "-text").textContent = stamp(moments[period[which]]);
    slider.setAttribute("aria-valuetext", stamp(moments[period[which]]));
  }
  update();
}
if (moments.length > 1) {
  for (const [name, slider] of Object.entries(sliders)) {
    Object.assign(slider, { min: 0, max: moments.length - 1, step: 1 });
    slider.addEventListener("input", () => setPeriod(name, Number(slider.value)));
  }
  setPeriod("until", moments.length - 1);
} else byId("times").hidden = true;
let playing = null;
byId("play").addEventListener("click", () => {
  const stop = () => { clearInterval(playing); playing = null; byId("play").textContent = "▶ Play"; byId("play").setAttribute("aria-pressed", "false"); };
  if (playing) return stop();
  byId("play").textContent = "❚❚ Stop";
  byId("play").setAttribute("aria-pressed", "true");
  setPeriod("until", period.until === moments.length - 1 ? period.since : period.until);
  playing = setInterval(() => {
    if (period.until >= moments.length - 1) return stop();
    setPeriod("until", period.until + 1);
  }, Math.max(60, Math.min(500, 15000 / moments.length)));
});

const search = byId("search"), found = byId("found");
let picked = -1;
function listFound() {
  const results = find(search.value);
  picked = results.length ? 0 : -1;
  found.replaceChildren(...results.map((node, place) => {
    const item = make("li", "", { id: "found-" + place });
    item.setAttribute("role", "option");
    const [, colour, shape] = data.types[node.t];
    item.append(swatch(colour, shape), make("bdi", cut(node.l)), make("small", typeName(data.types[node.t][0])));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(node); });
    return item;
  }));
  if (search.value.trim() && !results.length) found.replaceChildren(make("li", "no such name"));
  found.hidden = !search.value.trim();
  const at = search.getBoundingClientRect();
  Object.assign(found.style, { left: at.left + "px", top: at.bottom + 4 + "px", width: Math.max(at.width, 300) + "px" });
  search.setAttribute("aria-expanded", String(!found.hidden));
  mark();
}
function mark() {
  [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === picked)));
  search.setAttribute("aria-activedescendant", picked < 0 ? "" : "found-" + picked);
  found.children[picked]?.scrollIntoView({ block: "nearest" });
}
function pick(node) {
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
  if (!node.shown) { shownTypes.add(node.t); document.querySelectorAll("#types input")[node.t].checked = true; setPeriodWide(); }
  choose(node, null, true);
  canvas.focus();
}
const setPeriodWide = () => { if (moments.length > 1) { period.since = 0; setPeriod("until", moments.length - 1); } else update(); };
search.addEventListener("input", listFound);
search.addEventListener("blur", () => { found.hidden = true; });
search.addEventListener("keydown", (event) => {
  const results = find(search.value), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && results.length) { picked = (picked + step + results.length) % results.length; mark(); event.preventDefault(); }
  if (event.key === "Enter" && results[picked]) pick(results[picked]);
  if (event.key === "Escape") { search.value = ""; listFound(); canvas.focus(); }
});

let held = null;
const pointers = new Map();
const spot = (event) => { const at = canvas.getBoundingClientRect(); return [event.clientX - at.left, event.clientY - at.top]; };
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, spot(event));
  const [x, y] = spot(event);
  held = { node: nodeAt(x, y), x, y, moved: false };
});
canvas.addEventListener("pointermove", (event) => {
  const [x, y] = spot(event);
  if (!held) { canvas.style.cursor = nodeAt(x, y) ? "pointer" : "grab"; return; }
  if (pointers.size === 2) {
    const [a, b] = [...pointers.values()], before = Math.hypot(a[0] - b[0], a[1] - b[1]);
    pointers.set(event.pointerId, [x, y]);
    const [c, d] = [...pointers.values()];
    held.moved = true;
    return zoom(Math.hypot(c[0] - d[0], c[1] - d[1]) / (before || 1), (c[0] + d[0]) / 2, (c[1] + d[1]) / 2);
  }
  pointers.set(event.pointerId, [x, y]);
  if (!held.moved && Math.hypot(x - held.x, y - held.y) < 4) return;
  const [across, down] = [(x - held.x) / camera.scale, (y - held.y) / camera.scale];
  if (held.node) { held.node.x += across; held.node.y += down; } else { camera.x -= across; camera.y -= down; }
  Object.assign(held, { x, y, moved: true });
  redraw();
});
canvas.addEventListener("pointerup", (event) => {
  pointers.delete(event.pointerId);
  if (held && !held.moved) choose(held.node, held.node ? null : edgeAt(held.x, held.y));
  held = null;
});
canvas.addEventListener("pointercancel", () => { pointers.clear(); held = null; });
canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.0015), ...spot(event)); }, { passive: false });

let walked = -1;
function walk(step) {
  const shown = ranked.filter((node) => node.shown);
  if (!shown.length) return;
  const at = shown.indexOf(choice.node);
  choose(shown[(at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step + shown.length) % shown.length], null, true);
  walked = -1;
}
function walkEdges() {
  const node = choice.node || choice.edge?.from, own = node ? node.edges.filter((edge) => edge.shown) : [];
  if (own.length) { walked = (walked + 1) % own.length; choose(null, own[walked]); }
}
const KEYS = {
  n: () => walk(1), p: () => walk(-1), e: walkEdges, "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8),
  0: () => { fit(); redraw(); }, Escape: () => choose(null, null),
  ArrowLeft: () => { camera.x -= 40 / camera.scale; redraw(); }, ArrowRight: () => { camera.x += 40 / camera.scale; redraw(); },
  ArrowUp: () => { camera.y -= 40 / camera.scale; redraw(); }, ArrowDown: () => { camera.y += 40 / camera.scale; redraw(); },
};
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
});
byId("closer").addEventListener("click", () => zoom(1.25));
byId("wider").addEventListener("click", () => zoom(0.8));
byId("whole").addEventListener("click", () => { fit(); redraw(); });
byId("print").addEventListener("click", () => window.print());
let screenTheme = null;
window.addEventListener("beforeprint", () => { screenTheme = root.dataset.theme; root.dataset.theme = "light"; measure(); fit(); draw(); });
window.addEventListener("afterprint", () => { root.dataset.theme = screenTheme; measure(); fit(); redraw(); });
new ResizeObserver(() => { measure(); redraw(); }).observe(byId("stage"));

measure();
fit();
update();
draw();
root.dataset.ready = String(Math.round(performance.now()));
