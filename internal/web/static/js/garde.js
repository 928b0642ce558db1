// Nothing typed is lost. A form marked data-garde is kept in the tab while one types, and found again after a reload, a step
// back or a lost network. It is forgotten once the server has taken it and answered with another page. Passwords, files and hidden
// fields are not kept, and nothing outlives the tab.
const PREFIX = 'encaisse-saisie:';
const kept = 'input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button]), select, textarea';

const store = (() => {
  try {
    sessionStorage.setItem(PREFIX, '');
    sessionStorage.removeItem(PREFIX);
    return sessionStorage;
  } catch {
    return null; // storage refused: the page works, it only keeps nothing
  }
})();

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(kept));
const keyOf = (form) => `${PREFIX}${location.pathname}#${form.id || [...document.forms].indexOf(form)}`;

function read(form) {
  return fieldsOf(form).map((field) => [field.name, field.type === 'radio' || field.type === 'checkbox' ? [field.value, field.checked] : field.value]);
}

function write(form, values) {
  const rest = [...values];
  for (const field of fieldsOf(form)) {
    const choice = field.type === 'radio' || field.type === 'checkbox';
    const at = rest.findIndex(([name, value]) => name === field.name && (!choice || value[0] === field.value));
    if (at < 0) continue;
    const [[, value]] = rest.splice(at, 1);
    if (choice) [, field.checked] = value;
    else field.value = value;
  }
}

function save(key, entry) {
  try {
    store.setItem(key, JSON.stringify(entry));
  } catch {
    // the tab's storage is full: typing goes on
  }
}

// What was sent is forgotten when an answer comes that is not a refusal.
function forgetSent() {
  if (document.querySelector('[data-refus], [data-resume]')) return;
  for (const key of Object.keys(store)) {
    if (!key.startsWith(PREFIX) || key.startsWith(`${PREFIX}${location.pathname}#`)) continue;
    if (JSON.parse(store.getItem(key)).sent) store.removeItem(key);
  }
}

function offerFresh(form, key, first) {
  const note = Object.assign(document.createElement('p'), { className: 'alerte info' });
  note.setAttribute('role', 'status');
  const words = Object.assign(document.createElement('span'), { textContent: 'Ce que vous aviez tapé est revenu. ' });
  const fresh = Object.assign(document.createElement('button'), { type: 'button', className: 'btn petit', textContent: 'Repartir de zéro' });
  fresh.addEventListener('click', () => {
    store.removeItem(key);
    write(form, first);
    note.remove();
    form.dispatchEvent(new Event('input', { bubbles: true }));
  });
  words.append(fresh);
  note.append(words);
  form.prepend(note);
}

function watch(form) {
  const key = keyOf(form);
  const first = read(form);
  const saved = store.getItem(key);
  if (document.querySelector('[data-resume]')) store.removeItem(key); // the server gave back what was typed
  else if (saved && JSON.stringify(JSON.parse(saved).values) !== JSON.stringify(first)) {
    write(form, JSON.parse(saved).values);
    offerFresh(form, key, first);
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(key, { values: read(form), sent: false }), 300);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    save(key, { values: read(form), sent: true });
  });
  addEventListener('pagehide', () => {
    clearTimeout(timer);
    const values = read(form);
    const now = store.getItem(key);
    if (!now?.includes('"sent":true') && JSON.stringify(values) !== JSON.stringify(first)) save(key, { values, sent: false });
  });
}

/** Keeps the forms of the page that ask for it. */
export function watchDrafts() {
  if (!store) return;
  forgetSent();
  document.querySelectorAll('form[data-garde]').forEach(watch);
}
