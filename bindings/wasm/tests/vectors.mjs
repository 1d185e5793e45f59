// The golden vectors against the web build; the same function runs in Node and in the browser.

/** Runs every section of `vectors.json`; how many answers were compared in each. Throws at the first wrong one. */
export const runVectors = (api, v) => {
  const counts = {};
  const same = (section, given, wanted, what) => {
    const [a, b] = [JSON.stringify(given ?? null), JSON.stringify(wanted ?? null)];
    if (a !== b) throw new Error(`${section} ${JSON.stringify(what)}: got ${a}, want ${b}`);
    counts[section] = (counts[section] ?? 0) + 1;
  };
  same("dialects", api.dialects().map((d) => d.key), v.dialects, "keys");
  same("conditions", api.conditions().map((c) => c.name), v.conditions, "names");
  same("operations", api.operations().map((o) => o.key), v.operations, "keys");
  same("categories", api.categories().map((c) => c.key), v.categories, "keys");
  for (const row of v.lookups) {
    const r = api.lookup(row[0], row[1]);
    const answers = [r.retryable, r.maybeApplied, r.retryableNotApplied];
    same("lookups", [r.dialect, r.value, r.name ?? null, r.condition.id, r.category, r.origin, r.edition, r.since, r.until ?? null, r.primary, answers], row, row);
    same("decode", api.decode(row[0], [row[1]])[0], r.condition.id, row);
  }
  for (const [d, value, release, name, id] of v.at) {
    const r = api.dialect(d).lookup(value, release);
    same("at", [r.name ?? null, r.condition?.id ?? 0], [name, id], [d, value, release]);
  }
  for (const [d, value, category] of v.unknown) {
    const r = api.lookup(d, value);
    same("unknown", [r.value, r.name, r.condition, r.known, r.category, r.retryable], [value, undefined, undefined, false, category, "unknown"], [d, value]);
    same("decode", api.decode(d, Int32Array.of(value))[0], 0, [d, value]);
  }
  for (const [d, value, map] of v.translations)
    for (const to of v.dialects) {
      const t = api.translate({ dialect: d, value }, to);
      same("translations", [t.kind, t.targets.map((r) => r.value)], map[to] ?? ["none", []], [d, value, to]);
    }
  for (const [d, value, rows] of v.advice)
    rows.forEach((row, i) =>
      row.forEach((want, k) => {
        const a = api.advise(`${d}:${value}`, { operation: v.operations[i], inDoubt: [undefined, false, true][k] });
        same("advice", a.retryable[0] + a.maybeApplied[0] + a.retryableNotApplied[0], want, [d, value, i, k]);
      }),
    );
  for (const [name, codes] of v.names) same("names", api.find(name).map((r) => [r.dialect, r.value]), codes, name);
  for (const [value, n] of v.readings) same("readings", api.readings(value).length, n, value);
  for (const [words, first] of v.searches) same("searches", api.search(words)[0]?.condition.name ?? null, first, words);
  return counts;
};
