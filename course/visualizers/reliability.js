// Reliability explorer: logits come once, each row lowered by its maximum; bins and measures are computed here.

const CONTROLS = ["temperature", "bins"];
const WIDTH = 720;
const PLOT = { left: 50, top: 46, width: 420, height: 280 };
const COUNTS = 70;
const SIDE = 506;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
const percent = (share, digits = 0) => `${(share * 100).toFixed(digits)} %`;

function calibration({ below, labels, right }, bins, temperature) {
  const totals = below.map((row) => row.reduce((total, x) => total + Math.exp(x / temperature), 0));
  const confidence = totals.map((total) => 1 / total);
  const members = Array.from({ length: bins }, () => []);
  confidence.forEach((sure, i) => members[clamp(Math.ceil(sure * bins) - 1, 0, bins - 1)].push(i));
  const found = members.map((inside, number) => ({
    low: number / bins,
    high: (number + 1) / bins,
    count: inside.length,
    confidence: inside.length ? mean(inside.map((i) => confidence[i])) : null,
    accuracy: inside.length ? mean(inside.map((i) => Number(right[i]))) : null,
  }));
  const filled = found.filter(({ count }) => count);
  const gaps = filled.map((part) => part.count * Math.abs(part.confidence - part.accuracy));
  return {
    filled,
    error: gaps.reduce((total, gap) => total + gap, 0) / labels.length,
    loss: mean(totals.map((total, i) => Math.log(total) - below[i][labels[i]] / temperature)),
    accuracy: mean(right.map(Number)),
    confidence: mean(confidence),
  };
}

function verdict({ filled }) {
  const part = filled.reduce((best, next) => (next.count >= best.count ? next : best));
  const claim = `Where most examples lie, it says ${percent(part.confidence, 1)}`;
  return `${claim} and is right in ${percent(part.accuracy, 1)} of ${part.count} cases.`;
}

function leaning({ confidence, accuracy }) {
  const apart = confidence - accuracy;
  if (Math.abs(apart) < 0.005) return "On average it promises what it keeps.";
  return `On average it promises ${apart > 0 ? "more" : "less"} than it keeps, by ${(Math.abs(apart) * 100).toFixed(1)} percentage points.`;
}

function render({ model, el }) {
  const { question, range, mostBins, palette, ...examples } = model.get("data");
  const { root } = frame("reliability", question);
  let look = { theme: "light", heat: [] };
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  const temperature = slider("temperature", {
    min: Math.log10(range[0]),
    max: Math.log10(range[1]),
    step: 0.02,
    words: (value) => (10 ** value).toFixed(2),
    onInput: (value) => control.set({ temperature: Number((10 ** value).toPrecision(4)) }),
    note: "logits are divided by it; above 1 the model becomes less sure",
  });
  const bins = slider("bins", {
    min: 2,
    max: mostBins,
    step: 1,
    words: String,
    onInput: (value) => control.set({ bins: value }),
    note: "of equal width",
  });
  const again = html("button", { type: "button", ...KEEP_KEYS, onclick: () => control.set({ temperature: 1 }) }, "temperature 1");
  const picture = svg("svg", { role: "img", "aria-label": question });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  root.append(
    html("div", { class: "lfz-hint" }, `${examples.labels.length} examples, ${examples.below[0].length} classes`),
    html("div", { class: "lfz-controls" }, temperature.node, bins.node, again),
    picture,
    says,
  );
  el.append(root);

  const x = (share) => PLOT.left + share * PLOT.width;
  const y = (share) => PLOT.top + (1 - share) * PLOT.height;
  const small = (at, down, words, anchor = "start") => svg("text", { x: at, y: down, "text-anchor": anchor, class: "lfz-small" }, words);
  const perfect = (from, to) =>
    svg("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1], stroke: "var(--lfz-ink)", "stroke-dasharray": "6 3", "stroke-width": 1.5 });

  function bar(part, width, bottom, most, family) {
    const left = x(part.low) + 1;
    const [high, low] = [Math.max(part.accuracy, part.confidence), Math.min(part.accuracy, part.confidence)];
    const tall = (part.count / most) * COUNTS;
    const parts = [
      svg("rect", { x: left, y: y(part.accuracy), width: width - 2, height: part.accuracy * PLOT.height, class: "lfz-after" }),
      svg("rect", { x: left + 1, y: y(high), width: width - 4, height: (high - low) * PLOT.height, class: "lfz-gap" }),
      svg("rect", { x: left, y: bottom - tall, width: width - 2, height: tall, fill: look.heat[128] }),
    ];
    if (width >= widthOf(String(part.count), 12, family)) {
      parts.push(svg("text", { x: left + width / 2 - 1, y: bottom - tall - 4, "text-anchor": "middle", class: "lfz-count" }, String(part.count)));
    }
    const words = `${percent(part.low)} to ${percent(part.high)}: says ${percent(part.confidence, 1)}, right ${percent(part.accuracy, 1)} of ${part.count}`;
    return svg("g", { class: "lfz-bin" }, svg("title", {}, words), ...parts);
  }

  function paint() {
    const family = getComputedStyle(root).fontFamily;
    temperature.set(Math.log10(state.temperature));
    bins.set(state.bins);
    const found = calibration(examples, state.bins, state.temperature);
    const bottom = PLOT.top + PLOT.height + 50 + COUNTS;
    const most = Math.max(...found.filled.map(({ count }) => count));
    const measures = [
      ["expected calibration error", found.error.toFixed(4), "0 is perfect"],
      ["negative log-likelihood", found.loss.toFixed(4), "smaller is better"],
      ["mean confidence", percent(found.confidence, 1), ""],
      ["accuracy", percent(found.accuracy, 1), "no temperature changes it"],
    ];
    const across = { x1: PLOT.left, x2: PLOT.left + PLOT.width, stroke: "var(--lfz-rule)" };
    picture.setAttribute("viewBox", `0 -2 ${WIDTH} ${bottom + 8}`);
    picture.replaceChildren(
      svg("rect", { x: PLOT.left, y: 0, width: 22, height: 11, class: "lfz-after" }),
      small(PLOT.left + 28, 10, "accuracy"),
      svg("rect", { x: PLOT.left + 100, y: 0, width: 22, height: 11, class: "lfz-gap" }),
      small(PLOT.left + 128, 10, "gap to the mean confidence"),
      perfect([PLOT.left + 318, 6], [PLOT.left + 346, 6]),
      small(PLOT.left + 352, 10, "perfect"),
      svg("rect", { x: PLOT.left, y: PLOT.top, width: PLOT.width, height: PLOT.height, fill: "var(--lfz-panel)" }),
      ...TICKS.flatMap((tick) => [
        svg("line", { ...across, y1: y(tick), y2: y(tick) }),
        small(PLOT.left - 6, y(tick) + 4, percent(tick), "end"),
        small(x(tick), PLOT.top + PLOT.height + 15, percent(tick), "middle"),
      ]),
      small(0, PLOT.top - 12, "accuracy"),
      small(PLOT.left + PLOT.width / 2, PLOT.top + PLOT.height + 32, "confidence", "middle"),
      svg("line", { ...across, y1: bottom, y2: bottom }),
      small(PLOT.left - 6, bottom, "count", "end"),
      ...found.filled.map((part) => bar(part, PLOT.width / state.bins, bottom, most, family)),
      perfect([x(0), y(0)], [x(1), y(1)]),
      ...measures.flatMap(([name, value, note], row) => [
        small(SIDE, PLOT.top + 14 + 72 * row, name),
        svg("text", { x: SIDE, y: PLOT.top + 38 + 72 * row, class: "lfz-measure" }, value),
        small(SIDE, PLOT.top + 55 + 72 * row, note),
      ]),
    );
    says.replaceChildren(html("b", {}, verdict(found)), html("div", {}, leaning(found)));
  }

  function dress() {
    look = applyTheme(root, palette);
    paint();
  }
  return live(root, dress, control);
}

export default { render };
