// A list put in order (form data-ordre): by dragging its handles, or by its buttons, which the keyboard reaches. Each move is
// sent at once as the whole order. Without a script the same buttons send one move at a time.

/** Watches the lists of the page. */
export function watchOrder() {
  document.querySelectorAll('form[data-ordre]').forEach(watch);
}

function watch(form) {
  const list = form.querySelector('ol');
  const state = form.querySelector('[data-ordre-etat]');
  const items = () => [...list.children];

  const refresh = () => items().forEach((item, i, { length }) => {
    item.querySelector('[name=monter]').disabled = i === 0;
    item.querySelector('[name=descendre]').disabled = i === length - 1;
  });

  const send = async () => {
    refresh();
    state.textContent = 'Enregistrement…';
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      state.textContent = answer.ok ? 'Ordre enregistré.' : 'L’ordre n’a pas été enregistré. Rechargez la page.';
    } catch {
      state.textContent = 'Pas de réseau\u00a0: l’ordre n’est pas encore enregistré. Déplacez de nouveau une ligne pour réessayer.';
    }
  };

  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (button?.name !== 'monter' && button?.name !== 'descendre') return;
    event.preventDefault();
    const item = button.closest('[data-element]');
    if (button.name === 'monter') item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    send();
    if (button.disabled) item.querySelector('button:not(:disabled)')?.focus();
    else button.focus();
  });

  list.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('[data-poignee]');
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const item = handle.closest('[data-element]');
    const before = items();
    item.classList.add('pris');
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientY }) => {
      for (const other of items()) {
        const box = other.getBoundingClientRect();
        if (other === item || clientY < box.top || clientY > box.bottom) continue;
        const after = items().indexOf(other) > items().indexOf(item);
        if (after && clientY > box.top + box.height / 2) other.after(item);
        else if (!after && clientY < box.top + box.height / 2) other.before(item);
      }
    };
    const drop = () => {
      item.classList.remove('pris');
      handle.removeEventListener('pointermove', move);
      if (items().some((other, i) => other !== before[i])) send();
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', drop, { once: true });
  });
}
