// A reply of the assistant as it is written. A dropped connection goes on after the last event that arrived, on a new connection.

import { base, newKey, Problem, send } from './api.js';

const longestWait = 5000;
const mostTries = 8;

// Gives {name, data} for every event, and ends after done or error.
export async function* ask(conversation, text, signal) {
  const key = newKey();
  const post = () => send('POST', `${base}conversations/${conversation}/messages`, { json: { text }, key, signal });
  yield* persist(post, conversation, null, signal);
}

// The reply that is being written, after an event of the conversation.
export async function* follow(conversation, after, signal) {
  yield* persist(null, conversation, after, signal);
}

async function* persist(post, conversation, after, signal) {
  let last = after;
  for (let tries = 0; ;) {
    try {
      const reply = last === null ? await post() : await resume(conversation, last, signal);
      if (reply.status === 204) return;
      for await (const event of read(reply.body)) {
        tries = 0;
        if (event.id) last = event.id;
        yield event;
        if (event.name === 'done' || event.name === 'error') return;
      }
    } catch (trouble) {
      if (signal?.aborted || (trouble instanceof Problem && trouble.status !== 0 && trouble.status !== 503)) throw trouble;
      if (++tries > mostTries) throw trouble;
    }

    yield { name: 'reconnecting' };
    await new Promise(done => setTimeout(done, Math.min(longestWait, 200 * 2 ** tries)));
  }
}

function resume(conversation, last, signal) {
  return send('GET', `${base}conversations/${conversation}/events`, { headers: { 'Last-Event-ID': String(last) }, signal });
}

// Server-sent events (HTML standard, section 9.2), out of bytes that may be cut anywhere.
export async function* read(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { id: null, name: 'message', data: '' };
      for (const line of block.split('\n')) {
        const [, field, text] = /^(\w*): ?(.*)$/.exec(line) ?? [];
        if (field === 'id') event.id = text;
        if (field === 'event') event.name = text;
        if (field === 'data') event.data += text;
      }

      if (event.data) yield { ...event, data: JSON.parse(event.data) };
    }
  }
}
