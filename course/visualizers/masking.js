// Masking stepper: the random numbers come once, what follows from them is computed here.

const CONTROLS = ["step", "rate", "draw"];
const ACTIONS = { mask: "→ [MASK]", random: "→ random", keep: "→ stays" };
const KINDS = { mask: "masked", random: "random", keep: "unchanged" };

function masked(tokens, special, { choose, replace, words }, rate, mask) {
  return tokens.map((token, i) => {
    const chosen = !special[i] && choose[i] < rate;
    const drawn = replace[i] < 0.8 ? "mask" : replace[i] < 0.9 ? "random" : "keep";
    const action = chosen ? drawn : "";
    const seen = action === "mask" ? mask : action === "random" ? words[i] : token;
    return { token, special: special[i], choose: choose[i], replace: replace[i], chosen, action, seen };
  });
}

function render({ model, el }) {
  const { question, steps, tokens, special, mask, draws, rates, palette } = model.get("data");
  const { root } = frame("masking", question);
  const control = controls(model, CONTROLS, paint);
  const { state } = control;

  const step = slider("step", {
    min: 0,
    max: steps.length - 1,
    step: 1,
    words: (value) => `${Number(value) + 1} of ${steps.length}`,
    onInput: (value) => control.set({ step: value }),
  });
  const rate = slider("rate", {
    min: 0,
    max: rates.length - 1,
    step: 1,
    words: (index) => rates[index].toFixed(2),
    onInput: (index) => control.set({ rate: rates[index] }),
    note: "the share of ordinary tokens that is chosen; 0.15 in the paper",
  });
  const draw = slider("numbers", {
    min: 0,
    max: draws.length - 1,
    step: 1,
    words: (value) => `set ${Number(value) + 1}`,
    onInput: (value) => control.set({ draw: value }),
  });
  const move = (by) => control.set({ step: clamp(state.step + by, 0, steps.length - 1) });
  const back = html("button", { type: "button", ...KEEP_KEYS, onclick: () => move(-1) }, "back");
  const next = html("button", { type: "button", ...KEEP_KEYS, onclick: () => move(1) }, "next step");
  const now = html("div", { class: "lfz-title", "aria-live": "polite" });
  const table = html("table", { class: "lfz-table" });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  const parts = [step, rate, draw].map((part) => part.node);
  root.append(html("div", { class: "lfz-controls" }, ...parts, html("div", {}, back, " ", next)), now);
  root.append(html("div", { class: "lfz-scroll" }, table), says);
  el.append(root);

  function paint() {
    step.set(state.step);
    rate.set(rates.indexOf(state.rate));
    draw.set(state.draw);
    back.disabled = state.step === 0;
    next.disabled = state.step === steps.length - 1;
    now.textContent = steps[state.step];
    const places = masked(tokens, special, draws[state.draw], state.rate, mask);
    const heads = ["token", "may be chosen", `number < ${state.rate}?`, "second number", "model sees", "label"];
    // A column that has not had its turn keeps its room, so that the table does not jump.
    const from = [0, 1, 2, 3, 3, 4];
    const shown = from.map((first) => state.step >= first);
    const cell = (tag, words, i, cls = "") =>
      html(tag, { class: `${cls} ${shown[i] ? "" : "lfz-hidden"}`.trim(), scope: tag === "th" ? "col" : null }, words);
    const rows = places.map((place) => {
      const cells = [
        place.token,
        place.special ? "never" : "yes",
        place.special ? "" : place.choose.toFixed(2) + (place.chosen ? " chosen" : ""),
        place.chosen ? `${place.replace.toFixed(2)} ${ACTIONS[place.action]}` : "",
        place.seen,
        place.chosen ? place.token : "−100",
      ];
      const changed = place.action === "mask" || place.action === "random";
      const strong = [false, false, place.chosen, false, changed, place.chosen];
      const faint = [
        state.step >= 1 && place.special, place.special, !place.chosen, !place.chosen, !place.chosen, !place.chosen,
      ];
      const look = (i) => (strong[i] ? "lfz-strong" : faint[i] ? "lfz-faint" : "");
      const chosen = state.step >= 2 && place.chosen;
      return html("tr", { class: chosen ? "lfz-chosen" : null }, ...cells.map((words, i) => cell("td", words, i, look(i))));
    });
    table.replaceChildren(
      html("thead", {}, html("tr", {}, ...heads.map((words, i) => cell("th", words, i)))),
      html("tbody", {}, ...rows),
    );
    const kinds = places.filter((place) => place.chosen).map((place) => place.action);
    const count = (action) => kinds.filter((kind) => kind === action).length;
    const each = Object.entries(KINDS).map(([action, word]) => `${count(action)} ${word}`);
    const ordinary = special.filter((alone) => !alone).length;
    const counted = `${kinds.length} of ${ordinary} ordinary tokens chosen: ${each.join(", ")}.`;
    says.replaceChildren(html("b", {}, state.step >= 3 ? counted : "\u00a0"));
  }

  const retheme = () => {
    const { heat } = applyTheme(root, palette);
    root.style.setProperty("--lfz-tint", heat[31]);
    paint();
  };
  retheme();
  const stop = watch(root, retheme, () => {});
  return () => {
    stop();
    control.stop();
  };
}

export default { render };
