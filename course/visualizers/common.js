// What the explorers' scripts share. It is put in front of each script, so that a widget is one file and loads nothing.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const html = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// Two decimals with a proper minus sign, and never "-0.00".
function decimals(value, digits = 2) {
  const text = value.toFixed(digits);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

function channels(colour) {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

// 256 colours along evenly spaced stops, mixed once and then looked up.
function ramp(stops) {
  return Array.from({ length: 256 }, (_, step) => {
    const place = (step / 255) * (stops.length - 1);
    const index = Math.min(Math.floor(place), stops.length - 2);
    const [from, to] = [channels(stops[index]), channels(stops[index + 1])];
    const mixed = from.map((part, i) => Math.round(part + (to[i] - part) * (place - index)));
    return "#" + mixed.map((part) => part.toString(16).padStart(2, "0")).join("");
  });
}

// The same colours as pixels of an image, four bytes in one number (red first: all browsers run on little-endian machines).
const pixels = (colours) =>
  Uint32Array.from(colours, (colour) => {
    const [r, g, b] = channels(colour);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });

function luminance(colour) {
  const [r, g, b] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Black or white, whichever has the higher contrast on the colour.
const inkOn = (colour) => (luminance(colour) > 0.179 ? "#000000" : "#ffffff");

// Whether the page around the widget is dark: JupyterLab says so, other notebooks are judged by their background.
function isDark(host) {
  const told = document.body.dataset.jpThemeLight;
  if (told !== undefined) return told === "false";
  for (let node = host; node; node = node.parentElement) {
    const parts = getComputedStyle(node).backgroundColor.match(/[\d.]+/g);
    if (parts && (parts.length < 4 || Number(parts[3]) > 0.5)) {
      return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 128;
    }
  }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

// Calls back when the page changes between light and dark, or the widget changes its width. Returns how to stop.
function watch(root, onTheme, onWidth) {
  const themes = new MutationObserver(onTheme);
  for (const node of [document.documentElement, document.body]) {
    themes.observe(node, { attributes: true, attributeFilter: ["class", "data-jp-theme-light", "data-jp-theme-name"] });
  }
  const preference = matchMedia("(prefers-color-scheme: dark)");
  preference.addEventListener("change", onTheme);
  let width = 0;
  const sizes = new ResizeObserver((entries) => {
    const now = Math.round(entries[entries.length - 1].contentRect.width);
    if (now !== width && now > 0) {
      width = now;
      onWidth(now);
    }
  });
  sizes.observe(root);
  return () => {
    themes.disconnect();
    sizes.disconnect();
    preference.removeEventListener("change", onTheme);
  };
}

// JupyterLab takes keys away from every element that doesn't carry this; on a parent it does not help.
const KEEP_KEYS = { "data-lm-suppress-shortcuts": "true" };

function frame(name, question) {
  const heading = html("div", { class: "lfz-question", role: "heading", "aria-level": "3" }, question);
  return { root: html("div", { class: `lfz lfz-${name}` }, heading), heading };
}

function applyTheme(root, palette) {
  const theme = isDark(root.parentElement || root) ? "dark" : "light";
  root.dataset.theme = theme;
  for (const [role, look] of Object.entries(palette.roles)) root.style.setProperty(`--lfz-${role}`, look[theme]);
  root.style.setProperty("--lfz-difference", palette.difference[theme]);
  const heat = ramp(palette.heat[theme]);
  root.style.setProperty("--lfz-accent", heat[theme === "dark" ? 175 : 191]);
  root.style.setProperty("--lfz-ramp", `linear-gradient(to right, ${palette.heat[theme].join(", ")})`);
  return { theme, heat };
}

// The controls' values: kept here, painted at once, told to Python when the hand rests, taken over when Python sets them.
function controls(model, names, onChange) {
  const state = Object.fromEntries(names.map((name) => [name, model.get(name)]));
  let timer = 0;
  let waiting = false;
  const paintSoon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      onChange();
    });
  };
  const listeners = names.map((name) => {
    const listener = () => {
      if (state[name] === model.get(name)) return;
      state[name] = model.get(name);
      paintSoon();
    };
    model.on(`change:${name}`, listener);
    return [`change:${name}`, listener];
  });
  const tell = () => {
    clearTimeout(timer);
    for (const name of names) model.set(name, state[name]);
    model.save_changes();
  };
  return {
    state,
    paintSoon,
    set(changes) {
      Object.assign(state, changes);
      clearTimeout(timer);
      timer = setTimeout(tell, 150);
      paintSoon();
    },
    stop() {
      clearTimeout(timer);
      for (const [event, listener] of listeners) model.off(event, listener);
    },
  };
}

// Dresses a widget whose drawing takes any width, now and whenever the theme changes. Returns how to end it.
function live(root, dress, control) {
  dress();
  const stopWatching = watch(root, dress, () => {});
  return () => {
    stopWatching();
    control.stop();
  };
}

// One of a few values, as radio buttons in one strip.
function choice(legend, options, onChange, className = "lfz-strip") {
  // Radio buttons belong together by name, and each widget loads this script anew: a counter would repeat itself.
  const name = `lfz-${Math.random().toString(36).slice(2)}`;
  const inputs = new Map();
  const labels = options.map(({ value, label, before }) => {
    const input = html("input", { type: "radio", name, value, ...KEEP_KEYS, onchange: () => onChange(value) });
    inputs.set(value, input);
    return html("label", { title: label }, input, ...(before ? [before] : []), html("span", {}, label));
  });
  const node = html("fieldset", { class: className }, html("legend", {}, legend), html("div", {}, ...labels));
  return {
    node,
    set(value) {
      inputs.get(value).checked = true;
    },
    show(visible) {
      node.hidden = !visible;
    },
  };
}

// A slider with its value in words beside it; the same words are read out.
function slider(name, { min, max, step, words, onInput, note }) {
  const output = html("output", {});
  const input = html("input", {
    type: "range",
    min,
    max,
    step,
    "aria-label": name,
    ...KEEP_KEYS,
    oninput: () => onInput(Number(input.value)),
  });
  const caption = html("span", { class: "lfz-caption" }, name);
  const node = html("label", { class: "lfz-slider", title: note || null }, html("span", {}, caption, output), input);
  return {
    node,
    set(value) {
      input.value = value;
      output.textContent = words(value);
      input.setAttribute("aria-valuetext", words(value));
    },
    limit(most) {
      input.max = most;
    },
    rename(text) {
      caption.textContent = text;
      input.setAttribute("aria-label", text);
    },
    show(visible) {
      node.hidden = !visible;
    },
  };
}

function checkbox(text, onChange, note) {
  const input = html("input", { type: "checkbox", ...KEEP_KEYS, onchange: () => onChange(input.checked) });
  const node = html("label", { class: "lfz-check", title: note || null }, input, html("span", {}, text));
  return {
    node,
    set(value) {
      input.checked = value;
    },
    show(visible) {
      node.hidden = !visible;
    },
  };
}

const pen = document.createElement("canvas").getContext("2d");

// The text's width in pixels as the page's font draws it.
function widthOf(text, size, family, weight = "") {
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

function shorten(text, size, family, room) {
  if (widthOf(text, size, family) <= room) return text;
  let kept = [...text];
  while (kept.length && widthOf(kept.join("") + "…", size, family) > room) kept.pop();
  return kept.join("") + "…";
}
