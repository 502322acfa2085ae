// The picture: a camera over the places that were worked out beforehand, and what is under the pointer.
const canvas = byId("canvas");
const pen = canvas.getContext("2d");
const camera = { x: 0, y: 0, scale: 1 };
const size = { width: 0, height: 0, ratio: 1 };
const LONGEST_LABEL = 34;
let waiting = false;

const theme = () => {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue("--" + name).trim();
};
const place = (node) => [(node.x - camera.x) * camera.scale + size.width / 2, (node.y - camera.y) * camera.scale + size.height / 2];
const drawnRadius = (node) => Math.max(2, radius(node) * Math.min(Math.max(camera.scale, 0.3), 1.6));
const cut = (text) => { const one = text.replace(/\s+/g, " "); return one.length > LONGEST_LABEL ? one.slice(0, LONGEST_LABEL - 1) + "…" : one; };

function fit(some = nodes.filter((node) => node.shown)) {
  const all = some.length ? some : nodes;
  const xs = all.map((node) => node.x), ys = all.map((node) => node.y);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b), Infinity), xs.reduce((a, b) => Math.max(a, b), -Infinity)];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b), Infinity), ys.reduce((a, b) => Math.max(a, b), -Infinity)];
  camera.x = (left + right) / 2;
  camera.y = (top + bottom) / 2;
  camera.scale = Math.min(size.width / (right - left + 140), size.height / (bottom - top + 90), 2);
}

function redraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

const SHAPES = {
  circle: (x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
  square: (x, y, r) => pen.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76),
  diamond: (x, y, r) => polygon(x, y, r * 1.2, 4, 0),
  triangle: (x, y, r) => polygon(x, y + r * 0.15, r * 1.25, 3, 0),
  hexagon: (x, y, r) => polygon(x, y, r * 1.08, 6, Math.PI / 6),
};
function polygon(x, y, r, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = turn - Math.PI / 2 + (2 * Math.PI * i) / corners;
    pen[i ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  pen.closePath();
}

// The control point of an edge's arc.
function control(edge) {
  const [x1, y1] = place(edge.from), [x2, y2] = place(edge.to);
  const length = Math.hypot(x2 - x1, y2 - y1) || 1, bend = edge.bend * Math.min(camera.scale, 1.5) * 2;
  return [(x1 + x2) / 2 - ((y2 - y1) / length) * bend, (y1 + y2) / 2 + ((x2 - x1) / length) * bend];
}
const alight = (edge) => edge === choice.edge || (choice.node && (edge.from === choice.node || edge.to === choice.node));

function drawEdges(colour) {
  const faint = (edge) => edge.r === data.together;
  const chosen = choice.node || choice.edge;
  for (const layer of [0, 1, 2]) {
    for (const edge of edges) {
      const mine = alight(edge) ? 2 : faint(edge) ? 0 : 1;
      if (!edge.shown || mine !== layer) continue;
      const [x1, y1] = place(edge.from), [x2, y2] = place(edge.to), [cx, cy] = control(edge);
      pen.beginPath();
      pen.moveTo(x1, y1);
      if (edge.bend) pen.quadraticCurveTo(cx, cy, x2, y2); else pen.lineTo(x2, y2);
      pen.strokeStyle = layer === 2 ? colour.mark : colour.soft;
      pen.globalAlpha = layer === 2 ? 1 : (layer === 0 ? 0.22 : 0.75) * (chosen ? 0.45 : 1);
      pen.lineWidth = (edge === choice.edge ? 3 : layer === 0 ? 0.8 : 1 + Math.log2(edge.n || 1) * 0.7);
      pen.setLineDash(edge.m ? [5, 4] : []);
      pen.stroke();
      if (layer && camera.scale > 0.35) arrow(edge, cx, cy, x2, y2);
    }
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function arrow(edge, cx, cy, x2, y2) {
  if (edge.r === data.together) return;
  const angle = Math.atan2(y2 - cy, x2 - cx), back = drawnRadius(edge.to) + 1.5, length = 7;
  const [x, y] = [x2 - Math.cos(angle) * back, y2 - Math.sin(angle) * back];
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - length * Math.cos(angle - 0.4), y - length * Math.sin(angle - 0.4));
  pen.lineTo(x - length * Math.cos(angle + 0.4), y - length * Math.sin(angle + 0.4));
  pen.fillStyle = pen.strokeStyle;
  pen.fill();
}

function drawNodes(colour, near) {
  for (const node of ranked) {
    if (!node.shown) continue;
    const [x, y] = place(node), [, fill, shape] = data.types[node.t];
    if (x < -40 || y < -40 || x > size.width + 40 || y > size.height + 40) continue;
    pen.beginPath();
    SHAPES[shape](x, y, drawnRadius(node));
    pen.globalAlpha = near && !near.has(node) ? 0.3 : 1;
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = node === choice.node ? colour.mark : colour.paper;
    pen.lineWidth = node === choice.node ? 3 : 1.2;
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

// Labels of the weightiest first; one that would lie on another is left out until one zooms in.
function drawLabels(colour, near) {
  const taken = ranked.slice(0, 1500).filter((node) => node.shown).map((node) => {
    const [x, y] = place(node), r = drawnRadius(node) * 0.8;
    return [x - r, x + r, y - r, y + r];
  });
  const before = taken.length, always = new Set(ranked.filter((node) => node.shown).slice(0, 12));
  const most = 60 + 240 * Math.min(camera.scale, 2);
  const order = near ? [...ranked.filter((node) => near.has(node)), ...ranked.filter((node) => !near.has(node))] : ranked;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const node of order) {
    if (!node.shown || taken.length - before > most) continue;
    const [x, y] = place(node);
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const own = node === choice.node, height = own ? 15 : Math.min(14, 10.5 + Math.log2(1 + node.n) * 0.6);
    pen.font = (own ? "600 " : "") + height + "px system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif";
    const text = "\u2068" + cut(node.l) + "\u2069", width = pen.measureText(text).width, off = drawnRadius(node) + 4;
    const tries = [[x + off, y], [x - off - width, y], [x - width / 2, y + off + height / 2], [x - width / 2, y - off - height / 2]];
    const obstacles = always.has(node) ? taken.slice(before) : taken;
    const free = tries.find(([left, middle]) => !obstacles.some((box) => left < box[1] && left + width > box[0]
      && middle - height / 2 < box[3] && middle + height / 2 > box[2]));
    if (!free && !own) continue;
    const [left, middle] = free || tries[0];
    taken.push([left - 3, left + width + 3, middle - height / 2 - 1, middle + height / 2 + 1]);
    pen.globalAlpha = near && !near.has(node) ? 0.35 : 1;
    pen.strokeStyle = colour.paper;
    pen.lineWidth = 3;
    pen.strokeText(text, left, middle);
    pen.fillStyle = colour.ink;
    pen.fillText(text, left, middle);
  }
  pen.globalAlpha = 1;
}

function draw() {
  const read = theme(), colour = { paper: read("paper"), ink: read("ink"), soft: read("soft"), mark: read("mark") };
  pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  pen.fillStyle = colour.paper;
  pen.fillRect(0, 0, size.width, size.height);
  let near = null;
  if (choice.node) near = new Set([choice.node, ...choice.node.edges.filter((e) => e.shown).flatMap((e) => [e.from, e.to])]);
  if (choice.edge) near = new Set([choice.edge.from, choice.edge.to]);
  drawEdges(colour);
  drawNodes(colour, near);
  drawLabels(colour, near);
}

function nodeAt(x, y) {
  for (const node of ranked.filter((one) => one.shown).reverse()) {
    const [nx, ny] = place(node);
    if (Math.hypot(nx - x, ny - y) <= drawnRadius(node) + 3) return node;
  }
  return null;
}

function edgeAt(x, y) {
  let best = null, least = 7;
  for (const edge of edges) {
    if (!edge.shown) continue;
    const [x1, y1] = place(edge.from), [x2, y2] = place(edge.to), [cx, cy] = edge.bend ? control(edge) : [(x1 + x2) / 2, (y1 + y2) / 2];
    for (let step = 0; step <= 24; step++) {
      const t = step / 24, u = 1 - t;
      const gap = Math.hypot(u * u * x1 + 2 * u * t * cx + t * t * x2 - x, u * u * y1 + 2 * u * t * cy + t * t * y2 - y);
      if (gap < least - (edge.r === data.together ? -1 : 0)) [best, least] = [edge, gap];
    }
  }
  return best;
}

function measure() {
  const box = byId("stage").getBoundingClientRect();
  Object.assign(size, { width: box.width, height: box.height, ratio: window.devicePixelRatio || 1 });
  canvas.width = Math.max(1, Math.round(size.width * size.ratio));
  canvas.height = Math.max(1, Math.round(size.height * size.ratio));
}
