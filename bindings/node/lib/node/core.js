// The core with what Node.js gives it, loaded when first needed.
import { useEngine, useTexts } from '../core.js';

useTexts(() => require('./texts.cjs'));
useEngine(() => require('./engine.cjs').engine());

export * from '../core.js';
