// The Markdown that an assistant writes, as elements: paragraphs, headings, lists, tables, code, quotes, bold, italics and links to the web.
// Whatever else there is stays text.

import { make } from './dom.js';

export function render(markdown) {
  const lines = markdown.replaceAll('\r', '').split('\n');
  const out = document.createDocumentFragment();
  for (let at = 0; at < lines.length;) {
    const { element, next } = block(lines, at);
    if (element) out.append(element);
    at = next;
  }

  return out;
}

function block(lines, at) {
  const line = lines[at];
  if (line.trim() === '') return { next: at + 1 };
  const fence = /^\s*(```+|~~~+)\s*([\w+-]*)/.exec(line);
  if (fence) return code(lines, at, fence[1]);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return { element: make(`h${Math.min(6, heading[1].length + 2)}`, {}, ...inline(heading[2])), next: at + 1 };
  if (/^\s*([-*+]|\d{1,4}[.)])\s+/.test(line)) return list(lines, at);
  if (/^\s*>/.test(line)) return quote(lines, at);
  if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '')) return table(lines, at);
  return paragraph(lines, at);
}

function code(lines, at, mark) {
  const inside = [];
  let next = at + 1;
  while (next < lines.length && !lines[next].trim().startsWith(mark)) inside.push(lines[next++]);
  return { element: make('pre', { tabindex: '0' }, make('code', {}, inside.join('\n'))), next: next + 1 };
}

function list(lines, at) {
  const ordered = /^\s*\d/.test(lines[at]);
  const items = [];
  let next = at;
  for (; next < lines.length; next++) {
    const item = /^(\s*)(?:[-*+]|\d{1,4}[.)])\s+(.*)$/.exec(lines[next]);
    if (item && /^\s*\d/.test(lines[next]) === ordered) items.push([item[2]]);
    else if (items.length > 0 && /^\s{2,}\S/.test(lines[next])) items.at(-1).push(lines[next].trim());
    else break;
  }

  return { element: make(ordered ? 'ol' : 'ul', {}, ...items.map(i => make('li', {}, ...inline(i.join(' '))))), next };
}

function quote(lines, at) {
  let next = at;
  const inside = [];
  while (next < lines.length && /^\s*>/.test(lines[next])) inside.push(lines[next++].replace(/^\s*>\s?/, ''));
  return { element: make('blockquote', {}, ...inline(inside.join(' '))), next };
}

function table(lines, at) {
  const cells = line => line.trim().replace(/^\||\|$/g, '').split('|').map(c => c.trim());
  const head = make('tr', {}, ...cells(lines[at]).map(c => make('th', {}, ...inline(c))));
  const rows = [];
  let next = at + 2;
  while (next < lines.length && lines[next].includes('|')) rows.push(make('tr', {}, ...cells(lines[next++]).map(c => make('td', {}, ...inline(c)))));
  return { element: make('div', { class: 'wide', tabindex: '0' }, make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows))), next };
}

function paragraph(lines, at) {
  const text = [];
  let next = at;
  while (next < lines.length && lines[next].trim() !== '' && (next === at || !/^\s*(```|~~~|#{1,6}\s|>|[-*+]\s|\d{1,4}[.)]\s)/.test(lines[next]))) text.push(lines[next++]);
  return { element: make('p', {}, ...inline(text.join(' '))), next };
}

const spans = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/;

export function inline(text) {
  const out = [];
  for (let rest = text; rest;) {
    const found = spans.exec(rest);
    if (!found) return [...out, rest];
    if (found.index > 0) out.push(rest.slice(0, found.index));
    const [all, code, bold, italic, label, address] = found;
    out.push(code ? make('code', {}, code)
      : bold ? make('strong', {}, ...inline(bold))
      : italic ? make('em', {}, ...inline(italic))
      : link(label, address) ?? all);
    rest = rest.slice(found.index + all.length);
  }

  return out;
}

function link(label, address) {
  const own = /^\/[\w\-/.#?=&%]*$/.test(address) && !address.startsWith('//');
  if (!own && !/^https?:\/\//i.test(address)) return null;
  return make('a', own ? { href: address } : { href: address, rel: 'noopener noreferrer', target: '_blank' }, label);
}
