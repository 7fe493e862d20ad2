// Merge stepper: every state was computed in Python; here they are only shown.

function render({ model, el }) {
  const { question, times, steps, sentences, palette } = model.get("data");
  const { root } = frame("merges", question);
  const control = controls(model, ["step"], paint);
  const { state } = control;
  const last = steps.length - 1;
  const step = slider("merges made", {
    min: 0,
    max: last,
    step: 1,
    words: (value) => `${value} of ${last}`,
    onInput: (value) => control.set({ step: value }),
  });
  const move = (by) => () => control.set({ step: clamp(state.step + by, 0, last) });
  const back = html("button", { type: "button", class: "lfz-button", ...KEEP_KEYS, onclick: move(-1) }, "◀ back");
  const next = html("button", { type: "button", class: "lfz-button", ...KEEP_KEYS, onclick: move(1) }, "next merge ▶");
  const words = html("div", { class: "lfz-words", role: "list", "aria-label": "Words and their tokens" });
  const pairs = html("div", { class: "lfz-pairs", role: "list", "aria-label": "Leading pairs" });
  const says = html("div", { class: "lfz-says", "aria-live": "polite" });
  root.append(
    html("div", { class: "lfz-controls" }, step.node, back, next),
    html("div", { class: "lfz-columns" }, words, html("div", {}, html("div", { class: "lfz-title" }, "Pairs, and how often they occur"), pairs)),
    says,
  );
  el.append(root);

  function paint() {
    const now = steps[state.step];
    step.set(state.step);
    back.disabled = state.step === 0;
    next.disabled = state.step === last;
    words.replaceChildren(
      ...now.words.map((tokens, i) =>
        html(
          "div",
          { class: "lfz-tokens", role: "listitem" },
          html("span", { class: "lfz-times" }, `${times[i]} ×`),
          ...tokens.map(([text, fresh]) => html("span", { class: fresh ? "lfz-token lfz-fresh" : "lfz-token" }, text)),
        ),
      ),
    );
    const most = now.pairs.length ? now.pairs[0][2] : 1;
    pairs.replaceChildren(
      ...now.pairs.map(([first, second, count], i) =>
        html(
          "div",
          { class: i ? "lfz-candidate" : "lfz-candidate lfz-first", role: "listitem" },
          html("span", { class: "lfz-mono" }, `${i ? "" : "▶ "}${first} + ${second}`),
          html("span", { class: "lfz-bar", style: `width:${Math.round((110 * count) / most)}px` }),
          html("span", {}, String(count)),
        ),
      ),
    );
    says.textContent = sentences[state.step];
  }

  const dress = () => {
    applyTheme(root, palette);
    paint();
  };
  return live(root, dress, control);
}

export default { render };
