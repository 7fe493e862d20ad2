// Training dashboard: Python sends the thinned curves now and then; smoothing and scale are applied here, so that both
// answer while the kernel is busy with the training loop.

const CONTROLS = ["smoothing", "log_scale"];
const WIDTH = 720;
const AXIS = 58;
const BIG = 230;
const SMALL = 100;
const GUTTER = 24;
const MOST_DOTS = 20;
const VALIDATION = "validation_";

const spaced = (name) => name.replaceAll("_", " ");
const isLoss = (name) => name.replace(VALIDATION, "").split("_").pop() === "loss";
const isSmoothed = (name) => isLoss(name) && !name.startsWith(VALIDATION);
const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

// Four significant digits, written as Python's %.4g writes them.
function short(value) {
  const [digits, exponent] = value.toExponential(3).split("e").map(Number);
  const plain = exponent < -4 || exponent >= 4 ? null : String(Number(value.toPrecision(4)));
  const power = `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return (plain ?? `${digits}e${power}`).replaceAll("-", "−");
}

function smoothed(points, smoothing) {
  let [average, weight] = [0, 0];
  return points.map(([step, value]) => {
    if (value === null) return [step, null];
    average = smoothing * average + (1 - smoothing) * value;
    weight = smoothing * weight + (1 - smoothing);
    return [step, average / weight];
  });
}

function ticks(low, high) {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw);
  const found = [];
  for (let place = Math.ceil(low / step - 1e-9); place <= Math.floor(high / step + 1e-9); place += 1) found.push(place * step);
  return found;
}

function stretches(points, logarithmic) {
  const found = [[]];
  for (const [step, value] of points) {
    if (value === null || (logarithmic && value <= 0)) found.push([]);
    else found[found.length - 1].push([step, logarithmic ? Math.log10(value) : value]);
  }
  return found.filter((stretch) => stretch.length);
}

function span(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.05 || Math.max(Math.abs(high) * 0.1, 1e-9);
  return [low - room, high + room];
}

function duration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

// What a step costs: as a rate while steps are short, as a duration when they are long.
function cost(pace, left) {
  if (!pace) return "";
  const rate = pace < 1 ? `${grouped((1 / pace).toFixed(pace > 0.1 ? 1 : 0))} steps a second` : `${duration(pace)} a step`;
  return left > 0 ? ` · ${rate} · ${duration(left * pace)} left` : ` · ${rate}`;
}

function render({ model, el }) {
  const { question, mostSmoothing } = model.get("data");
  const { root } = frame("training", question);
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  const smoothing = slider("smoothing", {
    min: 0,
    max: mostSmoothing,
    step: 0.01,
    words: (value) => (Number(value) ? Number(value).toFixed(2) : "off"),
    onInput: (value) => control.set({ smoothing: value }),
    note: "of the training loss: an exponential moving average",
  });
  const scale = checkbox("logarithmic loss", (value) => control.set({ log_scale: value }), "equal factors take equal room");
  const progress = html("progress", { "aria-label": "steps done" });
  const pace = html("span", { class: "lfz-pace" });
  const picture = svg("svg", { role: "img", "aria-label": question });
  // Not read out while it changes twice a second; warnings are.
  const says = html("div", { class: "lfz-says" });
  const alarms = html("div", { class: "lfz-says lfz-alarms", "aria-live": "polite" });
  root.append(
    html("div", { class: "lfz-progress" }, progress, pace),
    html("div", { class: "lfz-controls" }, smoothing.node, scale.node),
    picture,
    says,
    alarms,
  );
  el.append(root);

  const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);

  function panel(group, curves, broken, box, last, family) {
    const logarithmic = state.log_scale && group.some(isLoss);
    const drawn = group.flatMap((name) => stretches(curves[name], logarithmic).flat().map(([, value]) => value));
    const [low, high] = drawn.length ? span(drawn) : [0, 1];
    const x = (step) => box.left + (step / last) * box.width;
    const y = (value) => box.top + ((high - value) / (high - low)) * box.height;
    const right = box.left + box.width;
    const parts = [svg("rect", { x: box.left, y: box.top, width: box.width, height: box.height, fill: "var(--lfz-panel)" })];
    let at = box.left;
    for (const name of group) {
      const second = name.startsWith(VALIDATION);
      parts.push(
        svg("line", { x1: at, x2: at + 20, y1: box.top - 10, y2: box.top - 10, class: second ? "lfz-second" : "lfz-main" }),
        text(at + 26, box.top - 6, spaced(name), { class: "lfz-now" }),
      );
      at += 26 + widthOf(spaced(name), 13, family, "700") + 22;
    }
    if (logarithmic) parts.push(text(right, box.top - 6, "logarithmic", { "text-anchor": "end", class: "lfz-small" }));
    for (const tick of drawn.length ? ticks(low, high) : []) {
      parts.push(
        svg("line", { x1: box.left, x2: right, y1: y(tick), y2: y(tick), stroke: "var(--lfz-rule)" }),
        text(box.left - 6, y(tick) + 4, short(logarithmic ? 10 ** tick : tick), { "text-anchor": "end", class: "lfz-small" }),
      );
    }
    if (!drawn.length) {
      const middle = { "text-anchor": "middle", class: "lfz-small" };
      parts.push(text(box.left + box.width / 2, box.top + box.height / 2 + 4, "nothing logged yet", middle));
    }
    for (const name of group) {
      const strong = name.startsWith(VALIDATION) ? "lfz-second" : "lfz-main";
      const layers = [[curves[name], strong]];
      if (state.smoothing && isSmoothed(name)) layers.splice(0, 1, [curves[name], "lfz-raw"], [smoothed(curves[name], state.smoothing), strong]);
      for (const [curve, kind] of layers) {
        for (const stretch of stretches(curve, logarithmic)) {
          if (stretch.length <= MOST_DOTS && kind !== "lfz-raw") {
            parts.push(...stretch.map(([step, value]) => svg("circle", { cx: x(step), cy: y(value), r: 3, class: kind })));
          }
          const points = stretch.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
          if (stretch.length > 1) parts.push(svg("polyline", { points, class: kind, "data-curve": name }));
        }
      }
      for (const step of broken[name]) {
        const leftwards = x(step) > box.left + box.width / 2;
        parts.push(
          svg("line", { x1: x(step), x2: x(step), y1: box.top, y2: box.top + box.height, class: "lfz-broken" }),
          text(x(step) + (leftwards ? -5 : 5), box.top + 14, `not finite from step ${step}`, {
            "text-anchor": leftwards ? "end" : "start",
            class: "lfz-broken",
          }),
        );
      }
    }
    for (const tick of ticks(0, last)) {
      if (!Number.isInteger(tick)) continue;
      const anchor = x(tick) > right - 12 ? "end" : "middle";
      parts.push(text(x(tick), box.top + box.height + 15, String(tick), { "text-anchor": anchor, class: "lfz-small" }));
    }
    return parts;
  }

  function paint() {
    const data = model.get("data");
    const family = getComputedStyle(root).fontFamily;
    smoothing.set(state.smoothing);
    scale.set(state.log_scale);
    progress.hidden = !data.total;
    progress.max = data.total || 1;
    progress.value = data.done;
    const total = data.total ? ` of ${grouped(data.total)}` : "";
    pace.textContent = `${grouped(data.done)}${total} steps${cost(data.pace, (data.total || 0) - data.done)}`;
    const last = Math.max(data.total || 0, data.last, 1);
    const half = (WIDTH - GUTTER) / 2;
    const parts = [];
    let y = 22;
    data.panels.forEach((group, place) => {
      const column = (place + 1) % 2;
      const box = place
        ? { left: column * (half + GUTTER) + AXIS, top: y + 8, width: half - AXIS, height: SMALL }
        : { left: AXIS, top: y, width: WIDTH - AXIS, height: BIG };
      parts.push(...panel(group, data.curves, data.broken, box, last, family));
      if (!place) y += BIG + 46;
      else if (column || place === data.panels.length - 1) y += SMALL + 54;
    });
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${y - 18}`);
    picture.replaceChildren(...parts);
    says.replaceChildren(...data.says.map((words) => html("div", {}, words)));
    if (alarms.textContent !== data.warnings.join("")) alarms.replaceChildren(...data.warnings.map((words) => html("div", {}, words)));
    picture.setAttribute("aria-label", [question, ...data.says].join("; "));
  }

  function dress() {
    applyTheme(root, model.get("data").palette);
    paint();
  }
  model.on("change:data", control.paintSoon);
  const stop = live(root, dress, control);
  return () => {
    model.off("change:data", control.paintSoon);
    stop();
  };
}

export default { render };
