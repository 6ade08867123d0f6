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
  const alias = new RegExp(`export (?:declare )?type I${name} = ([^;]+);`).exec(source);
  const body = alias ?? new RegExp(`export interface I${name}(?: extends [^{]+)? (\\{[\\s\\S]*?\\n\\})`).exec(source);
  if (!body) throw new Error(`${name}.d.ts declares no I${name}`);
  const reader = new Reader(body[1], ref => reference(folder, ref, [...above, name]));
  const schema = reader.type();
  return writtenAsTheirField[name] ? schema.properties[writtenAsTheirField[name]] : schema;
}

function reference(folder, ref, above) {
  const name = Object.keys(known).find(each => ref.endsWith(each)) ?? /V\d(?:alpha\d|beta\d)?([A-Z]\w*)$/.exec(ref)?.[1];
  if (name in known) return known[name];
  if (/^I?IoK8s|^IObjectMeta$/.test(ref) || !name || !fs.existsSync(path.join(folder, `${name}.d.ts`))) return open;
  return interfaceIn(folder, name, above);
}

class Reader {
  constructor(source, resolve) {
    this.tokens = source.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|[{}[\]<>|?:;()]/g);
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
    const parts = [this.single()];
    while (this.take('|')) parts.push(this.single());
    if (parts.length === 1) return parts[0];
    if (parts.every(p => p.enum)) return { type: 'string', enum: parts.flatMap(p => p.enum) };
    const types = parts.map(p => p.type).sort().join();
    return types === 'number,string' ? { 'x-kubernetes-int-or-string': true } : anything;
  }

  single() {
    const token = this.tokens[this.at++];
    if (token === '{') return this.object();
    if (token.startsWith('"')) return { type: 'string', enum: [JSON.parse(token)] };
    if (token === 'string' || token === 'number' || token === 'boolean') return { type: token };
    if (token === 'any' || token === 'unknown') return anything;
    if (token !== 'Array') return this.resolve(token);
    this.want('<');
    const items = this.type();
    this.want('>');
    return { type: 'array', items };
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
      properties[name] = this.type();
      this.take(';');
    }
    return Object.keys(properties).length === 0 ? open : { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }
}
