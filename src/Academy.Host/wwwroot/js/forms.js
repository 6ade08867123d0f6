// Forms that send one request to the API: data-api, data-method, data-then, data-confirm; data-upload sends a file as the body.

import { base, newKey, Problem, send } from './api.js';
import { refresh } from './refresh.js';

export function watchForms() {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.api === undefined && form.dataset.upload === undefined) return;
    event.preventDefault();
    submit(form);
  });
}

async function submit(form) {
  if (form.getAttribute('aria-busy') === 'true' || (form.dataset.confirm && !confirm(form.dataset.confirm))) return;
  await during(form, async () => {
    form.key ??= newKey();
    const reply = await request(form);
    form.key = undefined;
    await then(form, reply.status === 204 ? null : await reply.json());
  });
}

// Shows that something is going on, and what went wrong beside what caused it.
export async function during(form, work) {
  const problem = form.querySelector('.problem');
  problem.hidden = true;
  form.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (trouble) {
    if (!(trouble instanceof Problem)) throw trouble;
    // only after a lost connection the same wish may go out again
    if (trouble.status !== 0) form.key = undefined;
    problem.textContent = trouble.message;
    problem.hidden = false;
  } finally {
    form.removeAttribute('aria-busy');
  }
}

function request(form) {
  const method = form.dataset.method ?? 'POST';
  if (form.dataset.upload !== undefined) {
    const name = form.elements.name?.value;
    const address = form.dataset.upload + (name ? `?name=${encodeURIComponent(name)}` : '');
    return send(method, address, { body: form.elements.file.files[0], key: form.key });
  }

  const json = fieldsOf(form);
  return send(method, base + form.dataset.api, { json: Object.keys(json).length > 0 ? json : undefined, key: form.key });
}

function fieldsOf(form) {
  const json = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    if ('list' in field.dataset) {
      json[field.name] ??= [];
      if (field.checked) json[field.name].push(field.value);
    } else if (field.type === 'radio' && !field.checked) {
      continue;
    } else if (field.value.trim() !== '') {
      put(json, field.name.split('.'), field.type === 'number' || 'number' in field.dataset ? Number(field.value) : field.value);
    }
  }

  return json;
}

// grades.0.level is the level of the first of the grades.
function put(json, [name, ...rest], value) {
  if (rest.length === 0) {
    json[name] = value;
    return;
  }

  json[name] ??= /^\d+$/.test(rest[0]) ? [] : {};
  put(json[name], rest, value);
}

async function then(form, value) {
  const next = form.dataset.then ?? 'refresh';
  if (next.startsWith('show:')) {
    const output = form.querySelector('output');
    const text = value[next.slice('show:'.length)];
    output.textContent = text.startsWith('/') ? location.origin + text : text;
    output.hidden = false;
    await refresh({ keep: form });
  } else if (next === 'refresh') {
    if (!form.closest('#work') && !form.querySelector('input[type=hidden]')) form.reset();
    await refresh();
  } else {
    location.assign(next.replace('{id}', encodeURIComponent(value.id)));
  }
}
