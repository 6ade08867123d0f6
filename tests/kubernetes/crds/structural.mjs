// From a JSON schema to what Kubernetes calls structural: every value has one type, alternatives only restrict.
const numbers = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'pattern', 'format', 'enum', 'default'];
const junctors = ['allOf', 'anyOf', 'oneOf'];
const isNull = schema => schema.type === 'null';

/** The schema of a whole object; the server itself knows apiVersion, kind and metadata. */
export function structural(schema) {
  const { apiVersion, kind, metadata, ...own } = schema.properties;
  const required = (schema.required ?? []).filter(name => name in own);
  return convert({ ...schema, properties: own, required });
}

function convert(schema) {
  const nullable = schema.oneOf?.length === 2 && schema.oneOf.some(isNull);
  if (nullable) return { ...convert(schema.oneOf.find(each => !isNull(each))), nullable: true };
  const result = {};
  for (const key of numbers) if (key in schema) result[key] = schema[key];
  if (schema.nullable) result.nullable = true;
  for (const key of Object.keys(schema)) if (key.startsWith('x-kubernetes-')) result[key] = schema[key];

  if (isIntOrString(schema)) return { ...result, 'x-kubernetes-int-or-string': true };
  for (const key of junctors) if (schema[key]) result[key] = schema[key].map(each => restriction(each));
  if (schema.not) result.not = restriction(schema.not);
  if (schema.type) result.type = schema.type;
  else if (!result['x-kubernetes-int-or-string']) result['x-kubernetes-preserve-unknown-fields'] = true;
  if (schema.required?.length > 0) result.required = schema.required;
  if (schema.items) result.items = convert(schema.items);
  const names = Object.keys(schema.properties ?? {});
  if (names.length > 0) {
    result.properties = Object.fromEntries(names.map(name => [name, convert(schema.properties[name])]));
  } else if (typeof schema.additionalProperties === 'object' && Object.keys(schema.additionalProperties).length > 0) {
    result.additionalProperties = convert(schema.additionalProperties);
  } else if (schema.type === 'object') {
    result['x-kubernetes-preserve-unknown-fields'] = true;
  }
  return result;
}

function isIntOrString(schema) {
  const alternatives = schema.anyOf ?? schema.oneOf;
  return !schema.type && alternatives?.length === 2 && alternatives.map(each => each.type).sort().join() === 'integer,string';
}

/** Inside allOf, anyOf, oneOf and not, a structural schema may say neither types nor defaults. */
function restriction(schema) {
  const result = {};
  for (const key of numbers) if (key in schema && key !== 'default') result[key] = schema[key];
  if (schema.required) result.required = schema.required;
  for (const key of junctors) if (schema[key]) result[key] = schema[key].map(restriction);
  if (schema.not) result.not = restriction(schema.not);
  if (schema.items) result.items = restriction(schema.items);
  if (schema.properties) result.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, restriction(value)]));
  return result;
}

/** The schema, with the fields and the values of enumerations that only the newer one knows. */
export function withNewer(schema, newer) {
  const result = { ...schema };
  if (schema.enum && newer.enum) result.enum = [...new Set([...schema.enum, ...newer.enum])];
  if (schema.items && newer.items) result.items = withNewer(schema.items, newer.items);
  if (schema.properties && newer.properties) {
    result.properties = { ...newer.properties };
    for (const [name, value] of Object.entries(schema.properties)) result.properties[name] = newer.properties[name] ? withNewer(value, newer.properties[name]) : value;
  }
  return result;
}
