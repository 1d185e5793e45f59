// One condition on a card: what it means, who raises it, may I retry, did the write happen, what to do, and its codes elsewhere.

import { dialects, loadTexts, translate } from "aerocodes-api";
import type { Answer, Condition, Reading } from "aerocodes-api";

import { h } from "./dom.js";
import { fill, type Messages } from "./messages.js";

/** What a card is about: a condition, and the readings that were asked for. */
export interface Topic {
  condition: Condition | undefined;
  readings: Reading[];
}

/** What the cards of one element share. */
export interface Setting {
  m: Messages;
  /** Tells screen readers. */
  say(text: string): void;
  /** In running text the parts have no headings, which would tear up the page's outline. */
  inline?: boolean;
  /** The address of a code, where the page has one. */
  link?(code: string): string | undefined;
  /** Goes to another code. */
  go?(code: string): void;
}

/** The registry's sentences are English whatever the page is. */
export const english = (text: string) => h("span", { lang: "en" }, prose(text));

/** A sentence whose words in backticks are code. */
const prose = (text = "") => text.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));

const badge = (m: Messages, a: Answer, tone: Partial<Record<Answer, string>>, words: Partial<Record<Answer, string>> = {}) =>
  h("span", { class: `badge ${tone[a] ?? ""}`, part: `badge badge-${a}` }, words[a] ?? m[a]);

const fact = (term: string, ...value: (Node | string)[]) => h("div", {}, h("dt", {}, term), h("dd", {}, value));

/** `since 4.1.0`, `3.0–4.0`. */
const life = (m: Messages, r: Reading): string => (r.until ? `${r.since}–${r.until}` : r.since === r.numbering.first ? "" : `${m.since} ${r.since}`);

const told = (m: Messages, r: Reading) => {
  const kind = r.numbering.kind === "current" ? "" : m[r.numbering.kind];
  const notes = [r.numbering.title, kind, life(m, r), r.wrong && m.wrong].filter(Boolean).join(", ");
  return h("li", { part: "reading" }, h("code", {}, r.code), r.name && h("b", { class: "mono" }, r.name), h("small", {}, notes));
};

/** The card. With `open` its details are shown, which loads the long texts. */
export const card = (s: Setting, topic: Topic, open: boolean): HTMLElement => {
  const { m } = s;
  const { condition: c, readings: asked } = topic;
  const first = asked[0];
  const title = c ? c.name : first!.code;
  const box = h("article", { class: "card", part: "card", "aria-label": title });
  const category = (c ?? first!).categoryTitle;
  box.append(
    h("div", { class: "top" }, h(s.inline ? "p" : "h3", { part: "title", class: "h3 mono" }, title), h("span", { class: "dim", lang: "en" }, category), c?.edition === "enterprise" && h("span", { class: "dim" }, m.enterprise)),
    c ? h("p", { part: "summary", lang: "en" }, c.summary) : h("p", { part: "summary" }, `${fill(m.unknownCode, String(first!.value), first!.numbering.title, category)} ${m.unknownAdvice}`),
  );
  if (asked.length && c) box.append(h("ul", { class: "said", part: "readings" }, asked.map((r) => told(m, r))));
  if (c) {
    const origins = { server: m.originServer, client: m.originClient, either: m.originEither, unknown: m.originUnknown };
    const risk = { yes: "warn", no: "good", depends: "warn" };
    const chance = { yes: "good", no: "bad", depends: "warn" };
    box.append(
      h(
        "dl",
        { class: "facts", part: "facts" },
        fact(m.origin, h("span", { class: "badge plain" }, origins[c.origin])),
        fact(m.retry, badge(m, c.retryable, chance)),
        fact(m.applied, badge(m, c.maybeApplied, risk, { yes: m.maybe })),
        fact(m.safe, badge(m, c.retryableNotApplied, chance)),
      ),
    );
    const inner = h("div", { part: "explanation" });
    let filled = false;
    const fillIn = () => {
      if (filled || !details.open) return;
      filled = true;
      void explain(s, topic, inner);
    };
    const details = h("details", { part: "details", ontoggle: fillIn }, h("summary", {}, m.more), inner);
    details.open = open;
    if (open) fillIn();
    box.append(details);
  }
  box.append(actions(s, topic));
  return box;
};

const section = (s: Setting, title: string, ...content: Node[]): Node[] => [h(s.inline ? "p" : "h4", { class: "h4" }, title), ...content];

const explain = async (s: Setting, topic: Topic, into: HTMLElement): Promise<void> => {
  const { m } = s;
  const c = topic.condition!;
  const others = table(s, c);
  const older = topic.readings.flatMap((r) => r.numbering.of(r.value).filter((x) => x.condition !== c));
  const rest = [...section(s, m.others, h("div", { class: "wide" }, others), h("p", { class: "dim" }, m.foldedHint))];
  if (older.length) rest.push(...section(s, m.older, h("ul", { class: "said" }, [...new Set(older)].map((r) => told(m, r)))));
  const long = h("div", { "aria-busy": true }, h("p", { class: "dim" }, m.loading));
  into.replaceChildren(long, ...rest);
  try {
    await loadTexts();
  } catch {
    const again = h("button", { type: "button", class: "btn", onclick: () => void explain(s, topic, into) }, m.again);
    long.replaceChildren(h("p", { class: "note" }, m.failed), again);
    long.removeAttribute("aria-busy");
    return;
  }
  long.removeAttribute("aria-busy");
  const p = (text: string | undefined) => h("p", { class: "prose", lang: "en" }, prose(text));
  const errata = [...new Set(topic.readings.map((r) => r.erratum).filter(Boolean))] as string[];
  long.replaceChildren(
    ...section(s, m.cause, p(c.cause)),
    ...section(s, m.remedy, p(c.remedy)),
    ...section(s, m.why, p(c.reason)),
    ...errata.map((e) => h("p", { class: "note", part: "erratum" }, h("b", {}, `${m.note}: `), english(e))),
  );
  const subcodes = c.subcodes;
  if (subcodes.length) {
    const rows = subcodes.map((x) => h("tr", {}, h("td", { class: "n" }, h("code", {}, x.value)), h("td", {}, h("code", {}, x.name)), h("td", { lang: "en" }, x.summary)));
    into.append(...section(s, m.subcodes, h("div", { class: "wide" }, h("table", {}, h("tbody", {}, rows)))));
  }
  const docs = (c.docs ?? []).filter((d) => /^https:\/\//.test(d));
  if (docs.length) into.append(...section(s, m.docs, h("ul", { class: "src" }, docs.map((d) => h("li", {}, h("a", { href: d, rel: "noreferrer" }, d))))));
  if (c.sources?.length) into.append(...section(s, m.sources, h("ul", { class: "src" }, c.sources.map((x) => h("li", {}, english(x))))));
};

const table = (s: Setting, c: Condition): HTMLElement => {
  const { m } = s;
  const all = c.readings();
  const from = all.find((r) => !r.wrong && !r.retired) ?? all[0]!;
  const body = dialects().flatMap((d) => {
    const own = all.filter((r) => r.numbering === d && !r.wrong && !r.retired);
    const t = own.length ? { kind: "exact" as const, targets: own } : translate(from, d);
    const kind = own.length && own.every((r) => r.folds.length) ? "folded" : t.kind;
    if (kind === "none" && d.kind !== "current") return [];
    const cell = (r: Reading) => (s.go ? h("a", { href: s.link?.(r.code) ?? `#${r.dialect}/${r.value}`, onclick: (e) => (e.preventDefault(), s.go!(r.code)) }, r.value) : String(r.value));
    const each = (f: (r: Reading) => Node | string) => t.targets.flatMap((r, i) => (i ? [h("br"), f(r)] : [f(r)]));
    return [
      h("tr", {}, h("th", { scope: "row" }, d.title), h("td", { class: "n" }, h("code", {}, ...each(cell))), h("td", { class: "nm" }, h("code", {}, ...each((r) => r.name ?? m.unnamed))), h("td", { class: "dim f" }, m[kind])),
    ];
  });
  const head = [m.client, m.number, m.name, m.fit].map((x) => h("th", { scope: "col" }, x));
  return h("table", { class: "others", part: "table", "aria-label": m.others }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body));
};

/** Copies, and tells whether it worked. */
const copy = (s: Setting, text: string) => async (e: Event) => {
  const target = e.currentTarget as HTMLElement;
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = false;
  }
  s.say(done ? s.m.copied : s.m.copyFailed);
  target.dispatchEvent(new CustomEvent("aerocodes-copy", { bubbles: true, composed: true, detail: { text, done } }));
};

const actions = (s: Setting, { condition: c, readings }: Topic): HTMLElement => {
  const { m } = s;
  const code = readings[0]?.code ?? c!.name;
  const link = s.link?.(readings[0] ? code : c!.name);
  const text = c
    ? `${readings.length ? `${readings.join(", ")}: ` : ""}${c.name}. ${c.summary} ${m.retry} ${m[c.retryable]}. ${m.applied} ${c.maybeApplied === "yes" ? m.maybe : m[c.maybeApplied]}.`
    : `${code}: ${m.unknown}`;
  const button = (label: string, what: string) => h("button", { type: "button", class: "btn", part: "button", onclick: copy(s, what) }, label);
  return h("div", { class: "acts", part: "actions" }, button(m.copyCode, code), link && button(m.copyLink, new URL(link, document.baseURI).href), button(m.copyText, text));
};
