// node make.mjs packages.json PACKAGES OUT: one CustomResourceDefinition a kind, as JSON, from the unpacked npm packages.
import fs from 'node:fs';
import path from 'node:path';
import { schemaOfLiteral } from './literal.mjs';
import { schemaOfTypes } from './types.mjs';
import { structural, withNewer } from './structural.mjs';

const [, , list, packages, out] = process.argv;
const maturity = version => [!/alpha|beta/.test(version), /beta/.test(version), version];
const newestFirst = (a, b) => (maturity(a) < maturity(b) ? 1 : -1);
const plural = kind => (/[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`);

const folderOf = name => path.join(packages, name.replaceAll('/', '_'));

/** The files of a package that declare the kind: version → file, without what a file's name ends in. */
function declared(name, kind) {
  const files = name ? fs.readdirSync(folderOf(name), { recursive: true }) : [];
  return new Map(files.flatMap(file => {
    const match = /^([a-z0-9.-]+\.[a-z]+)[\\/](v[0-9][a-z0-9]*)[\\/](\w+)\.d\.ts$/.exec(file);
    return match && match[3] === kind ? [[match[2], { group: match[1], file: path.join(folderOf(name), file.slice(0, -5)) }]] : [];
  }));
}

function schemas({ schemas: literal, types }, kind, also = []) {
  const [literals, declarations] = [declared(literal, kind), declared(types, kind)];
  const served = [...new Set([...literals.keys(), ...declarations.keys(), ...also])].sort(newestFirst);
  if (served.length === 0) throw new Error(`no ${kind} in ${literal ?? types}`);
  // A version that only one of both knows has the fields of the other's newest: these projects serve one set of fields under several names.
  const of = (files, version) => files.get(version) ?? files.get([...files.keys()].sort(newestFirst)[0]);
  return served.map(version => {
    const [written, typed] = [of(literals, version), of(declarations, version)];
    const fields = typed && structural(schemaOfTypes(`${typed.file}.d.ts`, kind));
    const schema = written ? structural(schemaOfLiteral(`${written.file}.js`)) : fields;
    return { version, group: (written ?? typed).group, schema: written && typed ? withNewer(schema, fields) : schema };
  });
}

function definition(kind, options, versions) {
  const group = versions[0].group;
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

for (const project of JSON.parse(fs.readFileSync(list, 'utf8'))) {
  for (const [kind, options] of Object.entries(project.kinds)) {
    const crd = definition(kind, options, schemas(project, kind, options.also));
    fs.writeFileSync(path.join(out, `${crd.metadata.name}.json`), JSON.stringify(crd));
  }
}
