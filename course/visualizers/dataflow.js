// Data-flow explorer: the stops came once; which of them are seen, and what about them, is decided here.

const CONTROLS = ["step", "token", "expanded"];

function render({ model, el }) {
  const { question, title, stops, names, positions, palette } = model.get("data");
  const { root } = frame("dataflow", question);
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  const parents = new Set(stops.map((stop) => stop.parent));
  const namesOf = (stop) => names[stop.names];
  const longest = names.reduce((best, next) => (next.length > best.length ? next : best), []);
  const lengthText = (norm) => (norm === null ? "not finite" : norm < 100 ? norm.toFixed(2) : norm.toFixed(0));
  const shapeText = (stop) => stop.shape.join(" × ") || "–";

  function visible() {
    const shown = [];
    const open = new Set(state.expanded);
    for (const stop of stops) shown.push(stop.parent === null || (shown[stop.parent] && open.has(stop.parent)));
    return stops.filter((stop) => shown[stop.number]);
  }

  // The chosen stop, or the closed one that holds it.
  function chosenOf(rows) {
    let stop = stops[state.step];
    while (!rows.includes(stop)) stop = stops[stop.parent];
    return stop;
  }

  const token = slider("token", {
    min: 0,
    max: Math.max(positions - 1, 0),
    step: 1,
    words: (place) => tokenName(chosenOf(visible()), Number(place)),
    onInput: (place) => control.set({ token: place }),
  });
  const tokenName = (stop, place) => namesOf(stop)[place] ?? longest[place];
  const setOpen = (open) => control.set({ expanded: [...open].sort((a, b) => a - b) });
  const button = (words, onclick) => html("button", { type: "button", ...KEEP_KEYS, onclick }, words);
  const openAll = button("open all", () => setOpen([...parents].filter((number) => number !== null)));
  const closeAll = button("close all", () => setOpen([]));
  const settings = html("div", { class: "lfz-controls" }, token.node, html("div", {}, openAll, " ", closeAll));
  const header = html(
    "div",
    { class: "lfz-stop lfz-stop-head", "aria-hidden": "true" },
    ...["stop", "shape", "norm: mean, dot", "direction: cosine"].map((words) => html("span", {}, words)),
  );
  const tree = html("div", { role: "tree", "aria-label": "Stops; up and down step, right opens, left closes" });
  const flow = html("div", { class: "lfz-flow" }, header, tree);
  const heading = html("div", { class: "lfz-looks" });
  const kind = html("div", { class: "lfz-hint" });
  const bars = html("div", { class: "lfz-bars" });
  const detail = html("div", { class: "lfz-detail" });
  const panel = html("div", { class: "lfz-panel" }, heading, kind, bars, detail);
  const spoken = html("div", { class: "lfz-spoken", "aria-live": "polite" });
  const notes = [
    "Norm: the L2 length of a token’s vector. Direction: the angle between what goes in and what comes out; → is none.",
    "⊕ joins a result to the residual stream (angle: the stream before, after); +0.50×: half as long as it.",
  ].map((words) => html("div", { class: "lfz-hint" }, words));
  const hint = html("div", { class: "lfz-hint" }, `${title}. Step with ↑ and ↓, open with →, close with ←.`);
  root.append(hint, settings, html("div", { class: "lfz-dataflow-body" }, flow, panel), ...notes, spoken);
  el.append(root);
  let rowOf = new Map();

  // An arrow turned by the angle: level where nothing was turned, upright at a right angle.
  function arrow(cosine) {
    const held = clamp(cosine, -1, 1);
    const degrees = (-Math.acos(held) * 180) / Math.PI;
    const stroke = { stroke: "var(--lfz-accent)", "stroke-width": 2 };
    return svg(
      "svg",
      { width: 22, height: 22, viewBox: "-11 -11 22 22", "aria-hidden": "true" },
      svg(
        "g",
        { transform: `rotate(${degrees.toFixed(1)})` },
        svg("line", { x1: -9, x2: 5, y1: 0, y2: 0, ...stroke }),
        svg("polygon", { points: "9,0 4,-3.5 4,3.5", fill: "var(--lfz-accent)" }),
      ),
    );
  }

  const share = (value, most) => `${((value / most) * 100).toFixed(2)}%`;

  function row(stop, most, chosen) {
    const parent = parents.has(stop.number);
    const open = parent && state.expanded.includes(stop.number);
    const mark = parent ? (open ? "−" : "+") : stop.kind === "addition" ? "⊕" : "·";
    const toggle = html("span", { class: parent ? "lfz-toggle" : "lfz-mark", "aria-hidden": "true" }, mark);
    const style = `padding-left:${stop.depth * 16}px`;
    const label = html("span", { class: "lfz-stop-name", style, title: `${stop.path || title}: ${stop.kind}` });
    label.append(toggle, html("span", {}, stop.name));
    const norm = html("span", { class: "lfz-stop-norm" });
    if (stop.norms.length) {
      const own = stop.norms[state.token];
      const bar = html("i", { style: `width:${stop.norm === null ? 0 : share(stop.norm, most)}` });
      const dot = html("em", { style: `left:${share(own ?? 0, most)}`, hidden: own === undefined || own === null });
      norm.append(html("span", { class: "lfz-bar" }, bar, dot), html("span", { class: "lfz-value" }, lengthText(stop.norm)));
    }
    const turn = html("span", { class: "lfz-stop-turn" });
    if (stop.cosine !== null) turn.append(arrow(stop.cosine), html("span", {}, decimals(stop.cosine)));
    if (stop.added !== null) turn.append(html("span", { class: "lfz-hint" }, `+${stop.added.toFixed(2)}×`));
    const node = html(
      "div",
      {
        role: "treeitem",
        class: "lfz-stop",
        "aria-level": stop.depth + 1,
        "aria-expanded": parent ? String(open) : null,
        "aria-selected": String(stop === chosen),
        "aria-label": sentence(stop),
        tabindex: stop === chosen ? "0" : "-1",
        "data-stop": stop.number,
        ...KEEP_KEYS,
      },
      label,
      html("span", { class: "lfz-stop-shape" }, shapeText(stop)),
      norm,
      turn,
    );
    node.addEventListener("click", () => {
      if (parent && stop === chosenOf(visible())) toggleStop(stop);
      go(stop);
    });
    return node;
  }

  function sentence(stop) {
    const parts = [stop.kind === "input" ? "input" : `${stop.path || title}: ${stop.kind}`, `shape ${shapeText(stop)}`];
    const own = stop.norms[state.token];
    if (own !== undefined) parts.push(`norm of “${tokenName(stop, state.token)}” ${lengthText(own)}`);
    if (stop.norms.length > 1) parts.push(`mean norm ${lengthText(stop.norm)}`);
    if (stop.cosine !== null) parts.push(`cosine between in and out ${decimals(stop.cosine)}`);
    if (stop.added !== null) parts.push(`adds a vector ${stop.added.toFixed(2)} times as long as the stream`);
    return `${parts.join(", ")}.`;
  }

  function toggleStop(stop) {
    const open = new Set(state.expanded);
    if (!open.delete(stop.number)) open.add(stop.number);
    setOpen(open);
  }

  function go(stop) {
    control.set({ step: stop.number });
    wantsFocus = true;
  }
  let wantsFocus = false;

  tree.addEventListener("keydown", (event) => {
    const rows = visible();
    const stop = chosenOf(rows);
    const place = rows.indexOf(stop);
    const open = state.expanded.includes(stop.number);
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -5, PageDown: 5, Home: -rows.length, End: rows.length };
    if (event.key in steps) go(rows[clamp(place + steps[event.key], 0, rows.length - 1)]);
    else if (event.key === "ArrowRight" && parents.has(stop.number)) open ? go(rows[place + 1]) : toggleStop(stop);
    else if (event.key === "ArrowLeft" && open) toggleStop(stop);
    else if (event.key === "ArrowLeft" && stop.parent !== null) go(stops[stop.parent]);
    else if ((event.key === "Enter" || event.key === " ") && parents.has(stop.number)) toggleStop(stop);
    else if (!["ArrowRight", "ArrowLeft", "Enter", " "].includes(event.key)) return;
    wantsFocus = true;
    event.preventDefault();
    event.stopPropagation();
  });

  function paintPanel(stop) {
    heading.replaceChildren(html("b", {}, stop.path || stop.name));
    kind.textContent = stop.norms.length ? `${stop.kind}, norm of each token` : `${stop.kind}: no vector per token here`;
    const most = Math.max(...stop.norms.filter((norm) => norm !== null), 0) || 1;
    bars.replaceChildren(
      ...stop.norms.map((norm, place) => {
        const bar = html("span", { class: "lfz-bar" }, html("i", { style: `width:${share(norm ?? 0, most)}` }));
        const name = html("span", { class: "lfz-fact", title: namesOf(stop)[place] }, namesOf(stop)[place]);
        const number = html("span", { class: "lfz-value" }, norm === null ? "—" : lengthText(norm));
        const now = place === state.token ? " lfz-now" : "";
        return html("div", { class: `lfz-row${now}`, onclick: () => control.set({ token: place }) }, name, bar, number);
      }),
    );
    detail.textContent = sentence(stop);
    if (spoken.textContent !== detail.textContent) spoken.textContent = detail.textContent;
  }

  function paint() {
    const rows = visible();
    const chosen = chosenOf(rows);
    const most = Math.max(...rows.flatMap((stop) => stop.norms.filter((norm) => norm !== null)), 0) || 1;
    const focused = wantsFocus || tree.contains(document.activeElement);
    wantsFocus = false;
    rowOf = new Map(rows.map((stop) => [stop, row(stop, most, chosen)]));
    tree.replaceChildren(...rowOf.values());
    if (focused) rowOf.get(chosen).focus({ preventScroll: true });
    token.set(state.token);
    token.show(positions > 1);
    paintPanel(chosen);
  }

  const dress = () => {
    applyTheme(root, palette);
    paint();
  };
  return live(root, dress, control);
}

export default { render };
