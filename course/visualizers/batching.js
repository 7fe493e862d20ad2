// Batching explorer: the pattern of arrivals comes once; the server is simulated here, as batching.py does it.

const CONTROLS = ["load", "max_wait_ms", "max_batch_size", "request"];
const WIDTH = 720;
const LANES = 190;
const MOST_WAIT = 200;
const COLUMNS = [["p50", 410], ["p95", 485], ["p99", 560], ["requests/s", 640], ["batches", 720]];

function simulate(arrivals, base, item, wait, most) {
  const served = [];
  let free = -Infinity;
  for (let batch = 0; served.length < arrivals.length; batch += 1) {
    const first = served.length;
    const last = first + most - 1;
    const full = last < arrivals.length ? arrivals[last] : Infinity;
    const start = Math.max(free, Math.min(arrivals[first] + wait, full));
    const together = arrivals.slice(first, last + 1).filter((arrival) => arrival <= start);
    free = start + base + together.length * item;
    for (const arrival of together) served.push({ arrival, start, finish: free, batch, size: together.length });
  }
  return served;
}

const latency = (request) => request.finish - request.arrival;

function percentile(values, percent) {
  const rank = Math.ceil((percent * values.length) / 100);
  return [...values].sort((a, b) => a - b)[rank - 1];
}

function summarize(served) {
  const latencies = served.map(latency);
  const last = served[served.length - 1];
  const throughput = (served.length / (last.finish - served[0].arrival)) * 1000;
  return { p50: percentile(latencies, 50), p95: percentile(latencies, 95), p99: percentile(latencies, 99), throughput, batches: last.batch + 1 };
}

const ms = (value) => `${value.toFixed(value >= 99.95 ? 0 : 1)} ms`;

// Ticks of 1, 2, 5, 10, … so that there are at most ten.
function tickStep(end) {
  let size = 1;
  while (end / size > 10) size *= String(size)[0] === "2" ? 2.5 : 2;
  return size;
}

function render({ model, el }) {
  const { question, pattern, native, base, item, maxBatch, loads, palette } = model.get("data");
  const { root } = frame("batching", question);
  let look = { theme: "light", heat: [] };
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  // The pattern's own load is met to the last digit, so that its arrivals are what was given.
  const toLoad = (value) =>
    Math.abs(value - Math.log10(native)) < 0.005 ? native : clamp(Number((10 ** value).toPrecision(4)), loads[0], loads[1]);
  const load = slider("requests/s", {
    min: Math.log10(Math.max(loads[0], (native || 1) / 10)),
    max: Math.log10(Math.min(loads[1], (native || 1) * 10)),
    step: 0.01,
    words: (value) => (10 ** value).toFixed(0),
    onInput: (value) => control.set({ load: toLoad(value) }),
    note: "the same pattern of arrivals, pressed together or drawn apart",
  });
  load.show(native !== null);
  const wait = slider("max wait", {
    min: 0,
    max: Math.max(MOST_WAIT, state.max_wait_ms),
    step: 1,
    words: (value) => `${Number(value).toFixed(0)} ms`,
    onInput: (value) => control.set({ max_wait_ms: value }),
    note: "how long the oldest request of a batch waits for others",
  });
  const batchSize = slider("max batch size", {
    min: 1,
    max: maxBatch,
    step: 1,
    words: String,
    onInput: (value) => control.set({ max_batch_size: value }),
    note: "a full batch starts at once, if the model is free",
  });
  const chosen = slider("request", {
    min: 1,
    max: pattern.length,
    step: 1,
    words: String,
    onInput: (value) => control.set({ request: value }),
    note: "whose story is told below",
  });
  const picture = svg("svg", { role: "img", "aria-label": question });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  const costs = `${pattern.length} requests${native === null ? ", all at once" : ""}. A batch of n takes ${base} + ${item} n ms.`;
  root.append(
    html("div", { class: "lfz-hint" }, costs),
    html("div", { class: "lfz-controls" }, load.node, wait.node, batchSize.node, chosen.node),
    picture,
    says,
  );
  el.append(root);

  const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);
  const end = (x, y, words, attributes = {}) => text(x, y, words, { "text-anchor": "end", ...attributes });

  function lanes(served, top, x, step, last) {
    const row = Math.min(LANES / served.length, 14);
    const height = row * served.length;
    const bar = Math.max(row - 1, row * 0.6);
    const parts = [svg("rect", { x: 0, y: top, width: WIDTH, height, fill: "var(--lfz-panel)" })];
    for (let tick = step; tick <= last; tick += step) {
      parts.push(svg("line", { x1: x(tick), x2: x(tick), y1: top, y2: top + height, stroke: "var(--lfz-rule)" }));
    }
    const box = (from, to, y, attributes) => svg("rect", { x: x(from), width: x(to) - x(from), y, height: bar, ...attributes });
    served.forEach(({ arrival, start, finish, batch }, place) => {
      const y = top + place * row;
      const busy = box(start, finish, y, { fill: look.heat[batch % 2 ? 255 : 175], class: "lfz-busy", "data-batch": batch });
      const touch = svg("g", { class: "lfz-request", onclick: () => control.set({ request: place + 1 }) });
      touch.append(box(arrival, start, y, { fill: look.heat[64] }), busy);
      parts.push(touch);
    });
    const { arrival, finish } = served[state.request - 1];
    const y = top + (state.request - 1) * row - 2;
    const around = { x: x(arrival) - 2, y, width: x(finish) - x(arrival) + 4, height: bar + 4 };
    return { height, parts: [...parts, svg("rect", { ...around, class: "lfz-chosen-request" })] };
  }

  function line(name, found, y) {
    const values = [ms(found.p50), ms(found.p95), ms(found.p99), found.throughput.toFixed(1), String(found.batches)];
    const cells = values.map((value, column) => end(COLUMNS[column][1], y, value, { class: "lfz-result" }));
    return svg("g", { class: "lfz-served" }, text(0, y, name, { class: "lfz-now" }), ...cells);
  }

  function story(single, batched) {
    const company = batched.size === 1 ? "alone" : `in a batch of ${batched.size}`;
    const way = `comes at ${ms(batched.arrival)}, waits ${ms(batched.start - batched.arrival)} and is computed ${company}`;
    return `Request ${state.request} ${way}: ${ms(latency(batched))}. One at a time: ${ms(latency(single))}.`;
  }

  function verdict(single, batched) {
    const later = batched.map((request, i) => latency(request) - latency(single[i])).filter((more) => more > 0);
    const ratio = summarize(batched).throughput / summarize(single).throughput;
    const whom = later.length
      ? `${later.length} of ${single.length} get their answer later than one at a time, by up to ${ms(Math.max(...later))}.`
      : "Nobody gets the answer later than one at a time.";
    return [whom, `Throughput: ${ratio.toFixed(2)} times that of one at a time.`];
  }

  function paint() {
    load.set(Math.log10(state.load));
    wait.set(state.max_wait_ms);
    batchSize.set(state.max_batch_size);
    chosen.set(state.request);
    const scale = native === null ? 1 : native / state.load;
    const arrivals = pattern.map((arrival) => arrival * scale);
    const single = simulate(arrivals, base, item, 0, 1);
    const batched = simulate(arrivals, base, item, state.max_wait_ms, state.max_batch_size);
    const last = Math.max(single[single.length - 1].finish, batched[batched.length - 1].finish);
    const step = tickStep(last);
    const x = (time) => (time / last) * WIDTH;
    const parts = [
      svg("rect", { x: 0, y: 0, width: 22, height: 10, fill: look.heat[64] }),
      text(28, 9, "waiting", { class: "lfz-small" }),
      svg("rect", { x: 92, y: 0, width: 11, height: 10, fill: look.heat[175] }),
      svg("rect", { x: 104, y: 0, width: 11, height: 10, fill: look.heat[255] }),
      text(121, 9, "computing (shades change from batch to batch)", { class: "lfz-small" }),
      ...COLUMNS.map(([name, at]) => end(at, 30, name, { class: "lfz-small" })),
    ];
    let y = 30;
    for (const [name, served] of [["One at a time", single], ["Dynamic batches", batched]]) {
      const drawn = lanes(served, y + 28, x, step, last);
      parts.push(line(name, summarize(served), y + 18), ...drawn.parts);
      y += 28 + drawn.height + 8;
    }
    for (let tick = 0; tick <= last; tick += step) {
      const anchor = tick === 0 ? "start" : x(tick) > WIDTH - 14 ? "end" : "middle";
      parts.push(text(x(tick), y + 7, String(tick), { "text-anchor": anchor, class: "lfz-small" }));
    }
    parts.push(end(WIDTH, y + 23, "milliseconds", { class: "lfz-small" }));
    picture.setAttribute("viewBox", `-3 -2 ${WIDTH + 6} ${y + 30}`);
    picture.replaceChildren(...parts);
    const [whom, gain] = verdict(single, batched);
    const told = story(single[state.request - 1], batched[state.request - 1]);
    says.replaceChildren(html("b", {}, whom), html("div", {}, html("b", {}, gain)), html("div", {}, told));
  }

  function dress() {
    look = applyTheme(root, palette);
    paint();
  }
  return live(root, dress, control);
}

export default { render };
