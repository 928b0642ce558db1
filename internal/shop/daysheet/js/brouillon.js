// What is typed in the sheet of a day is kept on this device at each key, and sent to the server as a draft a moment after the
// last one. It is found again after a reload, an expired session or a lost network, and forgotten once the server has it.
const PREFIX = 'encaisse-journee:';
const PAUSE = 1500; // after the last key, before the draft is sent
const RETRY = 10_000;

const usable = (name) => {
  try {
    const storage = window[name];
    storage.setItem(PREFIX, '');
    storage.removeItem(PREFIX);
    return storage;
  } catch {
    return null; // storage refused: drafts still go to the server
  }
};
const store = usable('localStorage');
const tab = usable('sessionStorage');

const read = (key, from = store) => {
  try {
    return JSON.parse(from?.getItem(key) ?? 'null');
  } catch {
    return null;
  }
};

/** Forgets what this device kept of the days a month shows closed since. */
export function forgetClosed() {
  for (const cell of document.querySelectorAll('[data-feuille][data-version]')) {
    const key = PREFIX + new URL(`../journees/${cell.dataset.feuille}`, location.href).pathname;
    const entry = read(key);
    if (entry && Number(entry.version) < Number(cell.dataset.version)) store.removeItem(key);
  }
}

const CONTROL = new Set(['revision', 'version', 'correction', 'compte']);
const POSTED = 8; // drafts without an answer that a window remembers

// What is typed, in one form whoever holds it: two sheets typed alike give the same text.
const plain = (values) => JSON.stringify(Object.entries(values).filter(([name, value]) => !CONTROL.has(name) && value.trim() !== '').map(([name, value]) => [name, value.trim()]).sort());

class Keeper {
  constructor(form, sheet) {
    Object.assign(this, { form, sheet, key: PREFIX + form.dataset.soi, who: form.dataset.qui, timer: 0, sending: null, held: false, gone: false });
    this.state = document.querySelector('[data-enregistre]');
    this.sent = this.text();
    this.find();
    form.addEventListener('input', () => this.changed());
    document.addEventListener('change', ({ target }) => { if (target.form === form) this.changed(); });
    form.addEventListener('submit', (event) => this.leave(event));
    addEventListener('online', () => this.save());
    addEventListener('pageshow', () => { this.gone = false; });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.flush();
      else if (this.waiting()) this.save();
    });
    document.querySelectorAll('[data-garder]').forEach((button) => button.addEventListener('click', (event) => {
      event.preventDefault();
      this.save(true);
    }));
    document.querySelectorAll('[data-oublie]').forEach((part) => part.addEventListener(part.tagName === 'FORM' ? 'submit' : 'click', () => this.forget()));
  }

  values() {
    const values = {};
    for (const [name, value] of new FormData(this.form)) if (!CONTROL.has(name) && value !== '') values[name] = value;
    return values;
  }

  text() { return plain(this.values()); }

  control(name) { return this.form.elements.namedItem(name); }

  waiting() { return this.text() !== this.sent; }

  // What this device kept comes back when the server knows nothing newer; else one chooses.
  find() {
    const entry = read(this.key);
    const now = this.text();
    if (!entry) return;
    if (entry.who !== this.who || entry.version !== this.control('version').value || plain(entry.values) === now) {
      if (entry.who === this.who) this.forget();
      return;
    }
    if (document.querySelector('[data-resume]')) return; // the server gave back what was typed
    if (entry.revision === this.control('revision').value || this.posted().includes(now)) {
      const before = this.values();
      this.sheet.restore(entry.values);
      this.notice('info', 'Ce que vous aviez tapé sur cet appareil est revenu.', [['Repartir de ce qui est enregistré', () => {
        this.sheet.restore(before);
        this.changed();
      }]]);
      this.keep();
      this.save();
      return;
    }
    this.held = true;
    this.notice('att', 'Cette journée a été modifiée ailleurs depuis ce que vous aviez tapé sur cet appareil.', [
      ['Reprendre l’autre saisie', () => { this.held = false; this.forget(); }],
      ['Garder la mienne', () => { this.held = false; this.sheet.restore(entry.values); this.changed(); this.save(); }],
    ]);
  }

  keep() {
    try {
      store?.setItem(this.key, JSON.stringify({ who: this.who, version: this.control('version').value, revision: this.control('revision').value, values: this.values() }));
    } catch {
      // the device is full: the draft still goes to the server
    }
  }

  // The drafts this window sent and had no answer for: it may have left the page before. What the server then holds is no rival.
  posted() { return read(this.key, tab) ?? []; }

  posting(text) {
    this.keep();
    try {
      tab?.setItem(this.key, JSON.stringify([...this.posted(), text].slice(-POSTED)));
    } catch {
      // the storage is full: at worst one is asked which draft to keep
    }
  }

  forget() {
    store?.removeItem(this.key);
    this.sent = this.text();
  }

  changed() {
    if (!this.waiting() || this.held) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** Sends the draft now. Asked for by a person, it is sent even when nothing changed. */
  async save(asked = false) {
    clearTimeout(this.timer);
    if (this.held || (!asked && !this.waiting())) return;
    if (this.sending) await this.sending;
    this.sending = this.send();
    await this.sending;
    this.sending = null;
    if (this.waiting() && !this.held && !this.failed) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  body() { return new URLSearchParams(new FormData(this.form)); }

  async send() {
    const text = this.text();
    this.failed = true;
    this.posting(text);
    this.say('Enregistrement…');
    try {
      const answer = await fetch(this.form.dataset.brouillon, { method: 'POST', headers: { Accept: 'application/json' }, body: this.body() });
      const said = await answer.json();
      if (answer.ok) this.saved(text, said);
      else this.refused(answer.status, said);
    } catch {
      this.say('Hors connexion\u00a0: gardé sur cet appareil', true);
      this.again();
    }
  }

  again() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), RETRY);
  }

  saved(text, said) {
    this.failed = false;
    this.sent = text;
    if (said.revision > 0) this.control('revision').value = said.revision;
    tab?.removeItem(this.key);
    if (this.waiting()) this.keep();
    else store?.removeItem(this.key);
    this.say(said.revision > 0 ? `Brouillon enregistré à ${said.at}` : 'Rien à enregistrer');
    this.sheet.settle(said.figures);
  }

  refused(status, said) {
    if (said.rival?.own && this.posted().includes(plain(said.rival.fields))) {
      this.control('revision').value = said.rival.revision;
      this.timer = setTimeout(() => this.save(), 0);
    } else if (said.rival) {
      this.held = true;
      const verb = said.rival.who.startsWith('Vous') ? 'avez' : 'a';
      this.say('Saisie en double\u00a0: à choisir', true);
      this.notice('att', `${said.rival.who} ${verb} modifié cette journée à ${said.rival.at}.`, [
        ['Reprendre l’autre saisie', () => { this.forget(); location.reload(); }],
        ['Garder la mienne', () => {
          this.held = false;
          this.control('revision').value = said.rival.revision;
          this.save(true);
        }],
      ]);
    } else if (status === 401) {
      this.say('Session terminée\u00a0: gardé sur cet appareil', true);
      this.notice('att', 'Votre session a pris fin. Ce que vous tapez est gardé sur cet appareil.', [['Se connecter dans un nouvel onglet', () => { open(said.error?.signIn ?? '/connexion', '_blank', 'noopener'); return true; }]]);
      this.again();
    } else {
      this.say(`Non enregistré\u00a0: ${said.error?.message ?? 'le serveur a refusé.'}`, true);
      if (status >= 500 || status === 429) this.again();
    }
  }

  // The page is going away: a last try that survives it.
  flush() {
    if (this.held || this.gone || !this.waiting() || this.sending) return;
    this.posting(this.text());
    fetch(this.form.dataset.brouillon, { method: 'POST', keepalive: true, headers: { Accept: 'application/json' }, body: this.body() })
      .then(async (answer) => (answer.ok ? this.saved(this.text(), await answer.json()) : null)).catch(() => null);
  }

  // A draft on its way arrives before the sheet itself is sent.
  leave(event) {
    clearTimeout(this.timer);
    if (!navigator.onLine) {
      event.preventDefault();
      this.keep();
      this.say('Hors connexion\u00a0: gardé sur cet appareil, recommencez au retour du réseau', true);
      return;
    }
    if (this.sending) {
      event.preventDefault();
      const { submitter } = event;
      this.sending.then(() => { if (!this.held) this.form.requestSubmit(submitter); });
      return;
    }
    if (this.waiting()) this.keep();
    this.gone = true;
  }

  say(words, cut = false) {
    if (!this.state) return;
    this.state.classList.toggle('coupe', cut);
    if (this.state.textContent !== words) this.state.textContent = words;
  }

  // A message above the sheet, with what can be done. An act that returns true leaves it there.
  notice(tone, words, acts) {
    document.querySelector('[data-avis]')?.remove();
    const note = Object.assign(document.createElement('div'), { className: `alerte ${tone}` });
    note.dataset.avis = '';
    note.setAttribute('role', tone === 'info' ? 'status' : 'alert');
    const box = document.createElement('div');
    box.append(Object.assign(document.createElement('b'), { textContent: words }));
    const row = Object.assign(document.createElement('div'), { className: 'ligne enroule' });
    for (const [label, act] of acts) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn petit', textContent: label });
      button.addEventListener('click', () => { if (act() !== true) note.remove(); });
      row.append(button);
    }
    box.append(row);
    note.append(box);
    this.form.before(note);
  }
}

/** Keeps the sheet of the page. */
export function keepSheet(form, sheet) { return new Keeper(form, sheet); }
