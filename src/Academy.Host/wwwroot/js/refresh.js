// Brings the page up to date: the server renders it again, and what has changed takes the place of what was there.

import { showTimes } from './times.js';

let latest = 0;

export async function refresh({ keep } = {}) {
  const shown = document.getElementById('work');
  if (!shown) {
    if (!keep) location.reload();
    return;
  }

  if (keep && shown.contains(keep)) return;
  const turn = ++latest;
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!reply.ok) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('work');
  if (!fresh) {
    location.reload();
    return;
  }

  // The reply of the chat and a button may ask at once: what was asked for last is the newest.
  if (turn !== latest) return;
  const target = document.getElementById('work');
  const focus = pathTo(document.activeElement, target);
  keepOpen(target, fresh);
  target.replaceWith(fresh);
  showTimes(fresh);
  restore(focus, fresh);
  const news = document.getElementById('news');
  if (news) news.textContent = fresh.dataset.news ?? '';
}

// What a person has opened or closed stays so, except that a step that is done now closes and the next one opens.
function keepOpen(before, after) {
  for (const now of after.querySelectorAll('details[id]')) {
    const then = before.querySelector(`#${CSS.escape(now.id)}`);
    if (then && then.className === now.className && !(now.open && now.classList.contains('step'))) now.open = then.open;
  }
}

function pathTo(element, root) {
  if (!element || !root.contains(element)) return null;
  const part = element.closest('[id]');
  return { part: part && part !== root ? part.id : null, name: nameOf(element) };
}

function restore(focus, root) {
  if (!focus) return;
  const part = (focus.part && root.querySelector(`#${CSS.escape(focus.part)}`)) || root;
  const all = [...part.querySelectorAll('button, summary, a')];
  const same = all.find(e => nameOf(e) === focus.name) ?? all[0];
  same?.focus({ preventScroll: true });
}

const nameOf = element => element.closest('form')?.dataset.api ?? element.getAttribute('aria-label') ?? element.textContent.trim();
