// Positions explorer: the formulas are short, so everything is computed here and the picture follows the hand.

const CONTROLS = ["view", "d_model", "base", "position", "other", "dimension"];
const SIDE = 330; // of the square map, in the drawing's own units
const MAP = { left: 38, top: 40, width: 382, height: 400 };
const PLOT = { left: 30, width: 392, total: 430, height: { table: 376, distance: 336, rotation: 324 } };

const frequency = (pair, dModel, base) => base ** ((-2 * pair) / dModel);

function encoding(position, dimension, dModel, base) {
  const angle = position * frequency(Math.floor(dimension / 2), dModel, base);
  return dimension % 2 ? Math.cos(angle) : Math.sin(angle);
}

// Dot product of two encodings by their distance, as a share of the largest.
function agreement(distance, dModel, base) {
  let sum = 0;
  for (let pair = 0; pair < dModel / 2; pair += 1) sum += Math.cos(distance * frequency(pair, dModel, base));
  return sum / (dModel / 2);
}

function turned([length, direction], position, angle) {
  const heading = direction + position * angle;
  return [length * Math.cos(heading), length * Math.sin(heading)];
}

const spaced = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, " ");
const short = (value) => (value < 100 ? value.toFixed(1) : spaced(Math.round(value)));
const minus = (value) => String(value).replace("-", "−");
const signed = (value) => (value > 0 ? `+${value}` : minus(value));

function ticks(size) {
  const step = [1, 2, 4, 8, 16, 32].find((candidate) => size / candidate <= 8);
  return Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step);
}

function distanceTicks(length) {
  const step = [40, 20, 10, 5, 2, 1].find((candidate) => candidate <= Math.max(1, (length - 1) / 3));
  const reach = Math.floor((length - 1) / step);
  return Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * step);
}

const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);

function render({ model, el }) {
  const data = model.get("data");
  const { length, views, questions, widths, bases, queryPair, keyPair, palette } = data;
  const { root, heading } = frame("positions", questions[model.get("view")]);
  let look = { theme: "light", heat: [] };
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  let together = false; // move both positions at once: the distance stays

  const names = { table: "table", distance: "dot products", rotation: "rotation (RoPE)" };
  const viewOptions = views.map((value) => ({ value, label: names[value] }));
  const view = choice("View", viewOptions, (value) => control.set({ view: value }));
  const width = slider("d_model", {
    min: 0,
    max: widths.length - 1,
    step: 1,
    words: (index) => String(widths[index]),
    onInput(index) {
      const d_model = widths[index];
      control.set({ d_model, dimension: Math.min(state.dimension, d_model - 1) });
    },
  });
  const base = slider("base", {
    min: 0,
    max: bases.length - 1,
    step: 1,
    words: (index) => spaced(bases[index]),
    onInput: (index) => control.set({ base: bases[index] }),
    note: "10 000 in the paper of 2017; larger bases turn more slowly and reach further",
  });
  const last = length - 1;
  const position = slider("position", { min: 0, max: last, step: 1, words: String, onInput: moveQuery });
  const other = slider("other position", { min: 0, max: last, step: 1, words: String, onInput: moveKey });
  const dimension = slider("dimension", {
    min: 0,
    max: widths[0] - 1,
    step: 1,
    words: String,
    onInput: (value) => control.set({ dimension: value }),
  });
  const pair = slider("pair", {
    min: 0,
    max: widths[0] / 2 - 1,
    step: 1,
    words: (value) => `${value}: dims ${2 * value}, ${2 * value + 1}`,
    onInput: (value) => control.set({ dimension: 2 * value }),
  });
  const lock = checkbox("move both together", (value) => {
    together = value;
  }, "Keeps the distance while you move either position");
  const settings = [width, base, position, other, dimension, pair, lock].map((part) => part.node);
  const left = svg("svg", { viewBox: `0 0 ${MAP.width} ${MAP.height}`, role: "img" });
  const right = svg("svg", { role: "img" });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  root.append(html("div", { class: "lfz-controls" }, view.node), html("div", { class: "lfz-controls" }, ...settings));
  root.append(html("div", { class: "lfz-pair" }, left, right), says);
  el.append(root);

  function moveQuery(value) {
    const gap = state.other - state.position;
    const place = together ? clamp(value, Math.max(0, -gap), Math.min(last, last - gap)) : value;
    control.set(together ? { position: place, other: place + gap } : { position: place });
  }

  function moveKey(value) {
    const gap = state.other - state.position;
    const place = together ? clamp(value, Math.max(0, gap), Math.min(last, last + gap)) : value;
    control.set(together ? { other: place, position: place - gap } : { other: place });
  }

  // A heat map of numbers from -1 to 1 as an image: one pixel a cell, drawn without smoothing.
  function heatMap(rows, columns, valueAt) {
    const canvas = html("canvas", { width: columns, height: rows });
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    const colours = pixels(look.heat);
    const words = new Uint32Array(image.data.buffer);
    for (let r = 0; r < rows; r += 1) {
      for (let c = 0; c < columns; c += 1) {
        const shade = clamp(Math.round((valueAt(r, c) + 1) * 127.5), 0, 255);
        words[r * columns + c] = colours[shade];
      }
    }
    context.putImageData(image, 0, 0);
    const box = { x: MAP.left, y: MAP.top, width: SIDE, height: SIDE };
    const style = "image-rendering:pixelated";
    return svg("image", { ...box, href: canvas.toDataURL(), preserveAspectRatio: "none", class: "lfz-touch", style });
  }

  function outline(x, y, w, h, colour, dash) {
    const box = { x: x - 1, y: y - 1, width: w + 2, height: h + 2, fill: "none", "pointer-events": "none" };
    return [
      svg("rect", { ...box, stroke: "var(--lfz-paper)", "stroke-width": 4 }),
      svg("rect", { ...box, stroke: colour, "stroke-width": 2, "stroke-dasharray": dash }),
    ];
  }

  function mapAxes(rowTicks, rows, columnTicks, columns, rowName, columnName, rowClass, columnClass) {
    const middle = MAP.top + SIDE / 2;
    const end = { "text-anchor": "end", class: "lfz-small" };
    return [
      ...rowTicks.map((r) => text(MAP.left - 6, MAP.top + ((r + 0.5) * SIDE) / rows + 4, String(r), end)),
      ...columnTicks.map((c) =>
        text(MAP.left + ((c + 0.5) * SIDE) / columns, MAP.top - 7, String(c), { ...end, "text-anchor": "middle" }),
      ),
      text(MAP.left + SIDE / 2, 12, columnName, { "text-anchor": "middle", class: columnClass }),
      text(10, middle, rowName, { "text-anchor": "middle", class: rowClass, transform: `rotate(-90 10 ${middle})` }),
    ];
  }

  function legend(words) {
    const y = MAP.top + SIDE + 8;
    const stops = look.heat.filter((_, i) => i % 8 === 0);
    return [
      ...stops.map((colour, i) => svg("rect", { x: MAP.left + i * 4, y, width: 4.5, height: 8, fill: colour })),
      ...[["−1", 0], ["0", 64], ["1", 128]].map(([label, x]) =>
        text(MAP.left + x, y + 19, label, { "text-anchor": "middle", class: "lfz-small" }),
      ),
      text(MAP.left + 144, y + 8, words, { class: "lfz-small" }),
    ];
  }

  // Axes for a curve: x from first to last, y from -1 to 1.
  function plot(top, height, first, final) {
    const span = Math.max(final - first, 1);
    const x = (value) => PLOT.left + 6 + ((value - first) / span) * (PLOT.width - 12);
    const y = (value) => top + 8 + ((1 - value) / 2) * (height - 16);
    const rule = { stroke: "var(--lfz-rule)" };
    const ground = { x: PLOT.left, y: top, width: PLOT.width, height, fill: "var(--lfz-panel)" };
    const axes = [svg("rect", ground)];
    for (const value of [-1, 0, 1]) {
      axes.push(svg("line", { x1: PLOT.left, x2: PLOT.left + PLOT.width, y1: y(value), y2: y(value), ...rule }));
      axes.push(text(PLOT.left - 6, y(value) + 4, minus(value), { "text-anchor": "end", class: "lfz-small" }));
    }
    return {
      axes,
      labels: (values, name) => [
        ...values.map((v) => text(x(v), top + height + 13, minus(v), { "text-anchor": "middle", class: "lfz-small" })),
        text(PLOT.left + PLOT.width / 2, top + height + 29, name, { "text-anchor": "middle", class: "lfz-small" }),
      ],
      line(places, valueAt, colour, thickness = 1.8) {
        const points = places.map((place) => `${x(place).toFixed(1)},${y(valueAt(place)).toFixed(1)}`).join(" ");
        return svg("polyline", { points, fill: "none", stroke: colour, "stroke-width": thickness });
      },
      curve(valueAt, colour) {
        const places = Array.from({ length: 301 }, (_, i) => first + ((final - first) * i) / 300);
        return this.line(places, valueAt, colour);
      },
      dots: (places, valueAt, radius, colour) =>
        places.map((place) => svg("circle", { cx: x(place), cy: y(valueAt(place)), r: radius, fill: colour })),
      mark: (place, value, colour) => [
        svg("line", { x1: x(place), x2: x(place), y1: top, y2: top + height, stroke: colour, "stroke-dasharray": "3 3" }),
        svg("circle", { cx: x(place), cy: y(value), r: 5, fill: "var(--lfz-paper)", stroke: colour, "stroke-width": 2.5 }),
      ],
    };
  }

  const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

  function paintTable() {
    const { d_model, base: theta, position: p, dimension: d } = state;
    const value = (place, dim) => encoding(place, dim, d_model, theta);
    const [cellX, cellY] = [SIDE / d_model, SIDE / length];
    left.replaceChildren(
      heatMap(length, d_model, value),
      ...mapAxes(ticks(length), length, ticks(d_model), d_model, "position", "dimension", "lfz-query", "lfz-small"),
      ...outline(MAP.left + d * cellX, MAP.top, cellX, SIDE, "var(--lfz-ink)", "4 3"),
      ...outline(MAP.left, MAP.top + p * cellY, SIDE, cellY, "var(--lfz-query)"),
      ...legend("value"),
    );
    left.setAttribute("aria-label", `Sinusoidal table of ${length} positions and ${d_model} dimensions`);
    const vector = plot(26, 118, 0, d_model - 1);
    const wave = plot(224, 118, 0, last);
    const kind = d % 2 ? "cosine" : "sine";
    const turns = short((2 * Math.PI) / frequency(Math.floor(d / 2), d_model, theta));
    const inVector = (dim) => value(p, dim);
    right.replaceChildren(
      text(PLOT.left, 16, `The vector of position ${p}`, { class: "lfz-name lfz-query" }),
      ...vector.axes,
      vector.line(range(0, d_model), inVector, "var(--lfz-query)", 1),
      ...vector.dots(range(0, d_model), inVector, 2.2, "var(--lfz-query)"),
      ...vector.labels(ticks(d_model), "dimension"),
      text(PLOT.left, 214, `Dimension ${d} at every position`, { class: "lfz-name" }),
      ...wave.axes,
      wave.curve((place) => value(place, d), "var(--lfz-accent)"),
      ...wave.dots(range(0, length), (place) => value(place, d), 2, "var(--lfz-accent)"),
      ...wave.mark(p, value(p, d), "var(--lfz-query)"),
      ...wave.labels(ticks(length), "position"),
    );
    right.setAttribute("aria-label", "The chosen row and the chosen column of the table as curves");
    const now = `Position ${p}, dimension ${d}: ${decimals(value(p, d))}.`;
    return [now, `Dimension ${d} is a ${kind} with one wave in ${turns} positions.`];
  }

  function paintDistance() {
    const { d_model, base: theta, position: p, other: o } = state;
    const byDistance = range(0, length).map((distance) => agreement(distance, d_model, theta));
    const cell = SIDE / length;
    const [x, y] = [MAP.left + (o + 0.5) * cell, MAP.top + (p + 0.5) * cell];
    const ring = { cx: x, cy: y, r: 6, fill: "none", "pointer-events": "none" };
    left.replaceChildren(
      heatMap(length, length, (r, c) => byDistance[Math.abs(r - c)]),
      ...mapAxes(ticks(length), length, ticks(length), length, "position", "other position", "lfz-query", "lfz-key"),
      ...outline(MAP.left, MAP.top + p * cell, SIDE, cell, "var(--lfz-query)"),
      svg("circle", { ...ring, stroke: "var(--lfz-paper)", "stroke-width": 5 }),
      svg("circle", { ...ring, stroke: "var(--lfz-key)", "stroke-width": 2.5 }),
      ...legend("dot product ÷ (d_model / 2)"),
    );
    left.setAttribute("aria-label", `Dot products of the encodings of ${length} positions with one another`);
    const curve = plot(26, 210, -last, last);
    const seen = range(0, length).map((k) => k - p);
    right.replaceChildren(
      text(PLOT.left, 16, "Dot product by distance", { class: "lfz-name" }),
      ...curve.axes,
      curve.curve((distance) => agreement(distance, d_model, theta), "var(--lfz-accent)"),
      ...curve.dots(seen, (distance) => byDistance[Math.abs(distance)], 2.4, "var(--lfz-query)"),
      ...curve.mark(o - p, byDistance[Math.abs(o - p)], "var(--lfz-key)"),
      ...curve.labels(distanceTicks(length), "distance: the other position minus this one"),
      text(PLOT.left, 296, `Dots: what position ${p} sees of all the others. Move it: they`, { class: "lfz-small" }),
      text(PLOT.left, 312, "slide along one curve. Only the distance counts, and left", { class: "lfz-small" }),
      text(PLOT.left, 328, "and right look alike.", { class: "lfz-small" }),
    );
    right.setAttribute("aria-label", "The dot product as a curve over the distance");
    const share = byDistance[Math.abs(o - p)];
    const dot = decimals((share * d_model) / 2);
    const now = `Positions ${p} and ${o}, distance ${signed(o - p)}: dot product ${dot} of at most ${d_model / 2}.`;
    return [now, "Move both together: it stays the same."];
  }

  function arrow(cx, cy, x, y, colour, dash, ghost) {
    const size = Math.hypot(x - cx, y - cy);
    const [ux, uy] = [(x - cx) / size, (y - cy) / size];
    const head = ghost ? 7 : 13;
    const wing = head / 2;
    const points = [
      [x, y],
      [x - ux * head - uy * wing, y - uy * head + ux * wing],
      [x - ux * head + uy * wing, y - uy * head - ux * wing],
    ];
    const end = { x2: x - ux * head * 0.8, y2: y - uy * head * 0.8 };
    const style = { stroke: colour, "stroke-width": ghost ? 1.5 : 3.5, "stroke-dasharray": dash || null };
    return svg(
      "g",
      { opacity: ghost ? 0.5 : null },
      svg("line", { x1: cx, y1: cy, ...end, ...style }),
      svg("polygon", { points: points.map((point) => point.map((v) => v.toFixed(1)).join()).join(" "), fill: colour }),
    );
  }

  function paintRotation() {
    const { d_model, base: theta, position: m, other: n } = state;
    const chosen = Math.floor(state.dimension / 2);
    const angle = frequency(chosen, d_model, theta);
    const [cx, cy, radius] = [MAP.left + SIDE / 2 - 12, MAP.top + SIDE / 2 - 10, SIDE / 2 - 14];
    const onPage = ([x, y], stretch = 1) => [cx + x * radius * stretch, cy - y * radius * stretch];
    const rule = { stroke: "var(--lfz-rule)" };
    const parts = [
      svg("circle", { cx, cy, r: radius, fill: "var(--lfz-panel)", ...rule }),
      svg("line", { x1: cx - radius, x2: cx + radius, y1: cy, y2: cy, ...rule }),
      svg("line", { x1: cx, x2: cx, y1: cy - radius, y2: cy + radius, ...rule }),
    ];
    for (const [role, letter, start, place] of [["key", "k", keyPair, n], ["query", "q", queryPair, m]]) {
      const [colour, dash] = [`var(--lfz-${role})`, palette.roles[role].dash];
      const tip = turned(start, place, angle);
      parts.push(arrow(cx, cy, ...onPage(turned(start, 0, angle)), colour, dash, true));
      parts.push(arrow(cx, cy, ...onPage(tip), colour, dash, false));
      const [x, y] = onPage(tip, (start[0] + 0.1) / start[0]);
      const style = "font-size:16px;font-style:italic";
      parts.push(text(x, y + 5, letter, { class: `lfz-name lfz-${role}`, "text-anchor": "middle", style }));
    }
    const caption = "thin: before turning · thick: turned to its position";
    left.replaceChildren(
      ...parts,
      svg("circle", { cx, cy, r: 3, fill: "var(--lfz-ink)" }),
      text(cx, MAP.top + SIDE + 16, caption, { class: "lfz-small", "text-anchor": "middle" }),
    );
    left.setAttribute("aria-label", `Query and key of pair ${chosen} as arrows, turned to positions ${m} and ${n}`);
    const score = (distance) => {
      const [q, k] = [turned(queryPair, 0, angle), turned(keyPair, distance, angle)];
      return q[0] * k[0] + q[1] * k[1];
    };
    const curve = plot(26, 170, -last, last);
    const turn = decimals((angle * 180) / Math.PI, angle > 0.001 ? 2 : 5);
    const line = (y, role, place) => [
      text(PLOT.left, y, role, { class: `lfz-name lfz-${role}` }),
      text(PLOT.left + 60, y, `position ${place}: turned by ${place} × ${turn}°`),
    ];
    right.replaceChildren(
      text(PLOT.left, 16, "Dot product q · k by distance", { class: "lfz-name" }),
      ...curve.axes,
      curve.curve(score, "var(--lfz-accent)"),
      ...curve.mark(n - m, score(n - m), "var(--lfz-key)"),
      ...curve.labels(distanceTicks(length), "distance: the key's position minus the query's"),
      ...line(262, "query", m),
      ...line(284, "key", n),
      text(PLOT.left, 316, `This pair turns once around in ${short((2 * Math.PI) / angle)} positions.`, {
        class: "lfz-small",
      }),
    );
    right.setAttribute("aria-label", "The dot product as a curve over the distance");
    const now = `Query at ${m}, key at ${n}, distance ${signed(n - m)}: q · k = ${decimals(score(n - m))}.`;
    return [now, "Move both together: both arrows turn, and q · k stays as it is."];
  }

  const painters = { table: paintTable, distance: paintDistance, rotation: paintRotation };

  function paint() {
    const { view: chosen } = state;
    view.set(chosen);
    width.set(widths.indexOf(state.d_model));
    base.set(bases.indexOf(state.base));
    position.rename(chosen === "rotation" ? "query's position" : "position");
    other.rename(chosen === "rotation" ? "key's position" : "other position");
    dimension.limit(state.d_model - 1);
    pair.limit(state.d_model / 2 - 1);
    position.set(state.position);
    other.set(state.other);
    dimension.set(state.dimension);
    pair.set(Math.floor(state.dimension / 2));
    lock.set(together);
    other.show(chosen !== "table");
    lock.show(chosen !== "table");
    dimension.show(chosen === "table");
    pair.show(chosen === "rotation");
    heading.textContent = questions[chosen];
    root.dataset.view = chosen;
    right.setAttribute("viewBox", `0 0 ${PLOT.total} ${PLOT.height[chosen]}`);
    const [now, more] = painters[chosen]();
    if (says.dataset.now !== now + more) {
      says.dataset.now = now + more;
      says.replaceChildren(html("b", {}, now), html("div", { class: "lfz-hint" }, more));
    }
  }

  // Pointing into a map chooses row and column at once; in the rotation view there is no map.
  function point(event) {
    if (state.view === "rotation" || (event.type === "pointermove" && !event.buttons)) return;
    const box = left.getBoundingClientRect();
    const scale = MAP.width / box.width;
    const columns = state.view === "table" ? state.d_model : length;
    const c = Math.floor((((event.clientX - box.left) * scale - MAP.left) / SIDE) * columns);
    const r = Math.floor((((event.clientY - box.top) * scale - MAP.top) / SIDE) * length);
    if (event.type === "pointerdown" && (c < 0 || c >= columns || r < 0 || r >= length)) return;
    const [row, column] = [clamp(r, 0, last), clamp(c, 0, columns - 1)];
    control.set(state.view === "table" ? { position: row, dimension: column } : { position: row, other: column });
    event.preventDefault();
  }
  left.addEventListener("pointerdown", point);
  left.addEventListener("pointermove", point);

  function dress() {
    look = applyTheme(root, palette);
    paint();
  }
  return live(root, dress, control);
}

export default { render };
