// The conversation beside the work: history first, then questions and the replies to them as they are written.

import { call, newKey, Problem } from './api.js';
import { question, Reply } from './pieces.js';
import { refresh } from './refresh.js';
import { ask, follow } from './reply-stream.js';

export async function open(panel) {
  const chat = new Chat(panel);
  chat.watch();
  await chat.load();
}

class Chat {
  constructor(panel) {
    this.panel = panel;
    this.log = panel.querySelector('.log');
    this.form = panel.querySelector('form.ask');
    this.box = this.form.elements.text;
    this.stop = this.form.querySelector('[data-cancel]');
    this.problem = this.form.querySelector('.problem');
    this.conversation = panel.dataset.conversation || null;
  }

  watch() {
    this.form.addEventListener('submit', event => {
      event.preventDefault();
      this.put(this.box.value);
    });
    this.box.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.put(this.box.value);
      }
    });
    this.form.addEventListener('click', event => {
      if (event.target.dataset.ask) this.put(event.target.dataset.ask);
    });
    this.stop.addEventListener('click', () => this.attempt(() => call('POST', `conversations/${this.conversation}/cancel`, { key: newKey() })));
  }

  async load() {
    if (!this.conversation) return;
    await this.attempt(async () => {
      const history = await call('GET', `conversations/${this.conversation}`);
      for (const exchange of history.exchanges) {
        const reply = this.begin(exchange.question);
        exchange.pieces.forEach(p => reply.add(p));
        if (exchange.outcome !== 'writing') reply.end(exchange.outcome, exchange.error);
        else await this.show(reply, follow(this.conversation, history.version));
      }
    });
  }

  async put(text) {
    if (text.trim() === '' || this.busy) return;
    await this.attempt(async () => {
      this.setBusy(true);
      this.conversation ??= (await call('POST', 'conversations', { json: this.about(), key: newKey() })).id;
      const reply = this.begin(text);
      this.box.value = '';
      await this.show(reply, ask(this.conversation, text));
      await refresh();
    });
    this.setBusy(false);
    this.box.focus({ preventScroll: true });
  }

  about() {
    const { attempt, cluster, namespace } = this.panel.dataset;
    return attempt ? { attemptId: attempt } : { clusterId: cluster, ...(namespace ? { namespace } : {}) };
  }

  begin(text) {
    this.log.querySelector('.empty')?.remove();
    const reply = new Reply();
    this.asked = question(text);
    this.log.append(this.asked, reply.element);
    this.scroll(true);
    return reply;
  }

  async show(reply, events) {
    this.setBusy(true);
    try {
      for await (const { name, data } of events) {
        const followed = this.isFollowed();
        if (name === 'reconnecting') reply.note('The connection was lost; going on');
        else if (name === 'done') reply.end(data.outcome);
        else if (name === 'error') reply.end('failed', data.message);
        else reply.add(data);
        this.scroll(followed);
      }

      reply.end('done');
    } catch (trouble) {
      reply.end('failed', trouble instanceof Problem ? trouble.message : undefined);
    } finally {
      this.setBusy(false);
    }
  }

  async attempt(work) {
    this.problem.hidden = true;
    try {
      await work();
    } catch (trouble) {
      if (!(trouble instanceof Problem)) throw trouble;
      this.problem.textContent = trouble.message;
      this.problem.hidden = false;
    }
  }

  setBusy(busy) {
    this.busy = busy;
    this.stop.hidden = !busy;
    for (const button of this.form.querySelectorAll('button:not([data-cancel])')) button.disabled = busy;
  }

  isFollowed() {
    return Math.abs(this.log.scrollTop - this.place()) < 40;
  }

  // Whoever has scrolled away to read is left there.
  scroll(follow) {
    if (follow) this.log.scrollTop = this.place();
  }

  // As far down as there is something to see, but with the question still in sight: a reply is read from its beginning.
  place() {
    return Math.min(this.log.scrollHeight - this.log.clientHeight, this.asked.offsetTop - this.log.offsetTop - 12);
  }
}
