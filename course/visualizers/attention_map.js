// The map of attention, for the scripts that show one: scores come once, the softmax is done here, so that the picture
// follows the hand. `fixed` weights (a model's own) have no mask and no temperature to set.

const ATTENTION_CONTROLS = ["head", "mask", "temperature", "row", "scaled"];
const SHADE_POWER = 0.6; // as in the static picture: small weights are lifted, the legend shows how
const THUMBNAIL = 56;

// The weights of one head: rows of shares of one; a key that is masked or has the score -infinity gets 0.
function attentionWeights(scores, allowed, rows, columns, factor) {
  const weights = new Float32Array(rows * columns);
  for (let q = 0; q < rows; q += 1) {
    const start = q * columns;
    let highest = -Infinity;
    for (let i = start; i < start + columns; i += 1) if (allowed[i] && scores[i] > highest) highest = scores[i];
    if (highest === -Infinity) continue;
    let total = 0;
    for (let i = start; i < start + columns; i += 1) {
      if (!allowed[i]) continue;
      weights[i] = Math.exp((scores[i] - highest) * factor);
      total += weights[i];
    }
    for (let i = start; i < start + columns; i += 1) weights[i] /= total;
  }
  return weights;
}

function attentionMap({ model, el }) {
  const data = model.get("data");
  const { tokens, keyTokens, headNames, padding, masks, dK, palette } = data;
  const [rows, columns] = [tokens.length, keyTokens.length];
  const buffer = data.scores.buffer || data.scores;
  const bytes = buffer.slice(data.scores.byteOffset || 0, (data.scores.byteOffset || 0) + data.scores.byteLength);
  const scores = new Float32Array(bytes);
  const size = rows * columns;

  const { root } = frame("attention", data.question);
  let look = { theme: "light", heat: [] };
  let layout = null;
  let hovered = null; // the row under the pointer, shown until the pointer leaves
  let column = null; // the key under the pointer or chosen by the left and right arrow keys
  let drawn = new Float32Array(0);
  const control = controls(model, ATTENTION_CONTROLS, paint);
  const { state } = control;

  // Controls
  const thumbnails = headNames.map(() => html("canvas", { width: columns, height: rows, "aria-hidden": "true" }));
  const options = headNames.map((label, value) => ({ value, label, before: thumbnails[value] }));
  const heads = choice("Head", options, (head) => control.set({ head }), "lfz-heads");
  const maskOptions = masks.map((value) => ({ value, label: value }));
  const mask = choice("Mask", maskOptions, (value) => control.set({ mask: value }));
  const temperature = slider("Temperature", {
    min: -1,
    max: 1,
    step: 0.02,
    words: (log) => (10 ** log).toFixed(2),
    onInput: (log) => control.set({ temperature: 10 ** log }),
    note: "Scores are divided by it before the softmax: low sharpens, high flattens",
  });
  const scaled = checkbox(
    "divide scores by √d_k",
    (value) => control.set({ scaled: value }),
    dK === null ? null : `d_k is ${dK} here, so √d_k is ${Math.sqrt(dK).toFixed(2)}`,
  );
  scaled.show(dK !== null);
  const reset = html("button", { type: "button", ...KEEP_KEYS, onclick: () => control.set({ temperature: 1 }) }, "reset to 1");
  const hot = html("div", { class: "lfz-temperature" }, temperature.node, reset);
  const settings = html("div", { class: "lfz-controls", hidden: data.fixed }, mask.node, hot, scaled.node);

  // Picture and the chosen row beside it
  const picture = svg("svg", { role: "listbox", "aria-label": "Query tokens; arrow keys choose the row and the key" });
  const legend = html("div", { class: "lfz-legend" });
  const map = html("div", { class: "lfz-map" }, picture, legend);
  const heading = html("div", { class: "lfz-looks" });
  const bars = html("div", { class: "lfz-bars" });
  const note = html("div", { class: "lfz-note" });
  const detail = html("div", { class: "lfz-detail" });
  const panel = html("div", { class: "lfz-panel" }, heading, bars, note, detail);
  const spoken = html("div", { class: "lfz-spoken", "aria-live": "polite" });
  const title = data.title ? [html("div", { class: "lfz-title" }, data.title)] : [];
  const hint = "Point at a row, or focus the picture and use the arrow keys.";
  const introduction = html("div", { class: "lfz-hint" }, hint);
  root.append(...title, introduction, ...(headNames.length > 1 ? [heads.node] : []), settings);
  root.append(html("div", { class: "lfz-body" }, map, panel), spoken);
  el.append(root);

  const family = () => getComputedStyle(root).fontFamily;
  const shade = (weight) => look.heat[Math.round(255 * weight ** SHADE_POWER)];

  function allowedKeys() {
    const allowed = new Uint8Array(size);
    for (let q = 0; q < rows; q += 1) {
      for (let k = 0; k < columns; k += 1) {
        const future = state.mask.includes("causal") && k > q;
        allowed[q * columns + k] = !(future || (state.mask.includes("padding") && padding[k]));
      }
    }
    return allowed;
  }

  function weightsOf(head, allowed) {
    const factor = (state.scaled || dK === null ? 1 : Math.sqrt(dK)) / state.temperature;
    return attentionWeights(scores.subarray(head * size, (head + 1) * size), allowed, rows, columns, factor);
  }

  // The parts of the picture that depend on its width only
  function build(width) {
    const wide = width >= 700;
    const room = (wide ? width - 300 : width) - 8;
    const font = family();
    const labelRoom = clamp(room * 0.2, 56, 110);
    const longest = Math.max(...tokens.map((token) => widthOf(token, 12, font, "bold")));
    const left = Math.ceil(Math.max(Math.min(longest, labelRoom), widthOf("query ↓", 12, font, "bold")) + 14);
    let cell = clamp(Math.floor((room - left - 12) / columns), 8, 38);
    const upright = cell < 18;
    const fontSize = clamp(cell - 1.5, 6.5, 12);
    const names = keyTokens.map((token) => shorten(token, fontSize, font, labelRoom));
    const deep = Math.max(...names.map((name) => widthOf(name, fontSize, font)));
    const overhang = upright ? 4 : Math.max(4, Math.ceil(deep * 0.72 - cell * 0.4));
    if (!upright) cell = clamp(Math.floor((room - left - overhang) / columns), 18, 38);
    const top = Math.ceil(26 + (upright ? deep : deep * 0.72) + 8);
    const numbered = cell >= 29;
    const gap = cell >= 9 ? 1 : 0;
    const [w, h] = [left + columns * cell + overhang, top + rows * cell + 4];

    picture.replaceChildren();
    fill(picture, { width: w, height: h, viewBox: `0 0 ${w} ${h}` }, []);
    picture.append(
      svg("text", { x: left, y: 14, class: "lfz-key lfz-strong" }, "key →"),
      svg("text", { x: left - 8, y: top - 9, class: "lfz-query lfz-strong", "text-anchor": "end" }, "query ↓"),
      svg("rect", { x: left - 1, y: top - 1, width: columns * cell + 1, height: rows * cell + 1, class: "lfz-grid" }),
    );
    const keyLabels = names.map((name, k) => {
      const x = left + k * cell + (upright ? cell / 2 + fontSize * 0.35 : cell * 0.6);
      const turn = `rotate(${upright ? -90 : -45} ${x} ${top - 7})`;
      const place = { x, y: top - 7, transform: turn, class: "lfz-key", "font-size": fontSize };
      const label = svg("text", place, name, svg("title", {}, keyTokens[k]));
      picture.append(label);
      return label;
    });
    const cells = [];
    const numbers = [];
    const options = tokens.map((token, q) => {
      const y = top + q * cell;
      const middle = y + cell / 2 + fontSize * 0.36;
      const name = shorten(token, fontSize, font, left - 14);
      const place = { x: left - 8, y: middle, "text-anchor": "end", class: "lfz-query", "font-size": fontSize };
      const label = svg("text", place, name, svg("title", {}, token));
      const group = svg("g", { role: "option", tabindex: "-1", "aria-label": token, ...KEEP_KEYS }, label);
      for (let k = 0; k < columns; k += 1) {
        const x = left + k * cell;
        const rect = svg("rect", { x, y, width: cell - gap, height: cell - gap });
        cells.push(rect);
        group.append(rect);
        if (numbered) {
          const at = { x: x + (cell - 1) / 2, y: y + cell / 2 + 3.5, class: "lfz-number", "text-anchor": "middle" };
          numbers.push(svg("text", at));
          group.append(numbers[numbers.length - 1]);
        }
      }
      group.addEventListener("focus", () => {
        if (state.row !== q) control.set({ row: q });
      });
      picture.append(group);
      return group;
    });
    const hatch = svg("path", { class: "lfz-hatch" });
    const frameBack = svg("rect", { class: "lfz-frame-back" });
    const rowFrame = svg("rect", { class: "lfz-frame" });
    const cellFrame = svg("rect", { class: "lfz-cell-frame" });
    picture.append(hatch, frameBack, rowFrame, cellFrame);
    layout = { left, top, cell, gap, numbered, cells, numbers, options, keyLabels, hatch, frameBack, rowFrame, cellFrame };
    drawn = new Float32Array(size).fill(-2);
    root.classList.toggle("lfz-wide", wide);
  }

  function cellAt(event) {
    const box = picture.getBoundingClientRect();
    const scale = picture.viewBox.baseVal.width / box.width;
    const q = Math.floor(((event.clientY - box.top) * scale - layout.top) / layout.cell);
    const k = Math.floor(((event.clientX - box.left) * scale - layout.left) / layout.cell);
    return { q: q >= 0 && q < rows ? q : null, k: k >= 0 && k < columns ? k : null };
  }

  picture.addEventListener("pointermove", (event) => {
    const { q, k } = cellAt(event);
    if (q === hovered && k === column) return;
    hovered = q;
    column = q === null ? null : k;
    control.paintSoon();
  });
  picture.addEventListener("pointerleave", () => {
    hovered = column = null;
    control.paintSoon();
  });
  picture.addEventListener("click", (event) => {
    const { q } = cellAt(event);
    if (q === null) return;
    control.set({ row: q });
    layout.options[q].focus({ preventScroll: true });
  });
  picture.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -5, PageDown: 5, Home: -rows, End: rows };
    if (event.key in steps) {
      hovered = null;
      const row = clamp(state.row + steps[event.key], 0, rows - 1);
      control.set({ row });
      layout.options[row].focus({ preventScroll: true });
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      column = column === null ? (step > 0 ? 0 : columns - 1) : clamp(column + step, 0, columns - 1);
      control.paintSoon();
    } else if (event.key === "Escape" && column !== null) {
      column = null;
      control.paintSoon();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  function paintMap(weights, allowed) {
    const { left, top, cell, gap, cells, numbers, numbered } = layout;
    let hatch = "";
    for (let i = 0; i < size; i += 1) {
      const value = allowed[i] ? weights[i] : -1;
      if (value < 0) {
        const [x, y] = [left + (i % columns) * cell, top + Math.floor(i / columns) * cell];
        hatch += `M${x} ${y + cell - gap}l${cell - gap} ${gap - cell}`;
      }
      if (value === drawn[i]) continue; // most cells keep their colour: the browser need not look at them
      drawn[i] = value;
      const colour = value < 0 ? "var(--lfz-paper)" : shade(value);
      cells[i].setAttribute("fill", colour);
      if (numbered) {
        numbers[i].textContent = value < 0.005 ? "" : value.toFixed(2);
        if (value >= 0.005) numbers[i].setAttribute("fill", inkOn(colour));
      }
    }
    layout.hatch.setAttribute("d", hatch);
  }

  function paintFrames(row) {
    const { left, top, cell, options, keyLabels, frameBack, rowFrame, cellFrame } = layout;
    const box = { x: left - 1.5, y: top + row * cell - 1.5, width: columns * cell + 2, height: cell + 2 };
    fill(rowFrame, box, []);
    fill(frameBack, box, []);
    cellFrame.style.display = column === null ? "none" : "";
    if (column !== null) fill(cellFrame, { ...box, x: left + column * cell - 1.5, width: cell + 2 }, []);
    options.forEach((option, q) => {
      option.setAttribute("aria-selected", String(q === state.row));
      option.setAttribute("tabindex", q === state.row ? "0" : "-1");
      option.classList.toggle("lfz-now", q === row);
    });
    keyLabels.forEach((label, k) => label.classList.toggle("lfz-now", k === column));
  }

  function paintPanel(weights, allowed, row) {
    const own = weights.subarray(row * columns, (row + 1) * columns);
    const permitted = allowed.subarray(row * columns, (row + 1) * columns);
    const total = own.reduce((sum, weight) => sum + weight, 0);
    let order = [...own.keys()];
    const byWeight = [...order].sort((a, b) => own[b] - own[a] || a - b);
    const cut = columns > 16;
    if (cut) order = byWeight.slice(0, 14);
    const quoted = html("b", { class: "lfz-query", title: tokens[row] }, `“${tokens[row]}”`);
    heading.replaceChildren(quoted, " looks at");
    bars.replaceChildren(
      ...order.map((k) => {
        const bar = html("span", { class: "lfz-bar" }, html("i", { style: `width:${(own[k] * 100).toFixed(2)}%` }));
        const number = html("span", { class: "lfz-value" }, permitted[k] ? own[k].toFixed(2) : "masked");
        const name = html("span", { class: "lfz-key", title: keyTokens[k] }, keyTokens[k]);
        return html("div", { class: `lfz-row${k === column ? " lfz-now" : ""}`, "data-key": k }, name, bar, number);
      }),
    );
    if (!total) {
      note.textContent = "The mask hides every key from this query.";
    } else {
      const entropy = own.reduce((sum, weight) => (weight > 0 ? sum - weight * Math.log(weight) : sum), 0);
      const rest = 1 - order.reduce((sum, k) => sum + own[k], 0);
      const others = cut ? `the other ${columns - order.length} together: ${Math.max(rest, 0).toFixed(2)} · ` : "";
      note.textContent = `${others}spread over ${Math.exp(entropy).toFixed(1)} tokens`;
    }
    const looks = byWeight.slice(0, 3).filter((k) => own[k] >= 0.005);
    const list = looks.map((k) => `“${keyTokens[k]}” (${own[k].toFixed(2)})`).join(", ");
    let sentence = `“${tokens[row]}” looks at ${list || "nothing: the mask hides every key"}.`;
    detail.textContent = "";
    if (column !== null) {
      const i = row * columns + column;
      const score = scores[state.head * size + i] * (state.scaled || dK === null ? 1 : Math.sqrt(dK));
      const number = Number.isFinite(score) ? decimals(score) : "−∞";
      const result = permitted[column] ? `weight ${own[column].toFixed(2)}` : "masked, so weight 0";
      const known = data.fixed ? "" : `score ${number}, `;
      detail.textContent = `“${tokens[row]}” → “${keyTokens[column]}”: ${known}${result}`;
      sentence = `${detail.textContent}.`;
    }
    if (hovered === null) {
      spoken.textContent = sentence;
      layout.options[state.row].setAttribute("aria-label", sentence);
    }
  }

  function paintThumbnails(allowed) {
    if (headNames.length < 2) return;
    const colours = pixels(look.heat);
    thumbnails.forEach((canvas, head) => {
      const context = canvas.getContext("2d");
      const image = context.createImageData(columns, rows);
      const words = new Uint32Array(image.data.buffer);
      const weights = weightsOf(head, allowed);
      for (let i = 0; i < size; i += 1) words[i] = colours[Math.round(255 * weights[i] ** SHADE_POWER)];
      context.putImageData(image, 0, 0);
    });
  }

  function paintLegend() {
    const ticks = [0, 0.1, 0.5, 1].map((weight) =>
      html("span", { style: `left:${(weight ** SHADE_POWER * 100).toFixed(1)}%` }, String(weight)),
    );
    const masked = html("span", { class: "lfz-masked" }, html("i"), "masked");
    const scale = html("span", { class: "lfz-scale" }, html("i"), ...ticks);
    legend.replaceChildren(html("span", {}, "weight"), scale, ...(masks.length > 1 ? [masked] : []));
  }

  function paint() {
    if (!layout) return;
    const row = hovered === null ? state.row : hovered;
    const allowed = allowedKeys();
    const weights = weightsOf(state.head, allowed);
    paintMap(weights, allowed);
    paintFrames(row);
    paintPanel(weights, allowed, row);
    const inputs = [state.mask, state.temperature, state.scaled, look.theme].join();
    if (root.dataset.inputs !== inputs) {
      root.dataset.inputs = inputs; // thumbnails don't depend on the row: hovering leaves them alone
      paintThumbnails(allowed);
    }
    heads.set(state.head);
    mask.set(state.mask);
    temperature.set(Math.log10(state.temperature));
    reset.disabled = Math.abs(state.temperature - 1) < 1e-9;
    scaled.set(state.scaled);
  }

  function dress() {
    look = applyTheme(root, palette);
    drawn.fill(-2);
    paintLegend();
    paint();
  }

  mask.show(masks.length > 1);
  root.style.setProperty("--lfz-thumbnail", `${THUMBNAIL}px`);
  root.style.setProperty("--lfz-head", headNames.length > 8 ? "70px" : "90px"); // twelve fit into one line
  dress();
  const stopWatching = watch(root, dress, (width) => {
    const focused = picture.contains(document.activeElement);
    build(width);
    paint();
    if (focused) layout.options[state.row].focus({ preventScroll: true });
  });
  return () => {
    stopWatching();
    control.stop();
  };
}
