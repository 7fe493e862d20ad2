// Heads explorer: every head in small, the chosen one as a map. Python measures a sentence when it has been typed.

const CONTROLS = ["sentence", "layer", "head", "token", "measured"];

// Stands in for a widget's model, so that the map of attention can be part of this picture: its row is told to `onRow`.
function rowModel(values, onRow) {
  let heard = () => {};
  return {
    get: (name) => values[name],
    set(name, value) {
      if (values[name] === value) return;
      values[name] = value;
      if (name === "row") onRow(value);
    },
    on(event, listener) {
      if (event === "change:row") heard = listener;
    },
    off() {},
    save_changes() {},
    move(row) {
      if (values.row === row) return;
      values.row = row;
      heard();
    },
  };
}

function weightsOf(measured) {
  const view = measured.weights;
  const start = view.byteOffset || 0;
  return new Float32Array((view.buffer || view).slice(start, start + view.byteLength));
}

function render({ model, el }) {
  const { question, layers, heads, facts, most, palette } = model.get("data");
  const { root } = frame("heads", question);
  const control = controls(model, CONTROLS, paint);
  const { state } = control;
  let look = { theme: "light", heat: [] };
  let weights = new Float32Array(0);
  let drawn = null; // the measurement in the grid
  let inside = null; // the map of the chosen head: its model, and how to end it

  const input = html("input", {
    type: "text",
    maxlength: most,
    spellcheck: "false",
    autocomplete: "off",
    ...KEEP_KEYS,
    oninput: () => control.set({ sentence: input.value.toWellFormed ? input.value.toWellFormed() : input.value }),
  });
  const field = html("label", { class: "lfz-field" }, html("span", { class: "lfz-caption" }, "Your sentence"), input);
  const status = html("div", { class: "lfz-note", role: "status" });

  const choose = (layer, head) => {
    control.set({ layer, head });
    cells[layer][head].focus({ preventScroll: true });
  };
  const cells = Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) =>
      html(
        "div",
        { role: "radio", class: "lfz-head", ...KEEP_KEYS, onclick: () => choose(layer, head) },
        html("canvas", { "aria-hidden": "true" }),
      ),
    ),
  );
  const grid = html(
    "div",
    { class: "lfz-heads-grid", role: "radiogroup", "aria-label": "All heads; arrow keys choose one" },
    html("span", {}, "head"),
    ...Array.from({ length: heads }, (_, head) => html("span", {}, String(head))),
    ...cells.flatMap((row, layer) => [html("span", {}, `layer ${layer}`), ...row]),
  );
  grid.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const ends = { Home: 0, End: heads - 1 };
    const [down, right] = moves[event.key] ?? [0, 0];
    if (!(event.key in moves) && !(event.key in ends)) return;
    const head = ends[event.key] ?? clamp(state.head + right, 0, heads - 1);
    choose(clamp(state.layer + down, 0, layers - 1), head);
    event.preventDefault();
    event.stopPropagation();
  });

  const name = html("div", { class: "lfz-looks" });
  const bars = html("div", { class: "lfz-bars" });
  const note = html("div", { class: "lfz-note" });
  const says = "Measured on the words’ rows. The first word’s previous token is [CLS], the last one’s next is [SEP].";
  const caption = html("div", { class: "lfz-hint" }, "Share of the words’ attention on");
  const panel = html("div", { class: "lfz-panel" }, name, caption, bars, note, html("div", { class: "lfz-hint" }, says));
  const map = html("div", { class: "lfz-inside" });
  const body = html("div", { class: "lfz-heads-body" }, grid, panel);
  const spoken = html("div", { class: "lfz-spoken", "aria-live": "polite" });
  root.append(html("div", { class: "lfz-controls" }, field), status, body, map, spoken);
  el.append(root);

  function endInside() {
    inside?.end();
    inside = null;
    map.replaceChildren();
  }

  function paintGrid(length) {
    const colours = pixels(look.heat);
    const size = length * length;
    cells.flat().forEach((cell, place) => {
      const canvas = cell.firstChild;
      canvas.width = canvas.height = length;
      const context = canvas.getContext("2d");
      const image = context.createImageData(length, length);
      const words = new Uint32Array(image.data.buffer);
      const own = weights.subarray(place * size, (place + 1) * size);
      for (let i = 0; i < size; i += 1) words[i] = colours[Math.round(255 * Math.min(own[i], 1) ** SHADE_POWER)];
      context.putImageData(image, 0, 0);
    });
  }

  const inWords = (layer, head) => {
    const own = state.measured.facts[layer][head];
    const shares = facts.map((fact, i) => `${fact} ${own[i].toFixed(2)}`).join(", ");
    return `Layer ${layer}, head ${head}: ${shares}, spread over ${own[facts.length].toFixed(1)} tokens`;
  };

  function paintFacts() {
    const own = state.measured.facts[state.layer][state.head];
    name.replaceChildren(html("b", {}, `Layer ${state.layer}, head ${state.head}`));
    bars.replaceChildren(
      ...facts.map((fact, i) => {
        const bar = html("span", { class: "lfz-bar" }, html("i", { style: `width:${(own[i] * 100).toFixed(2)}%` }));
        const number = html("span", { class: "lfz-value" }, own[i].toFixed(2));
        return html("div", { class: "lfz-row" }, html("span", { class: "lfz-fact" }, fact), bar, number);
      }),
    );
    note.textContent = `spread over ${own[facts.length].toFixed(1)} tokens on average`;
    spoken.textContent = `${inWords(state.layer, state.head)}.`;
  }

  function paintMap(tokens) {
    const row = clamp(state.token, 0, tokens.length - 1);
    const key = [state.layer, state.head].join();
    if (inside && inside.key === key) {
      if (state.token !== inside.told) inside.model.move(row);
      inside.told = state.token;
      return;
    }
    endInside();
    const size = tokens.length ** 2;
    const start = (state.layer * heads + state.head) * size;
    const chosen = `layer ${state.layer}, head ${state.head}`;
    const data = {
      question: `Where does each token look in ${chosen}?`,
      title: "",
      tokens,
      keyTokens: tokens,
      headNames: [chosen],
      padding: tokens.map(() => false),
      masks: ["none"],
      dK: null,
      scores: Float32Array.from(weights.subarray(start, start + size), Math.log),
      fixed: true,
      palette,
    };
    const own = rowModel({ data, head: 0, mask: "none", temperature: 1, row, scaled: true }, (token) => {
      inside.told = token;
      control.set({ token });
    });
    inside = { key, told: state.token, model: own };
    inside.end = attentionMap({ model: own, el: map });
  }

  function paint() {
    const { measured } = state;
    if (document.activeElement !== input && input.value !== state.sentence) input.value = state.sentence;
    const current = measured && measured.sentence === state.sentence;
    root.toggleAttribute("aria-busy", !current);
    body.classList.toggle("lfz-old", !current || Boolean(measured.error));
    map.classList.toggle("lfz-old", !current || Boolean(measured.error));
    const loading = drawn ? "BERT is reading the sentence …" : "BERT is being loaded …";
    status.textContent = !current ? loading : measured.error || measured.note || "\u00a0";
    const usable = measured && !measured.error;
    if (usable && drawn !== measured) {
      weights = weightsOf(measured);
      endInside();
      drawn = measured;
      root.dataset.painted = "";
    }
    body.hidden = map.hidden = !drawn;
    if (!usable) return;
    if (root.dataset.painted !== look.theme) {
      root.dataset.painted = look.theme;
      paintGrid(measured.tokens.length);
      cells.forEach((row, layer) => row.forEach((cell, head) => cell.setAttribute("aria-label", inWords(layer, head))));
    }
    cells.forEach((row, layer) =>
      row.forEach((cell, head) => {
        const chosen = layer === state.layer && head === state.head;
        cell.setAttribute("aria-checked", String(chosen));
        cell.setAttribute("tabindex", chosen ? "0" : "-1");
      }),
    );
    paintFacts();
    paintMap(measured.tokens);
  }

  const dress = () => {
    look = applyTheme(root, palette);
    paint();
  };
  const end = live(root, dress, control);
  if (!state.measured) model.send({ measure: true }); // after the first paint: nothing waits for a model
  return () => {
    endInside();
    end();
  };
}

export default { render };
