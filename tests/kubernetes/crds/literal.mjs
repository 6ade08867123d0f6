// A schema that a package carries as a literal: `const schema = {...};`.
import fs from 'node:fs';
import vm from 'node:vm';

/** The JSON schema in the file. The literal alone is evaluated, in a context that holds nothing. */
export function schemaOfLiteral(file) {
  const source = fs.readFileSync(file, 'utf8');
  const start = /\b(?:const|let|var) schema ?= ?(?=\{)/.exec(source);
  if (!start) throw new Error(`${file} carries no schema`);
  const begin = start.index + start[0].length;
  return vm.runInNewContext(`(${source.slice(begin, endOfBraces(source, begin))})`, Object.create(null), { timeout: 2000 });
}

function endOfBraces(source, begin) {
  let depth = 0;
  let quote = null;
  for (let i = begin; i < source.length; i++) {
    const c = source[i];
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = null;
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i + 1;
  }
  throw new Error('the braces do not close');
}
