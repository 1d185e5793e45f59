'use strict';
// Finds comparisons with legacy status numbers in JavaScript and TypeScript, and says which of them are sure.
//
// Sure means: the value compared is the `code` of an error that the Aerospike client handed to a callback, as far as the file
// itself shows it, and the number has one meaning only. Everything else is reported and left alone.

const { parse } = require('@babel/parser');

const COMPARISONS = new Set(['==', '===', '!=', '!==']);
const ORDER = new Set(['<', '<=', '>', '>=']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ObjectMethod', 'ClassMethod', 'ClassPrivateMethod']);
const WRAPPERS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSSatisfiesExpression', 'ParenthesizedExpression', 'AwaitExpression']);

function plugins(file) {
  if (/\.[mc]?ts$/i.test(file)) return ['typescript', 'decorators-legacy'];
  if (/\.tsx$/i.test(file)) return ['typescript', 'jsx', 'decorators-legacy'];
  return ['jsx', 'decorators-legacy'];
}

/** The node inside type assertions, parentheses and `await`. */
function bare(node) {
  while (node && WRAPPERS.has(node.type)) node = node.type === 'AwaitExpression' ? node.argument : node.expression;
  return node?.type === 'ChainExpression' ? bare(node.expression) : node;
}

const isMember = (n) => n?.type === 'MemberExpression' || n?.type === 'OptionalMemberExpression';
const isCall = (n) => n?.type === 'CallExpression' || n?.type === 'OptionalCallExpression' || n?.type === 'NewExpression';
const isFunction = (n) => FUNCTIONS.has(n?.type);

function propertyOf(member) {
  if (!member.computed && member.property.type === 'Identifier') return member.property.name;
  return member.computed && member.property.type === 'StringLiteral' ? member.property.value : undefined;
}

/** A number written out, with a sign; undefined for anything else. */
function numberOf(node) {
  const n = bare(node);
  if (n?.type === 'NumericLiteral') return n.value;
  if (n?.type === 'UnaryExpression' && n.operator === '-' && n.argument.type === 'NumericLiteral') return -n.argument.value;
  return undefined;
}

function* children(node) {
  for (const key of Object.keys(node)) {
    if (key === 'loc' || key.endsWith('Comments')) continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const v of value) if (v && typeof v.type === 'string') yield v;
    } else if (value && typeof value.type === 'string') {
      yield value;
    }
  }
}

class Scope {
  constructor(parent, isFunctionScope) {
    this.parent = parent;
    this.isFunctionScope = isFunctionScope;
    this.names = new Map();
  }

  declare(name, fields) {
    const old = this.names.get(name);
    // `var` may be declared again: then both initial values count.
    if (old) old.values.push(...(fields.values ?? []));
    else this.names.set(name, { name, values: [], references: [], ...fields });
    return this.names.get(name);
  }

  find(name) {
    for (let s = this; s; s = s.parent) if (s.names.has(name)) return s.names.get(name);
    return undefined;
  }

  get functionScope() {
    let s = this;
    while (!s.isFunctionScope && s.parent) s = s.parent;
    return s;
  }
}

class Analysis {
  constructor(source, file, codes) {
    this.source = source;
    this.codes = codes;
    this.edits = [];
    this.unsure = [];
    const ast = parse(source, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      plugins: plugins(file),
    });
    this.root = ast.program;
    this.scopes = new Map();
    this.parents = new Map();
    this.bind(this.root, new Scope(undefined, true));
    this.refer(this.root, this.scopes.get(this.root));
  }

  // Declarations.

  bind(node, scope) {
    this.scopes.set(node, scope);
    let inner = scope;
    if (isFunction(node)) {
      if (node.type === 'FunctionDeclaration' && node.id) scope.declare(node.id.name, { fn: node });
      inner = new Scope(scope, true);
      if (node.type === 'FunctionExpression' && node.id) inner.declare(node.id.name, { fn: node });
      node.params.forEach((p, position) => this.pattern(p, inner, { parameter: { of: node, position } }));
    } else if (node.type === 'CatchClause') {
      inner = new Scope(scope, false);
      if (node.param) this.pattern(node.param, inner, { caught: true });
    } else if (['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement', 'StaticBlock'].includes(node.type)) {
      inner = new Scope(scope, false);
    } else if (node.type === 'VariableDeclaration') {
      const home = node.kind === 'var' ? scope.functionScope : scope;
      for (const d of node.declarations) this.pattern(d.id, home, { values: d.init ? [{ node: d.init, scope }] : [] });
    } else if (node.type === 'ImportDeclaration') {
      for (const s of node.specifiers) {
        // A name that is imported as a type is none at run time.
        if (node.importKind === 'type' || s.importKind === 'type') {
          scope.declare(s.local.name, {});
          continue;
        }
        const imported = s.type === 'ImportSpecifier' ? s.imported.name ?? s.imported.value : '*';
        scope.declare(s.local.name, { from: node.source.value, imported: imported === 'default' ? '*' : imported });
      }
    } else if (node.type === 'TSImportEqualsDeclaration' && node.moduleReference.type === 'TSExternalModuleReference') {
      scope.declare(node.id.name, { from: node.moduleReference.expression.value, imported: '*' });
    } else if (node.type === 'ClassDeclaration' && node.id) {
      scope.declare(node.id.name, {});
    }
    this.scopes.set(node, inner);
    for (const child of children(node)) {
      this.parents.set(child, node);
      this.bind(child, inner);
    }
  }

  /** The names of a pattern; `path` are the properties that lead to one, undefined where that cannot be said. */
  pattern(node, scope, fields, path = []) {
    switch (node?.type) {
      case 'Identifier':
        scope.declare(node.name, { ...fields, values: (fields.values ?? []).map((v) => ({ ...v, path })), path });
        break;
      case 'AssignmentPattern':
        this.pattern(node.left, scope, fields, path);
        break;
      case 'TSParameterProperty':
        this.pattern(node.parameter, scope, fields, path);
        break;
      case 'RestElement':
        this.pattern(node.argument, scope, {}, undefined);
        break;
      case 'ObjectPattern':
        for (const p of node.properties) {
          if (p.type === 'RestElement') this.pattern(p.argument, scope, {}, undefined);
          else {
            const key = !p.computed && p.key.type === 'Identifier' ? p.key.name : undefined;
            if (key !== undefined && path) this.pattern(p.value, scope, fields, [...path, key]);
            else this.pattern(p.value, scope, {}, undefined);
          }
        }
        break;
      case 'ArrayPattern':
        for (const e of node.elements) if (e) this.pattern(e, scope, {}, undefined);
        break;
      default:
    }
  }

  /** Assignments and uses of names. */
  refer(node) {
    const scope = this.scopes.get(node);
    if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression') {
      const target = bare(node.left ?? node.argument);
      const names = target?.type === 'Identifier' ? [target.name] : target?.type?.endsWith('Pattern') ? this.namesIn(target) : [];
      for (const name of names) {
        const value = node.operator === '=' && target.type === 'Identifier' ? { node: node.right, scope, path: [] } : { unknown: true };
        const b = scope.find(name);
        if (b) {
          b.values.push(value);
          b.assigned = true;
        }
      }
    }
    if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && node.left.type !== 'VariableDeclaration') {
      for (const name of this.namesIn(node.left)) scope.find(name)?.values.push({ unknown: true });
    }
    if (node.type === 'Identifier') this.scopes.get(node)?.find(node.name)?.references.push(node);
    for (const child of children(node)) this.refer(child);
  }

  namesIn(node, out = []) {
    if (node.type === 'Identifier') out.push(node.name);
    else for (const c of children(node)) this.namesIn(c, out);
    return out;
  }

  // What an expression is: 'module', 'status', 'client' (or what it gave), 'error', 'code'; undefined when nothing is known.

  kindOf(node, depth = 0) {
    const n = bare(node);
    if (!n || depth > 24) return undefined;
    if (n.type === 'Identifier') return this.kindOfBinding(this.scopes.get(n)?.find(n.name), depth + 1);
    if (isMember(n)) return this.member(this.kindOf(n.object, depth + 1), propertyOf(n));
    if (isCall(n)) {
      const callee = bare(n.callee);
      if (callee?.type === 'Identifier' && callee.name === 'require' && !this.scopes.get(callee)?.find('require')) {
        return n.arguments[0]?.type === 'StringLiteral' && n.arguments[0].value === 'aerospike' ? 'module' : undefined;
      }
      if (callee?.type === 'Identifier') return this.kindOf(callee, depth + 1) === 'factory' ? 'client' : undefined;
      const owner = isMember(callee) ? this.kindOf(callee.object, depth + 1) : undefined;
      if (owner === 'module') return ['client', 'connect', 'Client'].includes(propertyOf(callee)) ? 'client' : undefined;
      return owner === 'client' ? 'client' : undefined;
    }
    return undefined;
  }

  member(owner, property) {
    if (owner === 'module') return property === 'status' ? 'status' : ['client', 'connect', 'Client'].includes(property) ? 'factory' : property === 'default' ? 'module' : undefined;
    if (owner === 'error') return property === 'code' ? 'code' : undefined;
    return owner === 'client' ? 'client' : undefined;
  }

  along(kind, path) {
    if (!path) return undefined;
    return path.reduce((k, property) => this.member(k, property), kind);
  }

  kindOfBinding(b, depth) {
    if (!b) return undefined;
    if ('kind' in b) return b.kind;
    b.kind = undefined; // a name that depends on itself is nothing
    let kinds = [];
    if (b.from !== undefined) {
      if (b.from === 'aerospike') kinds = [b.imported === '*' ? 'module' : this.member('module', b.imported)];
    } else if (b.parameter) {
      kinds = [this.along(this.parameter(b.parameter.of, b.parameter.position, depth), b.path)];
      if (b.assigned) kinds.push(undefined);
    } else if (!b.caught && !b.fn) {
      kinds = b.values.map((v) => (v.unknown ? undefined : this.along(this.kindOf(v.node, depth), v.path)));
    }
    b.kind = kinds.length > 0 && kinds.every((k) => k === kinds[0]) ? kinds[0] : undefined;
    return b.kind;
  }

  /** What a function is handed as a parameter, by the one call that it is an argument of. */
  parameter(fn, position, depth) {
    const places = this.placesOf(fn);
    if (places.length === 0) return undefined;
    const kinds = places.map(([call, argument]) => this.handed(call, argument, position, depth + 1));
    return kinds.every((k) => k === kinds[0]) ? kinds[0] : undefined;
  }

  /** Where a function goes: `[call, argument]` each; empty when one of its uses is not that. */
  placesOf(fn) {
    const uses = [];
    const own = fn.id && this.scopes.get(this.parents.get(fn) ?? this.root)?.find(fn.id.name);
    if (fn.type === 'FunctionDeclaration') {
      if (!own || own.assigned || own.values.length > 0) return [];
      uses.push(...own.references.filter((r) => r !== fn.id));
    } else {
      const parent = this.parents.get(fn);
      if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
        const b = this.scopes.get(parent)?.find(parent.id.name);
        if (!b || b.assigned || b.values.length !== 1) return [];
        uses.push(...b.references.filter((r) => r !== parent.id));
      } else {
        uses.push(fn);
      }
    }
    const places = uses.map((use) => {
      const call = this.parents.get(use);
      const at = isCall(call) ? call.arguments.indexOf(use) : -1;
      return at >= 0 ? [call, at] : undefined;
    });
    return places.includes(undefined) ? [] : places;
  }

  /** What the function that is argument `argument` of `call` is handed at `position`. */
  handed(call, argument, position, depth) {
    const callee = bare(call.callee);
    const method = isMember(callee) ? propertyOf(callee) : undefined;
    const owner = isMember(callee) ? this.kindOf(callee.object, depth) : this.kindOf(callee, depth) === 'factory' ? 'module' : undefined;
    if (owner !== 'client' && owner !== 'module') return undefined;
    if (method === 'then' || method === 'finally' || method === 'catch') return undefined;
    if (method === 'on' || method === 'once' || method === 'addListener') {
      const event = call.arguments[0];
      return event?.type === 'StringLiteral' && event.value === 'error' && position === 0 ? 'error' : undefined;
    }
    // Callbacks come last.
    if (argument !== call.arguments.length - 1) return undefined;
    if (position === 0) return owner === 'client' || ['connect', 'client'].includes(method) || method === undefined ? 'error' : undefined;
    return position === 1 && (method === 'connect' || method === undefined) ? 'client' : undefined;
  }

  // Findings.

  run() {
    const mentions = [...this.allNames()].some((b) => b.from === 'aerospike') || /['"]aerospike['"]/.test(this.source);
    if (mentions) {
      this.visit(this.root);
      this.leftovers(this.root);
    }
    const byPlace = (a, b) => a.start - b.start;
    return { edits: this.edits.sort(byPlace), unsure: this.unsure.sort(byPlace) };
  }

  *allNames() {
    for (const scope of new Set(this.scopes.values())) yield* scope.names.values();
  }

  visit(node) {
    if (node.type === 'BinaryExpression' && (COMPARISONS.has(node.operator) || ORDER.has(node.operator))) {
      for (const [value, number] of [
        [node.left, node.right],
        [node.right, node.left],
      ]) {
        if (numberOf(number) !== undefined) this.compared(value, number, node, ORDER.has(node.operator));
      }
    } else if (node.type === 'SwitchStatement') {
      for (const c of node.cases) if (c.test && numberOf(c.test) !== undefined) this.compared(node.discriminant, c.test, c.test, false);
    } else if (isCall(node) && isMember(bare(node.callee)) && ['includes', 'indexOf'].includes(propertyOf(bare(node.callee)))) {
      const list = bare(bare(node.callee).object);
      if (list?.type === 'ArrayExpression' && node.arguments.length > 0) {
        for (const e of list.elements) if (e && numberOf(e) !== undefined) this.compared(node.arguments[0], e, node, false);
      }
    } else if (isMember(node)) {
      this.status(node);
      const map = bare(node.object);
      if (node.computed && map?.type === 'ObjectExpression' && this.isCode(node.property) !== 'no') {
        for (const p of map.properties) {
          const n = p.key?.type === 'NumericLiteral' ? p.key.value : undefined;
          if (n !== undefined && this.codes.isLegacy(n)) this.doubt(p.key, `${n} is a key here; look up by the modern number ${this.codes.describe(n)}`);
        }
      }
    }
    for (const child of children(node)) this.visit(child);
  }

  /** Numbers that only a legacy status has, wherever else they stand: said, never touched. */
  leftovers(node) {
    const written = node.type === 'NumericLiteral' ? node.value : node.type === 'StringLiteral' && /^[1-9]\d*$/.test(node.value) ? Number(node.value) : undefined;
    if (written !== undefined && this.codes.isTelling(written) && !this.isSaid(node)) {
      this.doubt(node, `if this is a status of the client, ${written} is ${this.codes.describe(written)}`);
    }
    for (const child of children(node)) this.leftovers(child);
  }

  /** Whether an edit or a doubt is about this place. */
  isSaid(node) {
    return this.edits.some((e) => e.start === node.start) || this.unsure.some((u) => u.start <= node.start && node.end <= u.end);
  }

  /** 'yes', 'maybe' (some `code` of something, or a conversion of one) or 'no'. */
  isCode(node) {
    if (this.kindOf(node) === 'code') return 'yes';
    const n = bare(node);
    const inner =
      n?.type === 'UnaryExpression' ? n.argument
      : n?.type === 'BinaryExpression' && n.operator === '|' ? n.left
      : isCall(n) && n.callee.type === 'Identifier' && /^(?:Number|parseInt|String)$/.test(n.callee.name) ? n.arguments[0]
      : undefined;
    if (inner) return this.isCode(inner) === 'no' ? 'no' : 'maybe';
    if (isMember(n) && propertyOf(n) === 'code') return 'maybe';
    return n?.type === 'Identifier' && /^(err(or)?_?)?(code|status)$/i.test(n.name) ? 'maybe' : 'no';
  }

  compared(value, literal, place, isOrder) {
    const number = numberOf(literal);
    const sure = this.isCode(value);
    if (sure === 'no' || number === 0) return;
    const verdict = this.codes.judge(number);
    if (verdict.kind === 'none') return;
    const what = this.source.slice(bare(value).start, bare(value).end);
    if (sure === 'maybe') {
      // Numbers that both numberings have say nothing without knowing whose error it is.
      if (verdict.kind === 'exact' || verdict.legacyOnly) this.doubt(place, `\`${what}\` is not known to come from the Aerospike client; if it does, ${number} is ${this.codes.describe(number)}`);
      return;
    }
    if (isOrder) return this.doubt(place, `numbers changed their order: ${number} was ${this.codes.describe(number)}`);
    if (verdict.kind !== 'exact') return this.doubt(place, verdict.reason);
    const status = this.statusExpression(literal);
    if (!status) return this.doubt(place, `no name for \`aerospike.status\` is in scope here; ${number} is ${verdict.name}`);
    const inner = bare(literal);
    this.edits.push({ start: inner.start, end: inner.end, line: inner.loc.start.line, text: `${status}.${verdict.name}`, number, name: verdict.name });
  }

  /** How this place can say `aerospike.status`. */
  statusExpression(node) {
    const seen = new Set();
    let module;
    for (let s = this.scopes.get(node); s; s = s.parent) {
      for (const [name, b] of s.names) {
        if (seen.has(name)) continue;
        seen.add(name);
        const kind = this.kindOfBinding(b, 0);
        if (kind === 'status') return name;
        if (kind === 'module') module ??= name;
      }
    }
    return module && `${module}.status`;
  }

  /** A constant that today's client does not export any more. */
  status(node) {
    const property = propertyOf(node);
    if (property === undefined || this.kindOf(node.object) !== 'status') return;
    const reason = this.codes.gone(property);
    if (reason) this.doubt(node, reason);
  }

  doubt(node, reason) {
    const { line, column } = node.loc.start;
    if (this.unsure.some((u) => u.start === node.start && u.reason === reason)) return;
    this.unsure.push({ start: node.start, end: node.end, line, column: column + 1, text: this.source.slice(node.start, node.end), reason });
  }
}

/** `{ edits, unsure }` of one file's text; throws a SyntaxError when it does not parse. */
exports.analyze = (source, file, codes) => new Analysis(source, file, codes).run();
