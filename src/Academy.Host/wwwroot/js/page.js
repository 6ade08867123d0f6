import { watchForms } from './forms.js';
import { showTimes } from './times.js';

showTimes(document);
watchForms();

const start = document.querySelector('[data-start-lab]');
if (start) (await import('./start-lab.js')).watch(start);

const chat = document.querySelector('[data-chat]');
if (chat) (await import('./chat.js')).open(chat);
