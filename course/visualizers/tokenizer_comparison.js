// Tokenizer comparison: the text is cut here, at every key, so that nothing waits for the kernel.

const SIGNS = { " ": "␣", "\n": "⏎", "\t": "⇥", "\r": "↵", "\u00a0": "⍽" };
const visible = (text) => [...text].map((character) => SIGNS[character] ?? character).join("");
const hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));

function labelOf(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return hexadecimal(bytes).join(" ");
  }
  const printable = !/[\p{C}\p{Z}]/u.test(text.replaceAll(" ", ""));
  return printable || text in SIGNS ? visible(text) : hexadecimal(bytes).join(" ");
}

// Byte-pair encoding: a rank for each pair of tokens, and the bytes of each token.
function bytePairs(merges) {
  const ranks = new Map(merges.map(([left, right], rank) => [left * 1e6 + right, rank]));
  const bytes = Array.from({ length: 256 }, (_, byte) => [byte]);
  for (const [left, right] of merges) bytes.push([...bytes[left], ...bytes[right]]);
  const labels = bytes.map(labelOf);
  const encodeWord = (word) => {
    const tokens = [...new TextEncoder().encode(word)];
    for (;;) {
      let best = Infinity;
      let place = -1;
      for (let i = 0; i + 1 < tokens.length; i += 1) {
        const rank = ranks.get(tokens[i] * 1e6 + tokens[i + 1]);
        if (rank < best) [best, place] = [rank, i];
      }
      if (place < 0) return tokens;
      tokens.splice(place, 2, 256 + best);
    }
  };
  return (text) => (text.match(/ ?\S+|\s+(?!\S)|\s+/gu) ?? []).flatMap(encodeWord).map((token) => labels[token]);
}

function wordPieces(vocabulary) {
  const known = new Set(vocabulary.split("\n"));
  const chinese = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;
  const encodeWord = (word) => {
    const characters = [...word];
    if (characters.length > 100) return ["[UNK]"];
    const found = [];
    for (let start = 0; start < characters.length; ) {
      let end = characters.length;
      const piece = () => (start ? "##" : "") + characters.slice(start, end).join("");
      while (end > start && !known.has(piece())) end -= 1;
      if (end === start) return ["[UNK]"];
      found.push(piece());
      start = end;
    }
    return found;
  };
  return (text) =>
    text
      .replace(/(?![\t\n\r])[\p{C}\ufffd]/gu, "")
      .replace(chinese, " $& ")
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .toLowerCase()
      .replace(/[\p{P}$+<=>^`|~]/gu, " $& ")
      .split(/\s+/u)
      .filter(Boolean)
      .flatMap(encodeWord);
}

function render({ model, el }) {
  const { question, ways, most, merges, vocabulary, palette } = model.get("data");
  const { root } = frame("tokenizers", question);
  const control = controls(model, ["text"], paint);
  const { state } = control;
  const cut = [
    (text) => [...text].map(visible),
    (text) => text.split(/\s+/u).filter(Boolean),
    (text) => hexadecimal(new TextEncoder().encode(text)),
    bytePairs(merges),
    wordPieces(vocabulary),
  ];
  const field = textField("Your text", most, (text) => control.set({ text }));
  const { input } = field;
  const rows = ways.map((way) => {
    const count = html("div", { class: "lfz-note" });
    const tokens = html("div", { class: "lfz-tokens", role: "group", "aria-label": `Tokens: ${way}` });
    const name = html("div", {}, html("div", { class: "lfz-title" }, way), count);
    return { count, tokens, node: html("div", { class: "lfz-way" }, name, tokens) };
  });
  root.append(html("div", { class: "lfz-controls" }, field.node), ...rows.map((row) => row.node));
  el.append(root);

  function paint() {
    if (input.value !== state.text) input.value = state.text;
    rows.forEach((row, i) => {
      const found = cut[i](state.text);
      const unknown = found.filter((token) => token === "[UNK]" && i === 4).length;
      row.count.textContent =
        `${found.length} token${found.length === 1 ? "" : "s"}` + (unknown ? `, ${unknown} unknown` : "");
      row.tokens.replaceChildren(
        ...found.map((token) =>
          html("span", { class: token === "[UNK]" && i === 4 ? "lfz-token lfz-unknown" : "lfz-token" }, token),
        ),
      );
    });
  }

  const dress = () => {
    applyTheme(root, palette);
    paint();
  };
  return live(root, dress, control);
}

export default { render };
