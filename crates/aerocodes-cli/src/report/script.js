"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = data.groups.map((g, i) => ({ ...g, element: document.getElementById("g" + i) }));
  const by = (id) => document.getElementById(id);
  const controls = { words: by("words"), category: by("category"), dialect: by("dialect"), retry: by("retry"), order: by("order") };
  const list = by("groups");
  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, attributes) => {
    const e = document.createElementNS(SVG, name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    return e;
  };
  const number = (n) => n.toLocaleString("en-US");

  const draw = (shown) => {
    const chart = by("bars");
    if (!chart) return;
    const ranked = [...shown].sort((a, b) => b.count - a.count);
    const series = ranked.slice(0, 7).map((g) => ({ label: g.label, counts: g.counts }));
    if (ranked.length > 7) {
      const counts = data.times.map((_, i) => ranked.slice(7).reduce((n, g) => n + (g.counts[i] || 0), 0));
      series.push({ label: (ranked.length - 7) + " others", counts });
    }
    const totals = data.times.map((_, i) => series.reduce((n, s) => n + (s.counts[i] || 0), 0));
    const most = Math.max(1, ...totals);
    const bars = [];
    data.times.forEach((time, i) => {
      let y = 100;
      series.forEach((s, n) => {
        const count = s.counts[i] || 0;
        if (!count) return;
        const h = (count / most) * 100;
        y -= h;
        const bar = make("rect", { class: "s" + n, x: i * 10 + 1, y, width: 8, height: h });
        const title = make("title", {});
        title.textContent = time + "  " + s.label + ": " + number(count);
        bar.append(title);
        bars.push(bar);
      });
    });
    chart.replaceChildren(...bars);
    by("most").textContent = number(most);
    by("legend").replaceChildren(...series.map((s, n) => {
      const item = document.createElement("li");
      const box = make("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" });
      box.append(make("rect", { class: "s" + n, width: 10, height: 10, rx: 2 }));
      item.append(box, s.label);
      return item;
    }));
  };

  const apply = () => {
    const words = controls.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = rows.filter((g) =>
      words.every((w) => g.text.includes(w)) &&
      (!controls.category.value || g.category === controls.category.value) &&
      (!controls.dialect.value || g.dialects.includes(controls.dialect.value)) &&
      (!controls.retry.value || g.retry === controls.retry.value));
    const chosen = new Set(shown);
    for (const g of rows) g.element.classList.toggle("none", !chosen.has(g));
    const findings = shown.reduce((n, g) => n + g.count, 0);
    by("shown").textContent = shown.length === rows.length ? "" : number(shown.length) + " of " + number(rows.length) + " groups, " + number(findings) + " findings";
    draw(shown);
  };

  const sort = () => {
    const key = { count: (g) => -g.count, first: (g) => g.first || "~", last: (g) => g.last || "", code: (g) => g.label }[controls.order.value];
    const sign = controls.order.value === "last" ? -1 : 1;
    const sorted = [...rows].sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
    list.replaceChildren(...sorted.map((g) => g.element));
  };

  for (const c of [controls.words, controls.category, controls.dialect, controls.retry]) c.addEventListener("input", apply);
  controls.order.addEventListener("input", sort);
  document.documentElement.classList.add("js");
})();
