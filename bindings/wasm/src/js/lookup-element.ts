// <aerocodes-lookup>: one field for a number, a name, words or a whole pasted error.

import { dialects, find, findDialect, init, lookup, readings, recognize, search } from "aerocodes-api";
import type { Finding, Reading } from "aerocodes-api";

import { card, type Setting, type Topic } from "./card.js";
import { h } from "./dom.js";
import { fill, messagesFor } from "./messages.js";
import { style } from "./style.js";

/** How many findings and characters of a pasted text are shown; all of it is read. */
const MAX_FINDINGS = 200;
const MAX_SHOWN = 20_000;
const MAX_CARDS = 8;

/** What the field was understood as. */
export interface Result {
  /** What was asked, or the pasted text. */
  query: string;
  kind: "empty" | "number" | "code" | "name" | "words" | "text" | "nothing";
  /** What the cards are about. */
  topics: Topic[];
  /** Codes found in the text. */
  findings: Finding[];
}

/** Readings by condition, in the order of the first of each. */
const group = (list: Reading[]): Topic[] => {
  const out = new Map<unknown, Topic>();
  for (const r of list) {
    const key = r.condition ?? r;
    const topic = out.get(key);
    if (topic) topic.readings.push(r);
    else out.set(key, { condition: r.condition, readings: [r] });
  }
  return [...out.values()];
};

/** What a text asks for, seen from a dialect and a release where the page names them. */
export const ask = (text: string, home?: string | null, release?: string | null): Result => {
  const query = text.trim();
  const result = (kind: Result["kind"], topics: Topic[] = [], findings: Finding[] = []): Result => ({ query: text, kind, topics, findings });
  if (!query) return result("empty");
  const homely = home ? findDialect(home) : undefined;
  const as = (d: NonNullable<typeof homely>, value: number) => {
    try {
      return d.lookup(value, release && d === homely ? release : undefined);
    } catch {
      return d.lookup(value);
    }
  };
  const [, sign, digits] = /^([+-]?)(0x[\da-f]{1,8}|\d{1,10})$/i.exec(query) ?? [];
  if (digits) {
    const value = Number(digits) * (sign === "-" ? -1 : 1);
    if ((value | 0) !== value) return result("nothing");
    const own = homely && [as(homely, value)];
    const all = readings(value || 0).filter((r) => !own || r.numbering !== homely);
    return own || all.length ? result("number", group([...(own ?? []), ...all])) : result("nothing");
  }
  const [, key, rest] = /^([\w.#-]+)\s*[:/ ]\s*(\S+)$/.exec(query) ?? [];
  const d = key ? findDialect(key) : undefined;
  if (d) {
    if (/^[+-]?\d{1,10}$/.test(rest!) && (+rest! | 0) === +rest!) return result("code", group([as(d, +rest!)]));
    const named = find(rest!).filter((r) => r.numbering === d);
    if (named.length) return result("code", group(named));
  }
  if (query.length < 80 && !/\s/.test(query)) {
    const named = find(query);
    if (named.length) return result("name", group(homely ? [...named].sort((a, b) => +(b.numbering === homely) - +(a.numbering === homely)) : named));
  }
  const findings = query.length > 6 && /[\s:]/.test(query) ? recognize(text, { limit: MAX_FINDINGS + 1 }) : [];
  if (findings.length) {
    const found = findings.slice(0, MAX_FINDINGS).flatMap((f) => topicsOf(f));
    const topics: Topic[] = [];
    for (const t of found) {
      const same = topics.find((x) => x.condition === t.condition && (t.condition || x.readings[0]!.code === t.readings[0]!.code));
      if (!same) topics.push(t);
      else same.readings.push(...t.readings.filter((r) => !same.readings.includes(r)));
    }
    return result("text", topics, findings);
  }
  const hits = search(query);
  if (hits.length) return result(text.includes("\n") ? "text" : "words", hits.map(({ condition }) => ({ condition, readings: [] })));
  return result(text.includes("\n") ? "text" : "nothing");
};

/** Makes these the children; those that stand there already are left alone, as moving a card costs more than building one. */
const place = (parent: HTMLElement, children: HTMLElement[]): void => {
  children.forEach((c, i) => parent.children[i] === c || parent.insertBefore(c, parent.children[i] ?? null));
  while (parent.children.length > children.length) parent.lastChild!.remove();
};

/** A button that breaks over lines like the text that it is in, which a `<button>` does not. */
const press = (text: string, action: () => void): HTMLElement =>
  h("span", {
    role: "button", tabindex: 0, onclick: action,
    onkeydown: (e) => {
      if (!["Enter", " "].includes((e as KeyboardEvent).key)) return;
      e.preventDefault();
      action();
    },
  }, text);

/** What a finding may mean: its reading, or its number in each dialect that the shape allows. */
const topicsOf = (f: Finding): Topic[] => {
  if (f.reading) return group([f.reading]);
  const rows = f.value === undefined ? [] : f.candidates.map((d) => lookup(d, f.value!)).filter((r) => r.known);
  if (rows.length) return group(rows);
  return f.condition ? [{ condition: f.condition, readings: [] }] : [];
};


/** The lookup field with its answers. See the README for attributes, events, parts and custom properties. */
export class AerocodesLookup extends HTMLElement {
  static observedAttributes = ["dialect", "code", "release", "lang", "label", "placeholder"];

  private root = this.attachShadow({ mode: "open", delegatesFocus: true });
  private input = h("input", {
    id: "q", type: "text", role: "combobox", part: "field", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list", "aria-describedby": "hint", maxlength: 4000,
    oninput: () => this.typed(), onkeydown: (e) => this.key(e as KeyboardEvent), onblur: () => this.close(), onchange: () => this.commit(),
    onpaste: (e) => this.paste(e as ClipboardEvent),
  });
  private list = h("ul", { id: "list", role: "listbox", part: "list", class: "list", hidden: true, onpointerdown: (e) => e.preventDefault() });
  private clear = h("button", { type: "button", class: "clear", part: "clear", hidden: true, onclick: () => this.reset() }, "×");
  private label = h("label", { for: "q", part: "label" });
  private hint = h("p", { id: "hint", class: "hint", part: "hint" });
  private examples = h("div", { class: "try", part: "examples" });
  private status = h("div", { class: "vh", role: "status" });
  private text = h("section", { class: "text", part: "text", hidden: true });
  private out = h("div", { class: "out", part: "results" });
  private options: { code: string; label: string; note: string }[] = [];
  private active = -1;
  private ready = false;
  private pasted = "";
  private timer = 0;
  /** The cards shown, by what they say, so that a further letter builds only what it changes. */
  private cards = new Map<string, HTMLElement>();
  /** What is shown. */
  result: Result = { query: "", kind: "empty", topics: [], findings: [] };

  constructor() {
    super();
    this.root.adoptedStyleSheets = [style];
    this.root.append(
      h("div", { class: "search", part: "search", role: "search" }, this.label, h("div", { class: "field" }, this.input, this.clear), this.list, this.hint),
      this.examples, this.status, this.text, this.out,
    );
  }

  connectedCallback(): void {
    this.words();
    addEventListener("hashchange", this.follow);
    addEventListener("popstate", this.follow);
    init().then(
      (source) => {
        this.ready = true;
        if (!this.read()) this.fromAttributes();
        // The first letter finds the words indexed.
        (globalThis.requestIdleCallback ?? setTimeout)(() => search("error"));
        this.dispatchEvent(new CustomEvent("aerocodes-ready", { bubbles: true, composed: true, detail: { source } }));
      },
      (error: unknown) => {
        this.out.replaceChildren(h("p", { class: "note", role: "alert" }, messagesFor(this).broken));
        this.dispatchEvent(new CustomEvent("aerocodes-error", { bubbles: true, composed: true, detail: { error } }));
      },
    );
  }

  disconnectedCallback(): void {
    removeEventListener("hashchange", this.follow);
    removeEventListener("popstate", this.follow);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === "lang" || name === "label" || name === "placeholder") {
      this.words();
      if (this.ready) this.show(this.pasted || this.input.value);
    } else if (this.ready) {
      if (name === "code") this.fromAttributes();
      else this.show(this.pasted || this.input.value);
    }
  }

  /** The dialect whose numbers are meant when none is named. */
  get dialect(): string | null {
    return this.getAttribute("dialect");
  }
  set dialect(v: string | null) {
    this.reflect("dialect", v);
  }
  /** What is looked up at first: a number or a name. */
  get code(): string | null {
    return this.getAttribute("code");
  }
  set code(v: string | number | null) {
    this.reflect("code", v);
  }
  /** The release as of which `dialect` is read. */
  get release(): string | null {
    return this.getAttribute("release");
  }
  set release(v: string | null) {
    this.reflect("release", v);
  }
  /** The text of the field, or the pasted text. */
  get value(): string {
    return this.pasted || this.input.value;
  }
  set value(v: string) {
    this.set(v);
  }

  private reflect(name: string, v: string | number | null): void {
    if (v === null || v === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(v));
  }

  private words(): void {
    const m = messagesFor(this);
    this.label.textContent = this.getAttribute("label") ?? m.label;
    this.hint.textContent = m.hint;
    this.list.setAttribute("aria-label", m.suggestions);
    this.clear.setAttribute("aria-label", m.clear);
    this.input.placeholder = this.getAttribute("placeholder") ?? "";
    const tries = (this.getAttribute("examples") ?? "-8, KEY_BUSY, device overload").split(",").map((x) => x.trim());
    this.examples.replaceChildren(
      h("span", { class: "dim" }, m.examples),
      ...tries.filter(Boolean).map((x) => h("button", { type: "button", class: "btn", onclick: () => this.pick(x) }, x)),
    );
  }

  private fromAttributes(): void {
    if (this.code !== null) this.set(this.code);
    else this.show(this.input.value);
  }

  /** Sets the field and shows what it means. */
  private set(text: string): void {
    const many = text.includes("\n") || text.length > 4000;
    this.pasted = many ? text : "";
    this.input.value = many ? `${text.trimStart().slice(0, 80).split("\n")[0]!.trim()} …` : text;
    if (this.ready) this.show(text);
  }

  private typed(): void {
    this.pasted = "";
    if (!this.ready) return;
    this.show(this.input.value);
    this.suggest();
  }

  private paste(e: ClipboardEvent): void {
    const text = e.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n]/.test(text.trim()) && text.length < 2000) return;
    e.preventDefault();
    this.close();
    this.set(text.includes("\n") ? text : `${text}\n`);
  }

  /** Takes a suggestion, an example, a finding or a code of the table. */
  private pick(text: string): void {
    this.set(text);
    this.close();
    this.commit();
    this.dispatchEvent(new CustomEvent("aerocodes-select", { bubbles: true, composed: true, detail: { query: text } }));
  }

  private reset(): void {
    this.set("");
    this.close();
    this.commit();
    this.input.focus();
  }

  // The list of suggestions.

  private suggest(): void {
    const { kind, topics } = this.result;
    const text = this.input.value.trim();
    this.options = [];
    if (kind === "number")
      this.options = topics.flatMap((t) => t.readings).filter((r) => r.known).map((r) => ({ code: r.code, label: r.code, note: `${r.name ?? ""} ${r.numbering.title}` }));
    else if (kind === "words") this.options = topics.map((t) => ({ code: t.condition!.name, label: t.condition!.name, note: t.condition!.summary }));
    else if (kind === "name" && topics.length > 1) this.options = topics.flatMap((t) => t.readings).map((r) => ({ code: r.code, label: r.code, note: r.condition!.name }));
    this.options = this.options.filter((o, i, all) => o.code !== text && all.findIndex((x) => x.code === o.code) === i).slice(0, 8);
    this.active = -1;
    const rows = [...this.list.children] as HTMLElement[];
    while (rows.length < this.options.length) {
      const i = rows.length;
      rows.push(h("li", { id: `o${i}`, role: "option", part: "option", onclick: () => this.pick(this.options[i]!.code) }, h("b", { class: "mono" }), h("span", { class: "dim", lang: "en" })));
    }
    this.options.forEach((o, i) => {
      rows[i]!.children[0]!.textContent = o.label;
      rows[i]!.children[1]!.textContent = o.note;
    });
    place(this.list, rows.slice(0, this.options.length));
    this.move(-1);
    this.expand(this.options.length > 0);
  }

  private expand(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.move(-1);
  }

  private close(): void {
    this.expand(false);
  }

  private move(to: number): void {
    this.active = to;
    [...this.list.children].forEach((o, i) => o.setAttribute("aria-selected", String(i === to)));
    if (to < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", `o${to}`);
      this.list.children[to]?.scrollIntoView({ block: "nearest" });
    }
  }

  private key(e: KeyboardEvent): void {
    const n = this.options.length;
    const open = !this.list.hidden;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (!open) {
        if (this.ready) this.suggest();
        if (this.list.hidden) return;
      }
      e.preventDefault();
      const step = e.key === "ArrowDown" ? 1 : -1;
      this.move(this.active < 0 ? (step > 0 ? 0 : this.options.length - 1) : (this.active + step + n) % n);
    } else if (e.key === "Enter") {
      e.preventDefault();
      const o = open ? this.options[this.active] : undefined;
      if (o) this.pick(o.code);
      else {
        this.close();
        this.commit();
      }
    } else if (e.key === "Escape") {
      if (open) {
        e.preventDefault();
        this.close();
      } else if (this.input.value) {
        e.preventDefault();
        this.reset();
      }
    } else if (open && this.active >= 0 && (e.key === "Home" || e.key === "End")) {
      this.move(-1);
    }
  }

  // Deep links: `#java/-8`, `#q=words`. Pasted text stays out of the address.

  private readonly follow = (): void => {
    if (this.ready && this.hasAttribute("deep-links")) this.read() || this.set(this.code ?? "");
  };

  /** Shows what the address asks for; false when it asks for nothing. */
  private read(): boolean {
    if (!this.hasAttribute("deep-links")) return false;
    let hash: string;
    try {
      hash = decodeURIComponent(location.hash.slice(1));
    } catch {
      return false;
    }
    const [, key, rest] = /^([\w.-]+)\/([\w.+-]+)$/.exec(hash) ?? [];
    const query = key && findDialect(key) ? `${key}:${rest}` : hash.startsWith("q=") ? hash.slice(2) : undefined;
    if (query === undefined) return false;
    if (query !== this.input.value || this.pasted) this.set(query);
    return true;
  }

  private address(query: string): string {
    const [, key, rest] = /^([\w.-]+):([\w.+-]+)$/.exec(query.trim()) ?? [];
    return key && findDialect(key) ? `#${key}/${rest}` : query.trim() ? `#q=${encodeURIComponent(query.trim())}` : "#";
  }

  private commit(): void {
    if (!this.ready || this.pasted || !this.hasAttribute("deep-links")) return;
    const hash = this.address(this.input.value);
    if (hash !== (location.hash || "#")) history.pushState(null, "", hash === "#" ? location.pathname + location.search : hash);
  }

  // The answer.

  private show(text: string): void {
    const m = messagesFor(this);
    const r = (this.result = ask(text, this.dialect, this.release));
    const s: Setting = {
      m,
      say: (t) => this.say(t),
      link: (code) => (this.hasAttribute("deep-links") ? this.address(code) : undefined),
      go: (code) => {
        this.pick(code);
        this.input.focus();
      },
    };
    this.clear.hidden = !text;
    this.examples.hidden = r.kind !== "empty";
    this.highlight(r);
    const topics = r.topics.slice(0, MAX_CARDS);
    if (r.kind === "nothing") this.out.replaceChildren(h("p", { class: "empty", part: "empty" }, fill(m.nothing, text.trim().slice(0, 80))));
    else place(this.out, this.cardsOf(s, topics));
    const first = topics[0] && (topics[0].condition?.name ?? topics[0].readings[0]!.code);
    const said = r.kind === "nothing" ? this.out.textContent! : !first ? "" : topics.length === 1 ? fill(m.result, first) : fill(m.results, r.topics.length, first);
    // Typing must not make a screen reader speak at every letter.
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(said), 400) as unknown as number;
    this.dispatchEvent(new CustomEvent("aerocodes-change", { bubbles: true, composed: true, detail: r }));
  }

  /** A card for each topic: the one shown already where it says the same. */
  private cardsOf(s: Setting, topics: Topic[]): HTMLElement[] {
    const before = this.cards;
    this.cards = new Map();
    const only = topics.length === 1;
    return topics.map((t) => {
      const key = [s.m.label, s.link!(""), only, t.condition, ...t.readings].join();
      const shown = before.get(key) ?? card(s, t, only);
      this.cards.set(key, shown);
      return shown;
    });
  }

  private say(text: string): void {
    this.status.textContent = text;
  }

  /** Pasted text with its findings marked. */
  private highlight(r: Result): void {
    this.text.hidden = r.kind !== "text";
    if (r.kind !== "text") return;
    const m = messagesFor(this);
    const all = r.query;
    const outer = r.findings.filter((f) => !f.nested || !r.findings.some((o) => o !== f && !o.nested && o.start <= f.start && f.end <= o.end)).slice(0, MAX_FINDINGS);
    const from = all.length > MAX_SHOWN && outer[0] ? Math.max(0, outer[0].start - 2000) : 0;
    const to = Math.min(all.length, from + MAX_SHOWN);
    const pre = h("pre", { part: "pasted", tabindex: 0, dir: "auto", "aria-label": m.pasted, role: "region" });
    let at = from;
    for (const f of outer) {
      if (f.start < at || f.end > to) continue;
      pre.append(all.slice(at, f.start));
      const code = f.reading?.code ?? (f.value !== undefined ? String(f.value) : (f.condition?.name ?? f.name ?? ""));
      pre.append(h("mark", { part: "finding", title: f.condition?.name }, press(all.slice(f.start, f.end), () => this.toCard(f, code))));
      at = f.end;
    }
    pre.append(all.slice(at, to));
    const n = Math.min(r.findings.length, MAX_FINDINGS);
    const title = n === 0 ? m.foundNone : n === 1 ? m.foundOne : fill(m.found, r.findings.length > MAX_FINDINGS ? `${MAX_FINDINGS}+` : n);
    this.text.setAttribute("aria-label", title);
    this.text.replaceChildren(h("h3", {}, title), pre);
    if (to - from < all.length || r.findings.length > MAX_FINDINGS)
      this.text.append(h("p", { class: "dim" }, fill(m.shown, (to - from).toLocaleString("en"), all.length.toLocaleString("en"), MAX_FINDINGS)));
  }

  /** Goes to the card of a finding, or looks its code up when there is no card. */
  private toCard(f: Finding, code: string): void {
    const i = this.result.topics.findIndex((t) => (f.condition ? t.condition === f.condition : t.readings.some((r) => r.code === code)));
    const target = this.out.children[i] as HTMLElement | undefined;
    if (!target) return this.pick(code);
    const details = target.querySelector("details");
    if (details) details.open = true;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: no-preference)").matches ? "smooth" : "auto" });
  }

  /** All dialects that the field understands, for pages that build a chooser. */
  get dialects(): string[] {
    return this.ready ? dialects().map((d) => d.key) : [];
  }
}
