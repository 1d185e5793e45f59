// What every entry exports besides its own `init`.

export { advise, categories, condition, conditions, decode, dialect, dialects, find, findDialect, loadTexts, lookup, operations, parse, readings, recognize, search, translate } from "./api.js";
export type { Advice, AdviseOptions, Code, ConditionName, DialectLike, RecognizeOptions, Translation } from "./api.js";
export type { DialectAlias, KnownCategory, KnownCondition, KnownDialect, KnownOperation } from "./known.js";
export type { Source } from "./load.js";
export { Condition, Dialect, Reading } from "./model.js";
export type { Answer, Category, Edition, Operation, Origin, Subcode, TranslationKind } from "./model.js";
export { Finding } from "./recognize.js";
export type { Hit } from "./search.js";
