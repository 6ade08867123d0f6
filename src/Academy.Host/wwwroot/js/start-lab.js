// Starting a lab: the cluster first, whichever way was chosen, then the attempt on it.

import { base, call, newKey, Problem, send } from './api.js';
import { during } from './forms.js';

export function watch(form) {
  const choose = () => {
    const way = form.elements.way.value;
    for (const part of form.querySelectorAll('[data-way]')) {
      part.hidden = !part.dataset.way.split(' ').includes(way);
    }
  };
  form.addEventListener('change', choose);
  choose();
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    during(form, async () => {
      const fields = form.elements;
      const way = fields.way.value;
      const clusterId = way === 'classroom' ? undefined : way === 'mine' ? fields.clusterId.value : (await makeCluster(way, fields)).id;
      const namespace = way === 'practice' || way === 'classroom' ? '' : fields.namespace.value.trim();
      const attempt = await call('POST', 'attempts', {
        json: { labId: form.dataset.startLab, ...(clusterId ? { clusterId } : {}), ...(namespace ? { namespace } : {}) },
        key: newKey(),
      });
      location.assign(`/attempts/${encodeURIComponent(attempt.id)}`);
    });
  });
}

async function makeCluster(way, fields) {
  switch (way) {
    case 'practice':
      return call('POST', 'clusters/practice', { json: { practiceId: fields.practiceId.value }, key: newKey() });
    case 'live':
      return call('POST', 'clusters', { json: { name: fields.name.value || 'My cluster', kubeconfig: fields.kubeconfig.value }, key: newKey() });
    default: {
      const file = fields.file.files[0];
      if (!file) throw new Problem(400, { detail: 'Choose the file of the recording first.' });
      const reply = await send('POST', `${base}clusters/snapshots?name=${encodeURIComponent(file.name.slice(0, 100))}`, { body: file, key: newKey() });
      return reply.json();
    }
  }
}
