// Sampling explorer: logits come once, sorted; temperature, top-k, top-p and the draw are computed here.

const CONTROLS = ["temperature", "top_k", "top_p", "draw"];
const MOST_K = 50; // the slider's last place stands for "all"
const LABEL = 150;
const BARS = 400;
const WIDTH = 720;
const STEP = 21;

function softmax(logits, temperature) {
  const powers = logits.map((x) => Math.exp((x - logits[0]) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function sampled(logits, { temperature, top_k, top_p, draw }, slack) {
  const before = softmax(logits, temperature);
  const add = (sum, p) => sum + p;
  let kept = top_k ? Math.min(top_k, before.length) : before.length;
  let total = before.slice(0, kept).reduce(add, 0);
  let running = 0;
  for (let place = 0; top_p < 1 && place < kept; place += 1) {
    running += before[place] / total;
    if (running >= top_p - slack) {
      kept = place + 1;
      break;
    }
  }
  total = before.slice(0, kept).reduce(add, 0);
  const after = before.map((p, place) => (place < kept ? p / total : 0));
  let chosen = kept - 1;
  running = 0;
  for (let place = 0; place < kept; place += 1) {
    running += after[place];
    if (running > draw) {
      chosen = place;
      break;
    }
  }
  return { before, after, kept, chosen };
}

const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const percent = (share) => (share > 0 && share < 0.0005 ? "< 0.1 %" : `${(share * 100).toFixed(1)} %`);
const sum = (values) => values.reduce((total, value) => total + value, 0);

function render({ model, el }) {
  const { question, context, logits, tokens, size, rows, slack, range, palette } = model.get("data");
  const { root } = frame("sampling", question);
  let look = { theme: "light", heat: [] };
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  if (context) root.append(html("div", { class: "lfz-title" }, `after “${context}”`));

  const temperature = slider("temperature", {
    min: Math.log(range[0]),
    max: Math.log(range[1]),
    step: 0.05,
    words: (value) => Math.exp(value).toFixed(2),
    onInput: (value) => control.set({ temperature: clamp(Math.exp(value), range[0], range[1]) }),
    note: "logits are divided by it; below 1 sharpens, above 1 flattens",
  });
  const most = Math.min(MOST_K, logits.length);
  const topK = slider("top-k", {
    min: 1,
    max: most + 1,
    step: 1,
    words: (value) => (value > most ? "off" : String(value)),
    onInput: (value) => control.set({ top_k: value > most ? 0 : value }),
    note: "so many of the most probable tokens stay",
  });
  const topP = slider("top-p", {
    min: 0.05,
    max: 1,
    step: 0.05,
    words: (value) => (value >= 1 ? "off" : Number(value).toFixed(2)),
    onInput: (value) => control.set({ top_p: value }),
    note: "the fewest leaders stay that together reach this probability",
  });
  const draw = slider("random u", {
    min: 0,
    max: 0.99,
    step: 0.01,
    words: (value) => Number(value).toFixed(2),
    onInput: (value) => control.set({ draw: value }),
    note: "picks the token in whose stretch it falls",
  });
  const redraw = () => control.set({ draw: Math.floor(Math.random() * 100) / 100 });
  const again = html("button", { type: "button", ...KEEP_KEYS, onclick: redraw }, "draw again");
  const picture = svg("svg", { role: "img", "aria-label": question });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  const settings = [temperature, topK, topP, draw].map((part) => part.node);
  root.append(html("div", { class: "lfz-controls" }, ...settings, again), picture, says);
  el.append(root);

  const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);

  function paint() {
    const family = getComputedStyle(root).fontFamily;
    temperature.set(Math.log(state.temperature));
    topK.set(state.top_k && state.top_k <= most ? state.top_k : most + 1);
    topP.set(state.top_p);
    draw.set(state.draw);
    const { before, after, kept, chosen } = sampled(logits, state, slack);
    const shown = Math.min(rows, logits.length);
    const high = Math.max(...before.slice(0, shown), ...after.slice(0, shown));
    const parts = [];
    const legend = [
      svg("rect", { x: LABEL, y: 0, width: 22, height: 11, class: "lfz-before" }),
      text(LABEL + 28, 10, "before the cut", { class: "lfz-small" }),
      svg("rect", { x: LABEL + 134, y: 0, width: 22, height: 11, class: "lfz-after" }),
      text(LABEL + 162, 10, "after the cut, sum 1", { class: "lfz-small" }),
    ];
    let y = 26;
    for (let place = 0; place < shown; place += 1) {
      const stays = place < kept;
      const cls = [stays ? "" : "lfz-small", place === chosen ? "lfz-now" : ""].join(" ").trim();
      const row = svg("g", { class: "lfz-token" });
      row.append(text(LABEL - 8, y + 11, shorten(tokens[place], 13, family, LABEL - 12), { "text-anchor": "end", class: cls }));
      if (stays) {
        const width = Math.max((after[place] / high) * BARS, 1);
        row.append(svg("rect", { x: LABEL, y, width, height: 14, class: "lfz-after" }));
      }
      const width = Math.max((before[place] / high) * BARS, 1);
      row.append(svg("rect", { x: LABEL, y, width, height: 14, class: "lfz-before" }));
      row.append(text(WIDTH - 76, y + 11, percent(before[place]), { "text-anchor": "end", class: "lfz-small" }));
      const words = stays ? percent(after[place]) : "cut";
      row.append(text(WIDTH, y + 11, words, { "text-anchor": "end", class: `lfz-result ${cls}` }));
      parts.push(row);
      y += STEP;
    }
    if (logits.length > shown) {
      const rest = `and ${grouped(logits.length - shown)} more: ${percent(sum(before.slice(shown)))} before, `;
      parts.push(text(LABEL, y + 11, `${rest}${percent(sum(after.slice(shown)))} after`, { class: "lfz-small" }));
      y += STEP;
    }
    y += 26;
    let start = 0;
    for (let place = 0; place < Math.min(kept, shown); place += 1) {
      const share = after[place];
      const colour = look.heat[place === chosen ? 158 : 31];
      parts.push(svg("rect", { x: start * WIDTH, y, width: share * WIDTH, height: 24, fill: colour, class: "lfz-stretch" }));
      if (widthOf(tokens[place], 12, family) + 8 < share * WIDTH) {
        const where = { "text-anchor": "middle", style: `fill:${inkOn(colour)};font-size:12px` };
        parts.push(text((start + share / 2) * WIDTH, y + 16, tokens[place], where));
      }
      start += share;
    }
    if (kept > shown) {
      parts.push(svg("rect", { x: start * WIDTH, y, width: (1 - start) * WIDTH, height: 24, class: "lfz-others" }));
      if ((1 - start) * WIDTH > 60) {
        parts.push(text(((start + 1) / 2) * WIDTH, y + 16, "others", { "text-anchor": "middle", class: "lfz-small" }));
      }
    }
    const at = state.draw * WIDTH;
    const anchor = at <= 30 ? "start" : at >= WIDTH - 30 ? "end" : "middle";
    // Above and below the strip, so that no label is crossed out.
    for (const top of [y - 6, y + 24]) parts.push(svg("line", { x1: at, x2: at, y1: top, y2: top + 6, class: "lfz-needle" }));
    parts.push(text(at, y - 9, `u = ${state.draw.toFixed(2)}`, { "text-anchor": anchor }));
    picture.setAttribute("viewBox", `-2 -2 ${WIDTH + 4} ${y + 36}`);
    picture.replaceChildren(...legend, ...parts);
    const noun = kept === 1 ? "token stays" : "tokens stay";
    const stays = `${grouped(kept)} of ${grouped(size)} ${noun}, with ${percent(sum(before.slice(0, kept)))} of the probability.`;
    const picks = `u = ${state.draw.toFixed(2)} picks “${tokens[chosen]}” (${percent(after[chosen])}).`;
    says.replaceChildren(html("div", {}, stays), html("b", {}, picks));
  }

  const retheme = () => {
    look = applyTheme(root, palette);
    paint();
  };
  retheme();
  const stop = watch(root, retheme, control.paintSoon);
  return () => {
    stop();
    control.stop();
  };
}

export default { render };
