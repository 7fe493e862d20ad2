// Labelling widget: one text at a time; a digit gives the label and goes on.

function render({ model, el }) {
  const { texts, options, question, palette } = model.get("data");
  const { root } = frame("labelling", question);
  const control = controls(model, ["position", "labels"], paint);
  const { state } = control;
  const last = texts.length - 1;

  const go = (place) => control.set({ position: clamp(place, 0, last) });
  function give(label) {
    const labels = [...state.labels];
    labels[state.position] = label;
    control.set({ labels, position: label === null ? state.position : Math.min(state.position + 1, last) });
  }

  const quote = html("div", { class: "lfz-labelling-text" });
  const buttons = options.map((option, i) =>
    html(
      "button",
      { type: "button", class: "lfz-labelling-option", ...KEEP_KEYS, onclick: () => give(option) },
      html("kbd", {}, String(i + 1)),
      ` ${option}`,
    ),
  );
  const back = html("button", { type: "button", ...KEEP_KEYS, onclick: () => go(state.position - 1) }, "← previous");
  const next = html("button", { type: "button", ...KEEP_KEYS, onclick: () => go(state.position + 1) }, "next →");
  const undo = html(
    "button",
    { type: "button", ...KEEP_KEYS, onclick: () => give(null) },
    html("kbd", {}, "0"),
    " take back",
  );
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  const marks = html("div", { class: "lfz-labelling-marks", "aria-hidden": "true" });
  const desk = html(
    "div",
    { class: "lfz-labelling-desk", tabindex: "0", role: "group", "aria-label": "Text to label", ...KEEP_KEYS },
    quote,
  );
  root.append(
    desk,
    html("div", { class: "lfz-controls" }, ...buttons, undo),
    html("div", { class: "lfz-controls" }, back, next, marks),
    says,
    html("div", { class: "lfz-hint" }, "Keys: digits give a label, 0 takes it back, arrow keys move."),
  );
  el.append(root);

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : -1;
    const moves = { ArrowLeft: state.position - 1, ArrowRight: state.position + 1, Home: 0, End: last };
    if (digit > options.length || (digit < 0 && !(event.key in moves))) return;
    if (digit < 0) go(moves[event.key]);
    else give(digit === 0 ? null : options[digit - 1]);
    event.preventDefault();
    event.stopPropagation();
  });

  function paint() {
    const label = state.labels[state.position];
    quote.textContent = texts[state.position];
    options.forEach((option, i) => buttons[i].setAttribute("aria-pressed", String(option === label)));
    back.disabled = state.position === 0;
    next.disabled = state.position === last;
    marks.replaceChildren(
      ...texts.map((_, i) =>
        html("span", { class: i === state.position ? "lfz-here" : null }, state.labels[i] === null ? "○" : "●"),
      ),
    );
    const given = state.labels.filter((one) => one !== null).length;
    says.textContent =
      `Text ${state.position + 1} of ${texts.length}, ` +
      (label === null ? "no label yet" : `labelled ${label}`) +
      `. ${given} of ${texts.length} labelled.`;
  }

  function dress() {
    applyTheme(root, palette);
    paint();
  }
  return live(root, dress, control);
}

export default { render };
