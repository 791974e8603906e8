"use strict";
// Draws each figure.chart from the data in it. What the numbers mean is said in the page, not here.

const styles = getComputedStyle(document.documentElement);
const colour = name => styles.getPropertyValue(name).trim();
const font = size => size + "px system-ui, sans-serif";
const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3], [14, 4]]; // lines differ in more than colour
const steps = Array.from({length: 40}, (_, i) => [1, 2, 5].map(d => d * 10 ** (i - 20))).flat();

const number = v => v == null ? "" : String(+v.toPrecision(3));
const count = v => v == null ? "" : v.toLocaleString("en");
const percent = share => +(100 * share).toFixed(4) + " %";
// Which labels there is room for, beginning with the last; ctx measures in the pixels of the screen.
function fitting(plot, places, labels) {
  plot.ctx.font = font(12 * devicePixelRatio);
  let free = Number.MAX_VALUE;
  return places.map((at, i) => [plot.valToPos(at, "x", true), labels[i]]).reverse().map(([x, label]) => {
    const half = plot.ctx.measureText(label).width / 2;
    if (x + half > free) return "";
    free = x - half - 6 * devicePixelRatio;
    return label;
  }).reverse();
}

const power = exponent => "10" + String(exponent).replace(/[-\d]/g,
  c => c === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[c]);

function axis(more) {
  return {stroke: colour("--faint"), font: font(12), grid: {stroke: colour("--line"), width: 1},
    ticks: {show: false}, ...more};
}

// Lines over one axis, on a logarithmic scale where the values differ much; whiskers for spreads.
function lines(data) {
  const sparsity = data.scale === "sparsity";
  const place = sparsity ? s => -Math.log10(1 - s) : x => x;
  const xs = [...new Set(data.lines.flatMap(line => line.points.map(p => p.x)))].sort((a, b) => a - b);
  const values = data.lines.flatMap(line => line.points.map(p => p.y));
  const low = Math.min(...values), high = Math.max(...values);
  const logarithmic = low > 0 && high / low > 5;
  const column = line => {
    const at = new Map(line.points.map(p => [p.x, p.y]));
    return xs.map(x => at.get(x));
  };
  const few = xs.length <= 12;

  function whiskers(plot) {
    const ctx = plot.ctx, cap = 4 * devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
    ctx.clip();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    data.lines.forEach((line, i) => {
      if (!plot.series[i + 1].show) return;
      ctx.strokeStyle = colour("--c" + i % 8);
      line.points.filter(p => p.spread > 0).forEach(p => {
        const x = plot.valToPos(place(p.x), "x", true);
        const y = v => plot.valToPos(logarithmic ? Math.max(v, low / 10) : v, "y", true);
        ctx.beginPath();
        ctx.moveTo(x, y(p.y - p.spread));
        ctx.lineTo(x, y(p.y + p.spread));
        for (const v of [p.y - p.spread, p.y + p.spread]) {
          ctx.moveTo(x - cap, y(v));
          ctx.lineTo(x + cap, y(v));
        }
        ctx.stroke();
      });
    });
    ctx.restore();
  }

  const spread = Math.max(...data.lines.flatMap(line => line.points.map(p => p.spread)));
  return {
    data: [xs.map(place), ...data.lines.map(column)],
    scales: {
      x: {time: false, range: (u, from, to) => from === to ? [0, 2 * to || 1]
        : sparsity ? [from - .08, to + .08] : [from, to]},
      y: logarithmic ? {distr: 3, range: () => [low / 1.15, (high + spread) * 1.15]}
        : {range: () => [0, (high + spread) * 1.08 || 1]},
    },
    series: [
      {label: data.x, value: (u, v, i, at) => at == null ? "" : sparsity ? percent(xs[at]) : number(v)},
      ...data.lines.map((line, i) => ({
        label: line.name, stroke: colour("--c" + i % 8), dash: dashes[i % 5], width: 2,
        spanGaps: true, points: {show: few, size: 7, fill: colour("--paper")},
        value: (u, v) => number(v)})),
    ],
    axes: [
      axis(sparsity
        ? {size: 26, splits: () => xs.map(place),
          values: u => fitting(u, xs.map(place), xs.map(percent)), filter: (u, all) => all}
        : {size: 26, label: data.x, labelSize: 18, labelFont: font(12), labelGap: 0}),
      axis(logarithmic
        ? {size: 44, splits: () => steps.filter(s => s >= low / 1.15 && s <= (high + spread) * 1.15),
          values: (u, all) => all.map(number), filter: (u, all) => all}
        : {size: 44, values: (u, all) => all.map(number)}),
    ],
    hooks: {draw: [whiskers]},
  };
}

// Bars of one width over powers of ten: what is kept stands in front of all there is.
function histogram(data) {
  const xs = data.kept.map((_, i) => data.low + i * data.width);
  const all = data.kept.map((kept, i) => data.pruned[i] > 0 ? kept + data.pruned[i] : null);
  const end = data.low + xs.length * data.width;
  const bars = uPlot.paths.bars({align: 1, size: [1], gap: 1});
  const decades = Array.from({length: 80}, (_, i) => i - 70).filter(e => e >= data.low && e <= end);

  function cut(plot) {
    if (data.cut === undefined) return;
    const ctx = plot.ctx, scale = devicePixelRatio;
    const x = plot.valToPos(data.cut, "x", true);
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour("--ink");
    ctx.lineWidth = 1.5 * scale;
    ctx.setLineDash([4 * scale, 3 * scale]);
    ctx.beginPath();
    ctx.moveTo(x, plot.bbox.top);
    ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
    ctx.stroke();
    ctx.font = font(12 * scale);
    const pruned = "\u2190 pruned", kept = "kept \u2192", y = plot.bbox.top + 12 * scale;
    const wide = text => ctx.measureText(text).width + 6 * scale;
    ctx.textAlign = "right";
    if (x - wide(pruned) > plot.bbox.left) ctx.fillText(pruned, x - 6 * scale, y);
    ctx.textAlign = "left";
    if (x + wide(kept) < plot.bbox.left + plot.bbox.width) ctx.fillText(kept, x + 6 * scale, y);
    ctx.restore();
  }

  const bar = name => ({stroke: colour(name), fill: colour(name), width: 0, paths: bars, points: {show: false}});
  return {
    data: [xs, all, data.kept],
    scales: {x: {time: false, range: () => [data.low, end]}, y: {range: (u, low, high) => [0, high * 1.12]}},
    series: [
      {label: "score", value: (u, v) => v == null ? "" : number(10 ** v) + " to " + number(10 ** (v + data.width))},
      {label: "pruned", ...bar("--pruned"), value: (u, v, s, at) => at == null ? "" : count(data.pruned[at])},
      {label: "kept", ...bar("--c0"), value: (u, v) => count(v)},
    ],
    axes: [
      axis({size: 26, splits: () => decades, values: u => fitting(u, decades, decades.map(power)),
        filter: (u, e) => e, label: "score", labelSize: 18, labelFont: font(12), labelGap: 0}),
      axis({size: 58, values: (u, v) => v.map(count)}),
    ],
    hooks: {draw: [cut]},
  };
}

const kinds = {lines, histogram};

function draw(figure) {
  const host = figure.querySelector(".plot");
  const {data, ...options} = figure.drawn.options();
  figure.drawn.width = host.clientWidth;
  host.replaceChildren();
  host.classList.add(figure.drawn.kind);
  const dash = (plot, i) => (plot.series[i].dash ?? []).length > 0 ? "dashed" : "solid";
  new uPlot({width: host.clientWidth, height: 240, cursor: {drag: {x: false}}, legend: {markers: {dash}},
    ...options}, data, host);
}

const figures = [...document.querySelectorAll("figure.chart")];
for (const figure of figures) {
  const data = JSON.parse(figure.querySelector("script").textContent);
  figure.drawn = {kind: data.kind, options: () => kinds[data.kind](data), width: 0};
  draw(figure);
  new ResizeObserver(() => {
    if (figure.querySelector(".plot").clientWidth !== figure.drawn.width) draw(figure);
  }).observe(figure.querySelector(".plot"));
}
// Colours are read when a chart is drawn: again when they change, as on paper.
for (const query of ["(prefers-color-scheme: dark)", "print"]) {
  matchMedia(query).addEventListener("change", () => figures.forEach(draw));
}
// On paper nobody can open what is closed.
for (const settings of document.querySelectorAll("details.settings")) {
  let before = settings.open;
  const onPaper = paper => {
    if (paper) before = settings.open;
    settings.open = paper || before;
  };
  if (matchMedia("print").matches) onPaper(true);
  matchMedia("print").addEventListener("change", change => onPaper(change.matches));
}
