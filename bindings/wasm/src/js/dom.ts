// Elements without markup in strings: what a user pastes can only ever become text.

type Child = Node | string | number | undefined | null | false | Child[];
type Props = Record<string, string | number | boolean | undefined | ((e: Event) => void)>;

/** An element; `on…` props are listeners, `true` is an empty attribute, `false` and undefined are none. */
export const h = <K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] => {
  const e = document.createElement(tag);
  for (const [key, v] of Object.entries(props)) {
    if (typeof v === "function") e.addEventListener(key.slice(2), v);
    else if (v !== undefined && v !== false) e.setAttribute(key, v === true ? "" : String(v));
  }
  const add = (c: Child): void => {
    if (Array.isArray(c)) c.forEach(add);
    else if (c !== undefined && c !== null && c !== false) e.append(c as Node | string);
  };
  add(children);
  return e;
};

/** A style sheet that needs no `<style>` and so passes a strict Content-Security-Policy. */
export const sheet = (css: string): CSSStyleSheet => {
  const s = new CSSStyleSheet();
  s.replaceSync(css);
  return s;
};
