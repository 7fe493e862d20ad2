// Near-duplicate explorer: all comparisons come with the data; this draws the one that is asked for.

const PLOT = { left: 40, top: 14, width: 640, height: 170 };

const label = (x, y, words, attributes = {}) => svg("text", { x, y, class: "lfz-small", ...attributes }, words);

function render({ model, el }) {
  const { question, pairs, sizes, maxHashes, palette } = model.get("data");
  const { root } = frame("near", question);
  let look = { theme: "light", heat: [] };
  const control = controls(model, ["pair", "size", "hashes"], paint);
  const { state } = control;

  const pairOptions = pairs.map(({ name }, i) => ({ value: String(i), label: name }));
  const pair = choice("Texts", pairOptions, (value) => control.set({ pair: Number(value) }));
  const size = slider("shingle size", {
    min: 0,
    max: sizes.length - 1,
    step: 1,
    words: (index) => String(sizes[index]),
    onInput: (index) => control.set({ size: sizes[index] }),
  });
  const hashes = slider("hash functions", {
    min: 1,
    max: maxHashes,
    step: 1,
    words: String,
    onInput: (value) => control.set({ hashes: value }),
  });
  const shown = [0, 1].map(() => html("div", { class: "lfz-near-text" }));
  const plot = svg("svg", { viewBox: `0 0 ${PLOT.left + PLOT.width + 26} ${PLOT.height + 58}`, role: "img" });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  root.append(
    html("div", { class: "lfz-controls" }, pair.node),
    html("div", { class: "lfz-controls" }, size.node, hashes.node),
    ...shown,
    html("div", { class: "lfz-hint" }, "The stronger the shade, the more of the shingles through a character are common."),
    html("div", { class: "lfz-hint" }, "Line: the estimate. Dashed: Jaccard's index. Shaded: ± one expected error."),
    plot,
    says,
  );
  el.append(root);

  const x = (count) => PLOT.left + ((count - 1) / (maxHashes - 1)) * PLOT.width;
  const y = (value) => PLOT.top + (1 - clamp(value, 0, 1)) * PLOT.height;
  const join = (points) => points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");

  function paintTexts({ texts }, { shared }) {
    texts.forEach((text, side) => {
      const marks = [...text].map((character, i) => {
        const colour = look.heat[Math.round(158 * shared[side][i])];
        return html("span", { style: `background:${colour};color:${inkOn(colour)}` }, character);
      });
      shown[side].replaceChildren(...marks);
      shown[side].setAttribute("aria-label", text);
    });
  }

  function paint() {
    const chosen = pairs[state.pair];
    const view = chosen.views[String(state.size)];
    pair.set(String(state.pair));
    size.set(sizes.indexOf(state.size));
    hashes.set(state.hashes);
    paintTexts(chosen, view);
    const index = view.common / view.together;
    const error = (count) => Math.sqrt((index * (1 - index)) / count);
    const counts = Array.from({ length: maxHashes }, (_, i) => i + 1);
    let total = 0;
    const estimates = counts.map((count, i) => (total += Number(view.agrees[i])) / count);
    const band = [
      ...counts.map((count) => [x(count), y(index + error(count))]),
      ...[...counts].reverse().map((count) => [x(count), y(index - error(count))]),
    ];
    const ends = { x1: PLOT.left, x2: PLOT.left + PLOT.width };
    const rule = (value) => svg("line", { ...ends, y1: y(value), y2: y(value), stroke: "var(--lfz-rule)" });
    const now = estimates[state.hashes - 1];
    plot.replaceChildren(
      svg("rect", { x: PLOT.left, y: PLOT.top, width: PLOT.width, height: PLOT.height, fill: "var(--lfz-panel)" }),
      svg("polygon", { points: join(band), fill: look.heat[80], opacity: 0.6 }),
      ...[0, 0.5, 1].flatMap((value) => [
        rule(value),
        label(PLOT.left - 6, y(value) + 4, String(value), { "text-anchor": "end" }),
      ]),
      svg("line", { ...ends, y1: y(index), y2: y(index), stroke: "var(--lfz-ink)", "stroke-dasharray": "6 3" }),
      svg("polyline", {
        points: join(counts.map((count, i) => [x(count), y(estimates[i])])),
        fill: "none",
        stroke: "var(--lfz-accent)",
        "stroke-width": 2,
      }),
      svg("circle", { cx: x(state.hashes), cy: y(now), r: 5, fill: "var(--lfz-paper)", stroke: "var(--lfz-accent)", "stroke-width": 2.5 }),
      ...[1, 64, 128, 192, 256].map((count) =>
        label(x(count), PLOT.top + PLOT.height + 15, String(count), { "text-anchor": "middle" }),
      ),
      label(PLOT.left + PLOT.width / 2, PLOT.top + PLOT.height + 34, "hash functions", { "text-anchor": "middle" }),
    );
    const facts = `${view.common} of ${view.together} shingles are common: J = ${decimals(index, 3)}.`;
    const guess = `${state.hashes} hash functions say ${decimals(now, 3)}; expected error ${decimals(error(state.hashes), 3)}.`;
    plot.setAttribute("aria-label", `The estimate against the number of hash functions. ${guess}`);
    says.replaceChildren(html("b", {}, facts), html("div", {}, guess));
  }

  function dress() {
    look = applyTheme(root, palette);
    paint();
  }
  return live(root, dress, control);
}

export default { render };
