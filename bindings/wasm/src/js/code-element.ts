// <aerocodes-code dialect="server" value="22">: a code in running text, with its card in a popover.

import { init, lookup } from "aerocodes-api";

import { card, type Setting } from "./card.js";
import { h } from "./dom.js";
import { messagesFor } from "./messages.js";
import { codeStyle, style } from "./style.js";

/** A code in running text. Its content is what is read; without one it is `server:22`. */
export class AerocodesCode extends HTMLElement {
  static observedAttributes = ["dialect", "value", "release"];

  private root = this.attachShadow({ mode: "open", delegatesFocus: true });
  private text = document.createTextNode("");
  private slot_ = h("slot", {}, this.text);
  private button = h("button", { type: "button", class: "code", part: "code", popovertarget: "pop", "aria-haspopup": "dialog" }, this.slot_);
  private status = h("span", { class: "vh", role: "status" });
  private body = h("div");
  private pop = h("div", { id: "pop", class: "pop", part: "popover", popover: "auto", role: "dialog", ontoggle: (e) => this.toggled((e as ToggleEvent).newState === "open") }, this.body, this.status);

  constructor() {
    super();
    this.root.adoptedStyleSheets = [style, codeStyle];
    this.root.append(this.button, this.pop);
  }

  connectedCallback(): void {
    this.words();
  }

  attributeChangedCallback(): void {
    this.words();
    if (this.pop.matches(":popover-open")) this.toggled(true);
  }

  /** The dialect's key. */
  get dialect(): string {
    return this.getAttribute("dialect") ?? "server";
  }
  set dialect(v: string) {
    this.setAttribute("dialect", v);
  }
  /** The number. */
  get value(): number {
    return Number(this.getAttribute("value"));
  }
  set value(v: number) {
    this.setAttribute("value", String(v));
  }
  /** The release as of which it is read. */
  get release(): string | null {
    return this.getAttribute("release");
  }
  set release(v: string | null) {
    if (v === null) this.removeAttribute("release");
    else this.setAttribute("release", v);
  }

  private words(): void {
    this.text.data = `${this.dialect}:${this.getAttribute("value") ?? ""}`;
    this.pop.setAttribute("aria-label", this.text.data);
  }

  private async toggled(open: boolean): Promise<void> {
    this.button.setAttribute("aria-expanded", String(open));
    removeEventListener("scroll", this.place, true);
    removeEventListener("resize", this.place);
    if (!open) return;
    addEventListener("scroll", this.place, true);
    addEventListener("resize", this.place);
    const m = messagesFor(this);
    const base = this.getAttribute("href");
    const s: Setting = { m, inline: true, say: (t) => (this.status.textContent = t), link: (code) => (base ? base + "#" + code.replace(":", "/") : undefined) };
    try {
      await init();
      const r = lookup(this.dialect, this.value, this.release ?? undefined);
      const c = card(s, { condition: r.condition, readings: [r] }, false);
      if (base) c.append(h("p", { class: "full" }, h("a", { href: s.link!(r.code)!, part: "link" }, m.open)));
      this.body.replaceChildren(c);
    } catch (error) {
      const known = error instanceof TypeError ? error.message : m.broken;
      this.body.replaceChildren(h("p", { class: "note" }, known));
    }
    this.place();
  }

  /** Puts the popover below the code, or above it where there is more room; always inside the window. */
  private readonly place = (): void => {
    const at = this.button.getBoundingClientRect();
    const { offsetWidth: w, offsetHeight: t } = this.pop;
    const below = at.bottom + 6 + t <= innerHeight || at.top < innerHeight - at.bottom;
    const clamp = (v: number, size: number, room: number) => Math.max(8, Math.min(v, room - size - 8));
    this.pop.style.left = `${clamp(at.left, w, document.documentElement.clientWidth)}px`;
    this.pop.style.top = `${clamp(below ? at.bottom + 6 : at.top - t - 6, t, innerHeight)}px`;
  };
}
