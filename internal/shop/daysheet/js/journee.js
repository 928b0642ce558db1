// The sheet of a day: totals on each key, a draft that saves itself, keys that lead through it. Without this script the server
// computes the same on demand. What is typed is kept on this device until the server has it (module brouillon).
import { formatEuro, formatInput, formatSigned, parseAmount } from './money.js';
import { compute } from './feuille.js';
import { forgetClosed, keepSheet } from './brouillon.js';

const form = document.querySelector('form[data-journee]');
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const WORDS = {
  empty: ['attente', 'info', 'Rien de saisi'],
  balanced: ['ok', 'coche', 'Ventilation équilibrée'],
  lacking: ['err', 'alerte', 'Règlements manquants'],
  excess: ['err', 'alerte', 'Règlements en trop'],
  uncounted: ['attente', 'info', 'Espèces à compter'],
  unchecked: ['attente', 'info', 'Non compté'],
  blind: ['attente', 'info', 'Comptage à l’aveugle'],
  right: ['ok', 'coche', 'Caisse juste'],
  same: ['ok', 'coche', 'Conforme'],
  allowed: ['ok', 'coche', 'Écart toléré'],
  short: ['err', 'alerte', 'Manque en caisse'],
  over: ['err', 'alerte', 'Trop en caisse'],
};
const TONES = { ok: 'pos', err: 'neg', attente: '' };

/** Gives the words of the check of sales against payments. */
function breakdownWords(sheet) {
  if (sheet.breakdown === 0) return sheet.due === 0 && sheet.paid === 0 ? WORDS.empty : WORDS.balanced;
  return sheet.breakdown < 0 ? WORDS.lacking : WORDS.excess;
}

/** Gives the words of the check of a count. */
function gapWords(model, method, line) {
  if (model.blind) return WORDS.blind;
  if (!line.isCounted && method.cash) return WORDS.uncounted;
  if (!line.isCounted && !method.prefilled) return WORDS.unchecked;
  if (line.overShort === 0) return method.cash ? WORDS.right : WORDS.same;
  if (!line.beyond) return WORDS.allowed;
  return line.overShort < 0 ? WORDS.short : WORDS.over;
}

class Sheet {
  constructor() {
    this.model = JSON.parse(form.dataset.journee);
    this.cash = this.model.methods.find((method) => method.cash);
    this.leaving = null; // what is to stay in the drawer, when that is what was typed
    form.addEventListener('input', (event) => this.typed(event));
    document.addEventListener('change', ({ target }) => { if (target.form === form) this.show(); });
    this.buttons();
    this.customers();
    this.show();
  }

  field(name) { return form.elements.namedItem(name); }

  compute() {
    const data = new FormData(form);
    return compute(this.model, (name) => data.get(name) ?? '', [...data.keys()]);
  }

  typed({ target }) {
    if (target === this.leave) this.leaving = parseAmount(target.value);
    else if (target.name === 'remise') this.leaving = null;
    this.show();
  }

  // Shows what the sheet comes to. While the amount left in the drawer is what was typed, the amount to hand over follows it.
  show() {
    let sheet = this.compute();
    if (this.leaving && this.cash) {
      const inside = sheet.methods[this.cash.id].left + sheet.remitted;
      const rest = this.leaving.given && !this.leaving.error ? Math.max(0, inside - this.leaving.amount) : 0;
      this.field('remise').value = rest === 0 ? '' : formatInput(rest);
      sheet = this.compute();
    }
    this.sheet = sheet;
    this.write('gross', formatEuro(sheet.gross));
    this.write('due', formatEuro(sheet.due));
    this.write('paid', formatEuro(sheet.paid));
    this.write('basket', sheet.basket === 0 ? '—' : formatEuro(sheet.basket));
    for (const sale of sheet.sales) this.write(`tax-${sale.id}`, sale.typed ? formatEuro(sale.tax) : '');
    for (const [prefix, total] of Object.entries(sheet.credit)) this.write(`credit-${prefix}`, formatEuro(total));
    this.verify('ventilation', breakdownWords(sheet), formatSigned(sheet.breakdown));
    this.write('breakdown', formatSigned(sheet.breakdown));
    this.reveal('[data-si=ventilation]', sheet.breakdown !== 0);
    this.reveal('[data-rien]', sheet.gross === 0 && sheet.paid === 0); // « Fermé ce jour » is for a day without anything
    for (const method of this.model.methods) if (method.held) this.showMethod(method, sheet.methods[method.id]);
    this.showCount(sheet);
    this.steps(sheet);
  }

  showMethod(method, line) {
    const words = gapWords(this.model, method, line);
    const known = !this.model.blind && (line.isCounted || !method.cash);
    const gap = known ? formatSigned(line.overShort) : '—';
    this.write(`taken-${method.id}`, formatEuro(line.taken));
    if (line.expected !== null) {
      this.write(`expected-${method.id}`, formatEuro(line.expected));
      const field = this.field(`c-${method.id}`);
      if (method.prefilled && field) field.placeholder = formatInput(line.expected);
    }
    this.motive(method.id, line.beyond);
    if (!method.cash) {
      this.write(`gap-${method.id}`, `${words[2]} ${gap}`);
      this.tone(method.id, words[0]);
      this.reveal(`[data-montre="gap-${method.id}"]`, line.overShort !== 0);
      return;
    }
    this.verify('caisse', words, gap);
    this.write('gap', gap);
    if (line.left === null) return;
    this.write('left', formatEuro(line.left));
    if (this.leave && document.activeElement !== this.leave) this.leave.value = formatInput(line.left);
  }

  // The reasons are asked for, and sent, only when they are due.
  motive(id, due) {
    const block = form.querySelector(`[data-motif="${id}"]`);
    if (!block) return;
    block.hidden = !due;
    all('input', block).forEach((input) => { input.disabled = !due; });
  }

  showCount(sheet) {
    for (const piece of all('[data-coupure]', form)) {
      const sum = /^\d{1,6}$/.test(piece.value.trim()) ? Number(piece.value) * Number(piece.dataset.coupure) : 0;
      this.write(`piece-${piece.dataset.coupure}`, formatEuro(sum));
      piece.closest('.coup').classList.toggle('plein', sum > 0);
    }
    this.write('loose', formatEuro(sheet.loose));
    this.write('pieces', formatEuro(sheet.pieces));
    const line = this.cash && sheet.methods[this.cash.id];
    if (!line || line.expected === null) return;
    const gap = sheet.pieces - line.expected;
    this.write('pieces-gap', formatSigned(gap));
    this.tone('pieces', Math.abs(gap) > this.model.tolerance ? 'err' : 'ok');
  }

  steps(sheet) {
    const cash = this.cash && sheet.methods[this.cash.id];
    const done = {
      s1: sheet.gross !== 0,
      s2: sheet.paid !== 0 && sheet.breakdown === 0,
      s3: !cash || (cash.isCounted && (!cash.beyond || Boolean(form.querySelector(`[data-motif="${this.cash.id}"] :checked`)))),
    };
    let current = true;
    for (const step of all('[data-etape]')) {
      const finished = done[step.dataset.etape];
      step.classList.toggle('fait', finished);
      step.querySelector('[data-fait]').hidden = !finished;
      if (current && !finished) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
      current = current && finished;
    }
  }

  write(key, text) {
    for (const place of all(`[data-montre="${key}"]`)) if (place.textContent.trim() !== text) place.textContent = text;
  }

  reveal(selector, shown) { all(selector).forEach((part) => { part.hidden = !shown; }); }

  tone(name, tone) {
    for (const place of all(`[data-ton="${name}"]`)) {
      place.classList.remove('pos', 'neg');
      if (TONES[tone]) place.classList.add(TONES[tone]);
    }
  }

  verify(name, [tone, icon, words], amount) {
    const check = form.querySelector(`[data-verif="${name}"]`);
    if (!check) return;
    check.className = `compare ${tone}`;
    const use = check.querySelector('use');
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#i-${icon}`));
    for (const [part, text] of [['[data-texte]', words], ['[data-valeur]', amount]]) {
      const place = check.querySelector(part);
      if (place.textContent !== text) place.textContent = text;
    }
    this.tone(name, tone);
  }

  changed(field) { field.dispatchEvent(new Event('input', { bubbles: true })); }

  // The buttons that a server answers where there is no script.
  buttons() {
    // Enter in a field presses the first button of a form, here the photo of a ticket: a first one that cannot be pressed stops it.
    form.prepend(Object.assign(document.createElement('button'), { hidden: true, disabled: true }));
    const place = form.querySelector('[data-laisser]');
    if (place && this.field('remise') && !this.field('remise').readOnly) {
      place.hidden = false;
      form.querySelector('[data-montre=left]').hidden = true;
      this.leave = place.querySelector('input');
      this.leave.disabled = false;
    }
    form.querySelector('[data-reprendre]')?.addEventListener('click', (event) => {
      event.preventDefault();
      const field = this.field(`c-${this.cash.id}`);
      field.value = formatInput(this.sheet.pieces);
      event.target.closest('dialog').close();
      field.focus();
      this.changed(field);
    });
    form.querySelector('[data-fond]')?.addEventListener('click', (event) => {
      event.preventDefault();
      this.leave.value = event.currentTarget.dataset.fond;
      this.changed(this.leave);
      this.leave.focus();
    });
  }

  // A customer chosen gets a line of their own at once.
  customers() {
    for (const list of all('[data-clients]', form)) {
      const choice = list.querySelector('.nouveau select');
      const amount = list.querySelector('.nouveau [data-montant]');
      const search = list.querySelector('.nouveau [data-cherche]');
      const granted = list.dataset.clients === 'credit-accorde-';
      const add = () => {
        if (!choice.value || !parseAmount(amount.value).given || parseAmount(amount.value).error) return false;
        const line = this.line(list, choice.value, choice.selectedOptions[0].text);
        const sum = parseAmount(line.value).amount + parseAmount(amount.value).amount;
        line.value = formatInput(sum);
        [choice.value, amount.value] = ['', ''];
        if (search) search.value = '';
        this.changed(line);
        choice.focus();
        return true;
      };
      amount.addEventListener('change', add);
      list.querySelector('[data-ajouter]').addEventListener('click', (event) => {
        event.preventDefault();
        if (!add()) (choice.value ? amount : choice).focus();
      });
      if (granted) list.addEventListener('input', () => this.sumGranted());
    }
  }

  // The line of a customer, made when there is none.
  line(list, customer, name) {
    const key = list.dataset.clients + customer;
    const known = this.field(key);
    if (known) return known;
    const row = Object.assign(document.createElement('div'), { className: 'lig' });
    const label = Object.assign(document.createElement('label'), { htmlFor: `c-${key}`, textContent: name });
    const frame = Object.assign(document.createElement('span'), { className: 'euro' });
    const input = Object.assign(document.createElement('input'), { id: `c-${key}`, name: key, className: 'saisie', type: 'text', inputMode: 'decimal', maxLength: 60, autocomplete: 'off' });
    input.dataset.montant = '';
    frame.append(input);
    row.append(label, frame);
    list.querySelector('[data-rangs]').append(row);
    return input;
  }

  // The credit granted is the sum of its customers, unless another amount was typed.
  sumGranted() {
    const method = this.model.methods.find((m) => m.onAccount);
    const field = method && this.field(`r-${method.id}`);
    if (!field || (field.value !== '' && field.dataset.somme !== field.value)) return;
    const total = this.compute().credit['credit-accorde-'];
    field.value = total === 0 ? '' : formatInput(total);
    field.dataset.somme = field.value;
  }

  /** Puts back what was typed: a value by name. */
  restore(values) {
    for (const [name, value] of Object.entries(values)) {
      const list = all('[data-clients]', form).find((l) => name.startsWith(l.dataset.clients));
      if (list && !this.field(name)) {
        const customer = name.slice(list.dataset.clients.length);
        const option = all('.nouveau option', list).find((o) => o.value === customer);
        this.line(list, customer, option?.text ?? 'Client'); // a long list does not show everybody
      }
      if (name.startsWith('motif-')) all(`input[type=radio][name="${CSS.escape(name)}"]`, form).forEach((radio) => { radio.disabled = false; });
    }
    for (const field of form.elements) {
      if (!field.name || field.type === 'hidden' || field.tagName === 'BUTTON') continue;
      if (field.type === 'radio') field.checked = values[field.name] === field.value;
      else field.value = values[field.name] ?? '';
    }
    this.show();
  }

  /** Takes the balances the server says now: a movement may have been recorded meanwhile. */
  settle(figures) {
    for (const method of this.model.methods) {
      const line = figures.methods[method.id];
      if (line && method.posted !== null) method.posted = line.posted;
    }
    this.show();
  }
}

/** Ctrl+Entrée takes the expected amount. Never for cash that is counted blind. */
function takeExpected(sheet, field) {
  const method = sheet.model.methods.find((m) => m.held && field.name === `c-${m.id}`);
  const line = method && sheet.sheet.methods[method.id];
  if (!line || line.expected === null || field.readOnly) return;
  field.value = formatInput(line.expected);
  sheet.changed(field);
}

// Keys of the day: before, after.
const days = document.querySelector('[data-precedente], [data-suivante]');
document.addEventListener('keydown', (event) => {
  if (!days || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.querySelector('dialog[open]')) return;
  const address = { PageUp: days.dataset.precedente, PageDown: days.dataset.suivante }[event.key];
  if (!address || event.target.matches('textarea, select')) return;
  event.preventDefault();
  location.assign(address);
});

if (form) {
  const sheet = new Sheet();
  const kept = keepSheet(form, sheet);
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter' && event.target.form === form) {
      event.preventDefault();
      takeExpected(sheet, event.target);
    } else if (event.key.toLowerCase() === 's') {
      event.preventDefault();
      kept.save();
    }
  });
}
forgetClosed();
