// node make.mjs packages.json PACKAGES OUT: one CustomResourceDefinition a kind, as JSON, from the unpacked npm packages.
import fs from 'node:fs';
import path from 'node:path';
import { schemaOfLiteral } from './literal.mjs';
import { schemaOfTypes } from './types.mjs';
import { structural } from './structural.mjs';

const [, , list, packages, out] = process.argv;
const maturity = version => [!/alpha|beta/.test(version), /beta/.test(version), version];
const newestFirst = (a, b) => (maturity(a) < maturity(b) ? 1 : -1);
const plural = kind => (/[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`);

/** The files of a package that declare the kind: [{group, version, file}]. */
function declared(folder, kind) {
  return fs.readdirSync(folder, { recursive: true }).flatMap(file => {
    const match = /^([a-z0-9.-]+\.[a-z]+)[\\/](v[0-9][a-z0-9]*)[\\/](\w+)\.js$/.exec(file);
    return match && match[3] === kind ? [{ group: match[1], version: match[2], file: path.join(folder, file) }] : [];
  });
}

function definition(kind, options, files) {
  const group = files[0].group;
  const read = options.from === 'types' ? schemaOfTypes : schemaOfLiteral;
  const versions = files.map(({ version, file }) => ({ version, schema: structural(read(file, kind)) }));
  const newest = versions.toSorted((a, b) => newestFirst(a.version, b.version))[0];
  // A later version that the project serves with the same fields and that the package does not know yet.
  for (const version of options.also ?? []) if (!versions.some(v => v.version === version)) versions.push({ version, schema: newest.schema });
  versions.sort((a, b) => newestFirst(a.version, b.version));
  const storage = options.storage ?? versions[0].version;
  const plurals = plural(kind.toLowerCase());
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plurals}.${group}`,
      // The server asks for it in groups below k8s.io.
      ...(group.endsWith('.k8s.io') ? { annotations: { 'api-approved.kubernetes.io': 'unapproved, made for tests' } } : {}),
    },
    spec: {
      group,
      scope: options.scope ?? 'Namespaced',
      names: { kind, listKind: `${kind}List`, singular: kind.toLowerCase(), plural: plurals, shortNames: options.short ?? [] },
      versions: versions.map(({ version, schema }) => ({
        name: version, served: true, storage: version === storage, subresources: { status: {} }, schema: { openAPIV3Schema: schema },
      })),
    },
  };
}

for (const [name, kinds] of Object.entries(JSON.parse(fs.readFileSync(list, 'utf8')))) {
  for (const [kind, options] of Object.entries(kinds)) {
    const files = declared(path.join(packages, name.replaceAll('/', '_')), kind);
    if (files.length === 0) throw new Error(`${name} declares no ${kind}`);
    const crd = definition(kind, options, files);
    fs.writeFileSync(path.join(out, `${crd.metadata.name}.json`), JSON.stringify(crd));
  }
}
