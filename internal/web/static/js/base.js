// What every page does beside showing itself. Each page works without it: this only saves steps.
import { parseAmount, parseCount, formatInput } from './money.js';
import { watchDrafts } from './garde.js';
import { watchOrder } from './ordre.js';
import { watchChoices } from './choix.js';
import { lighten } from './photo.js';

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, selector, act) => document.addEventListener(type, (event) => {
  const found = event.target.closest?.(selector);
  if (found) act(found, event);
});

document.documentElement.dataset.pret = '';

// Enter goes to the next field, never sends by surprise; after the last one it stands on the main button.
const seen = (e) => e.checkVisibility?.() ?? e.offsetParent !== null; // not in a closed fold either
const fields = 'input:not([type=hidden], [type=submit], [type=button], :disabled, [readonly]), select:not(:disabled), textarea:not(:disabled)';
let moved = false;
on('keydown', 'form[data-entree] :is(input, select)', (field, event) => {
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  moved = true;
  const scope = field.closest('dialog[open]') ?? field.form;
  const list = all(fields, scope).filter((f) => seen(f) && (f.type !== 'radio' || f.checked || f === field));
  const next = list[list.indexOf(field) + (event.shiftKey ? -1 : 1)]
    ?? all('.btn.principal', scope).find(seen) ?? document.querySelector(`.btn.principal[form="${field.form?.id}"]`);
  next?.focus();
});
// The key that moved the focus must not press what it moved to: a key held down, a scanner that sends the character apart.
for (const type of ['keydown', 'keypress']) {
  document.addEventListener(type, (event) => {
    if (moved && event.key === 'Enter' && (event.repeat || type === 'keypress')) event.preventDefault();
  }, true);
}
document.addEventListener('keyup', (event) => {
  if (event.key === 'Enter') moved = false;
}, true);
document.addEventListener('focusin', ({ target }) => {
  if (target.matches?.('[data-montant], [data-nombre]')) target.select();
});

// An amount or a number is read again when one leaves it; what does not read is said at once, above the field.
on('change', '[data-montant]', (field) => {
  const read = parseAmount(field.value);
  say(field, read.error);
  if (!read.error && read.given) field.value = formatInput(read.amount);
});
on('change', '[data-nombre]', (field) => {
  const read = parseCount(field.value);
  say(field, read.error);
  if (!read.error && read.given) field.value = String(read.count);
});

// What was wrong goes while one types, not when one leaves the field: the button one is about to press must not move under the finger.
on('input', '[data-montant][aria-invalid]', (field) => {
  if (!parseAmount(field.value).error) say(field, '');
});
on('input', '[data-nombre][aria-invalid]', (field) => {
  if (!parseCount(field.value).error) say(field, '');
});

/** Shows what is wrong with a field, or takes it away when error is ''. */
export function say(field, error) {
  const id = `${field.id}-err`;
  let note = document.getElementById(id);
  const place = field.closest('.champ, .lig, td') ?? field.parentElement;
  if (!error) {
    if (!note) return;
    note.remove();
    field.removeAttribute('aria-invalid');
    place.classList.remove('err');
    describe(field, id, false);
    return;
  }
  if (!note) {
    note = Object.assign(document.createElement('span'), { id, className: 'msg-err' });
    const frame = field.closest('.euro') ?? field;
    if (frame.parentElement === place && place.matches('.champ')) frame.before(note);
    else place.append(note);
  }
  note.textContent = error;
  field.setAttribute('aria-invalid', 'true');
  place.classList.add('err');
  describe(field, id, true);
}

function describe(field, id, add) {
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((other) => other && other !== id);
  if (add) ids.unshift(id);
  if (ids.length) field.setAttribute('aria-describedby', ids.join(' '));
  else field.removeAttribute('aria-describedby');
}

// Dialogs.
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}
on('click', '[data-ouvre]', (button, event) => {
  event.preventDefault();
  openDialog(button.dataset.ouvre);
});
on('click', '[data-ferme]', (button, event) => {
  event.preventDefault();
  button.closest('dialog')?.close();
});
if (location.hash.length > 1) {
  const id = decodeURIComponent(location.hash.slice(1));
  if (document.getElementById(id) instanceof HTMLDialogElement) {
    history.replaceState(null, '', location.pathname + location.search);
    openDialog(id);
  }
}

// Menus close when one looks elsewhere.
const closeMenus = (except) => all('details[data-menu][open]').forEach((menu) => {
  if (!except || !menu.contains(except)) menu.open = false;
});
document.addEventListener('click', (event) => closeMenus(event.target));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = document.activeElement?.closest('details[data-menu][open]');
  closeMenus();
  menu?.querySelector('summary').focus();
});

// Light or dark, without leaving the page.
on('submit', 'form[data-apparence]', async (form, event) => {
  event.preventDefault();
  const theme = event.submitter?.value ?? '';
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  all('form[data-apparence] button').forEach((b) => b.setAttribute('aria-pressed', String(b.value === theme)));
  try {
    await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ theme }) });
  } catch {
    // the choice holds on this page; the next one will ask again
  }
});

// A list or a choice that sends its form.
on('change', '[data-envoi]', (field) => field.form.requestSubmit());

// One press, one act.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.parti) {
    event.preventDefault();
    return;
  }
  form.dataset.parti = 'oui';
  event.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => release(form), 15000);
});
function release(form) {
  delete form.dataset.parti;
  all('[aria-busy]', form).forEach((b) => b.removeAttribute('aria-busy'));
}
addEventListener('pageshow', (event) => {
  if (event.persisted) all('form[data-parti]').forEach(release);
});

// What was chosen to send: a large photo is made lighter, and one sees it.
on('change', '[data-fichier]', async (field) => {
  await lighten(field);
  const place = field.closest('.champ') ?? field.parentElement;
  all('.apercu', place).forEach((image) => {
    URL.revokeObjectURL(image.src);
    image.remove();
  });
  for (const file of field.files) {
    if (!file.type.startsWith('image/')) continue;
    place.append(Object.assign(document.createElement('img'), { className: 'apercu', alt: `Aperçu de ${file.name}`, src: URL.createObjectURL(file) }));
  }
});

// A password can be looked at.
all('[data-voir]').forEach((button) => { button.hidden = false; });
on('click', '[data-voir]', (button) => {
  const field = document.getElementById(button.dataset.voir);
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
  button.setAttribute('aria-label', shown ? 'Masquer le mot de passe' : 'Afficher le mot de passe');
});

// A form that comes back starts on what is wrong; a strip of days on the day looked at.
document.querySelector('[data-resume]')?.focus();
all('.bande [aria-current]').forEach((day) => {
  day.parentElement.scrollLeft = day.offsetLeft - day.parentElement.offsetLeft - (day.parentElement.clientWidth - day.offsetWidth) / 2;
});

watchDrafts();
watchOrder();
watchChoices();
