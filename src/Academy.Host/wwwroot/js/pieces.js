// How the pieces of a reply look. What comes from a cluster or a person is only ever text.

import { make } from './dom.js';
import { inline, render } from './markdown.js';

const rungs = ['question', 'where to look', 'concept', 'command', 'solution'];

export function question(text) {
  return make('div', { class: 'message mine' }, make('span', { class: 'hidden' }, 'You: '), text);
}

// Takes the pieces of one reply, in order.
export class Reply {
  constructor() {
    this.element = make('div', { class: 'message theirs', 'aria-busy': 'true' }, make('span', { class: 'hidden' }, 'Assistant: '));
    this.tools = new Map();
    this.waiting = make('p', { class: 'waiting' }, make('span', {}, 'Looking'));
    this.element.append(this.waiting);
  }

  add(piece) {
    if (piece.kind !== 'text') this.text = null;
    switch (piece.kind) {
      case 'tool-started': this.toolStarted(piece); break;
      case 'tool-finished': this.toolFinished(piece); break;
      case 'text': this.write(piece.text); break;
      case 'finding': this.put(finding(piece.finding)); break;
      case 'hint': this.put(hint(piece)); break;
    }
  }

  end(outcome, message) {
    this.waiting.remove();
    this.element.removeAttribute('aria-busy');
    for (const line of this.tools.values()) line.classList.remove('running');
    if (outcome === 'cancelled') this.element.append(make('p', { class: 'note' }, 'You stopped this reply.'));
    if (outcome === 'failed') this.element.append(make('p', { class: 'problem' }, message ?? 'The reply failed. Ask again.'));
  }

  note(text) {
    this.waiting.firstChild.textContent = text;
  }

  put(element) {
    if (this.waiting.isConnected) this.waiting.before(element);
    else this.element.append(element);
  }

  toolStarted({ callId, label, tool }) {
    const line = make('p', { class: 'tool running' }, make('span', { class: 'what' }, label || tool));
    this.tools.set(callId, line);
    this.put(line);
  }

  toolFinished({ callId, ok, summary }) {
    const line = this.tools.get(callId);
    if (!line) return;
    line.classList.remove('running');
    line.classList.add(ok ? 'ok' : 'failed');
    if (summary) line.append(make('span', { class: 'outcome' }, summary));
  }

  // Text comes in crumbs; what goes on where the last one ended is rendered as one.
  write(text) {
    if (!this.text) {
      this.text = { source: '', element: make('div', { class: 'prose' }) };
      this.put(this.text.element);
    }

    this.text.source += text;
    this.text.element.replaceChildren(render(this.text.source));
  }
}

function finding(found) {
  const sure = Math.round(found.confidence * 100);
  const card = make('article', { class: 'finding', 'aria-label': `Finding: ${nameOf(found)}` },
    make('header', {},
      make('h3', {}, make('span', { class: 'kind' }, found.kind), ' ', found.name),
      make('span', { class: 'badge bad' }, found.reason)),
    make('p', { class: 'summary' }, ...inline(found.summary)),
    make('p', { class: 'sure' }, make('meter', { min: '0', max: '100', value: String(sure), 'aria-label': 'Confidence' }), ` ${sure} % sure`));
  if (found.evidence?.length) card.append(make('h4', {}, 'Evidence'), make('ul', { class: 'evidence' }, ...found.evidence.map(evidence)));
  if (found.explains?.length) {
    card.append(make('h4', {}, 'Explains'), make('ul', { class: 'explains' }, ...found.explains.map(e => make('li', {}, nameOf(e)))));
  }

  if (found.fix?.text) card.append(fix(found.fix));
  return card;
}

// A repair that is spelled out is folded: whoever wants to find it alone does not read it by accident.
function fix({ text, patch }) {
  if (!patch) return make('div', { class: 'fix' }, render(text));
  return make('details', { class: 'fix' }, make('summary', {}, 'How to repair it'), render(text),
    make('pre', { tabindex: '0' }, make('code', {}, JSON.stringify(patch, null, 2))));
}

function evidence({ object, field, log, event, quote }) {
  const where = field ?? (log ? `log of ${log}` : event ? `event ${event}` : '');
  return make('li', {}, make('span', { class: 'where' }, object, where ? make('code', {}, where) : null), make('q', {}, quote));
}

function hint({ rung, text }) {
  const element = make('aside', { class: 'hint' }, make('h4', {}, `Hint ${rung}: ${rungs[rung - 1] ?? ''}`));
  element.append(render(text));
  return element;
}

const nameOf = ({ kind, namespace, name }) => namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
