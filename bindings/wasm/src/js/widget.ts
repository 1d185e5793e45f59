// Defines the two elements.

import { AerocodesCode } from "./code-element.js";
import { AerocodesLookup } from "./lookup-element.js";

export { messages } from "./messages.js";
export type { Messages } from "./messages.js";
export { AerocodesCode, AerocodesLookup };

declare global {
  interface HTMLElementTagNameMap {
    "aerocodes-lookup": AerocodesLookup;
    "aerocodes-code": AerocodesCode;
  }
}

for (const [name, element] of [["aerocodes-lookup", AerocodesLookup], ["aerocodes-code", AerocodesCode]] as const)
  if (!customElements.get(name)) customElements.define(name, element);
