// Requests to Academy's API. A problem (RFC 9457) becomes an error whose message a person can act on.

export class Problem extends Error {
  constructor(status, body) {
    super(sentence(status, body));
    this.status = status;
    this.type = body?.type ?? '';
  }
}

export const base = '/api/v1/';

// A random key marks one wish: sent again after a lost connection, it is still done once.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
}

export async function send(method, address, { json, body, key, headers, signal } = {}) {
  let reply;
  try {
    reply = await fetch(address, {
      method,
      signal,
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
    });
  } catch (trouble) {
    if (signal?.aborted) throw trouble;
    throw new Problem(0, null);
  }

  if (!reply.ok) {
    throw new Problem(reply.status, await reply.json().catch(() => null));
  }

  return reply;
}

export async function call(method, path, options) {
  const reply = await send(method, base + path, options);
  return reply.status === 204 ? null : reply.json();
}

function sentence(status, body) {
  if (status === 0) return 'Academy does not answer. Look at your connection and try again.';
  if (status === 401) return 'You are no longer signed in. Open your sign-in link again.';
  const fields = (body?.errors ?? []).map(e => `${e.field}: ${e.message}`);
  return fields.length > 0 ? fields.join(' ') : body?.detail ?? `Something went wrong (${status}).`;
}
