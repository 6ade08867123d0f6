// A schema out of TypeScript declarations, for packages that carry no schema but the types: fields, which of them are required, lists,
// maps and the values of an enumeration. Types of Kubernetes itself stay open.
import fs from 'node:fs';
import path from 'node:path';

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const anything = { 'x-kubernetes-preserve-unknown-fields': true };
const selector = { type: 'object', required: ['key'], properties: { key: { type: 'string' }, name: { type: 'string' }, optional: { type: 'boolean' } } };

/** What the declarations cannot say, by the last part of the type's name. */
const known = {
  IntOrString: { 'x-kubernetes-int-or-string': true },
  Quantity: { 'x-kubernetes-int-or-string': true },
  Time: { type: 'string', format: 'date-time' },
  SecretKeySelector: selector,
  ConfigMapKeySelector: selector,
  EnvVar: { ...open, required: ['name'], properties: { name: { type: 'string' } } },
  AnyString: anything, // a string, a number or a boolean
  Item: anything,
};
const writtenAsTheirField = { ParallelSteps: 'steps' }; // a struct that is written as the list in it

/** The JSON schema of the interface `I` + kind in the declarations beside the file. */
export function schemaOfTypes(file, kind) {
  return interfaceIn(path.dirname(file), kind, []);
}

function interfaceIn(folder, name, above) {
  if (above.includes(name)) return open;
  const source = fs.readFileSync(path.join(folder, `${name}.d.ts`), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const resolve = ref => reference(folder, ref, [...above, name]);
  const alias = new RegExp(`export (?:declare )?type I${name} = ([\\s\\S]+?);\\s*export`).exec(source);
  if (alias) return new Reader(alias[1], resolve).type();
  const declared = new RegExp(`export interface I${name}(?: extends ([^{]+?))? (\\{[\\s\\S]*?\\n\\})`).exec(source);
  if (!declared) throw new Error(`${name}.d.ts declares no I${name}`);
  const parents = (declared[1] ?? '').split(/,\s*/).filter(each => each && each !== 'TypeMeta').map(resolve);
  const schema = [...parents, new Reader(declared[2], resolve).type()].reduce(extending, {});
  return writtenAsTheirField[name] ? schema.properties[writtenAsTheirField[name]] : schema;
}

function extending(parent, own) {
  const properties = { ...parent.properties, ...own.properties };
  if (Object.keys(properties).length === 0) return open;
  const required = [...new Set([...(parent.required ?? []), ...(own.required ?? [])])];
  return { ...parent, type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function reference(folder, ref, above) {
  const name = /.*V\d+(?:alpha\d|beta\d)?([A-Z]\w*)$/.exec(ref)?.[1] ?? Object.keys(known).find(each => ref.endsWith(each));
  if (name in known) return known[name];
  if (/^I*IoK8sApi|^IObjectMeta$/.test(ref) || !name || !fs.existsSync(path.join(folder, `${name}.d.ts`))) return open;
  return interfaceIn(folder, name, above);
}

/** `A & (B | C)` is how an alternative of fields is declared: A says which fields there are and which are required. */
function allOf(parts) {
  const objects = parts.filter(p => p.properties);
  return objects.length === 0 ? parts[0] : { ...objects[0], properties: Object.assign({}, ...objects.slice().reverse().map(p => p.properties)) };
}

function oneOf(parts) {
  if (parts.every(p => p.enum)) return { type: 'string', enum: parts.flatMap(p => p.enum) };
  if (parts.every(p => p.properties)) return { type: 'object', properties: Object.assign({}, ...parts.map(p => p.properties)) };
  return parts.map(p => p.type).sort().join() === 'number,string' ? { 'x-kubernetes-int-or-string': true } : anything;
}

class Reader {
  constructor(source, resolve) {
    this.tokens = source.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|[{}[\]<>|&?:;,()]/g);
    this.at = 0;
    this.resolve = resolve;
  }

  take(token) {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  want(token) {
    if (!this.take(token)) throw new Error(`expected ${token}, found ${this.tokens.slice(this.at, this.at + 5).join(' ')}`);
  }

  type() {
    const parts = this.several('|', () => this.several('&', () => this.single(), allOf));
    return Array.isArray(parts) ? oneOf(parts) : parts;
  }

  several(sign, read, join = parts => parts) {
    const parts = [read()];
    while (this.take(sign)) parts.push(read());
    return parts.length === 1 ? parts[0] : join(parts);
  }

  single() {
    const token = this.tokens[this.at++];
    if (token === '{') return this.object();
    if (token.startsWith('"')) return { type: 'string', enum: [JSON.parse(token)] };
    if (token === 'string' || token === 'number' || token === 'boolean') return { type: token };
    if (token === 'any' || token === 'unknown') return anything;
    if (token === '(') {
      const inner = this.type();
      this.want(')');
      return inner;
    }
    if (!this.take('<')) return this.resolve(token);
    const types = [this.type()];
    while (this.take(',')) types.push(this.type());
    this.want('>');
    if (token === 'Array') return { type: 'array', items: types[0] };
    if (token === 'Record') return { type: 'object', additionalProperties: types[1] };
    return types[0]; // Exclude<A, B>: A
  }

  object() {
    if (this.take('[')) { // [key: string]: T
      this.at += 3;
      this.want(']');
      this.want(':');
      const additionalProperties = this.type();
      this.take(';');
      this.want('}');
      return { type: 'object', additionalProperties };
    }
    const properties = {};
    const required = [];
    while (!this.take('}')) {
      const name = JSON.parse(this.tokens[this.at++]);
      if (!this.take('?')) required.push(name);
      this.want(':');
      const type = this.type();
      // The server of the tests, old code built with a newer Go, takes an empty string for null.
      properties[name] = type.type === 'string' && !type.enum ? { ...type, nullable: true } : type;
      this.take(';');
    }
    return Object.keys(properties).length === 0 ? open : { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }
}
