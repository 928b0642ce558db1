// Amounts in the browser, to the cent, read and written exactly as the server does (packages base/locale and base/vat): a test
// runs the same cases through both. Amounts are whole cents. What is computed here is for the eye at once; the server decides.

const MAX = 1_000_000_000_000;
const NBSP = '\u00a0';
const MINUS = '\u2212';

export const UNREADABLE = `Ce montant ne se lit pas. Exemples${NBSP}: 1${NBSP}292,80 ou 100+50-3,2.`;
export const CENTS = `Un montant s’arrête aux centimes${NBSP}: deux chiffres après la virgule.`;
export const TOO_MUCH = 'Ce montant est trop grand.';
export const NOT_A_COUNT = 'Saisissez un nombre entier, sans signe.';

const refused = (error) => ({ amount: 0, given: true, error });

/** Reads what a person types for an amount: {amount, given, error}. An empty text is not given; error is '' when all is well. */
export function parseAmount(text) {
  let rest = normalise(text);
  if (rest === '') return { amount: 0, given: false, error: '' };
  let total = 0;
  while (rest !== '') {
    let sign = 1;
    if (rest[0] === '+') rest = rest.slice(1);
    else if (rest[0] === '-') [sign, rest] = [-1, rest.slice(1)];
    let end = rest.search(/[+-]/);
    if (end < 0) end = rest.length;
    if (end === rest.length - 1) return refused(UNREADABLE);
    const term = parseTerm(rest.slice(0, end));
    if (term.error) return refused(term.error);
    total += sign * term.amount;
    if (Math.abs(total) > MAX) return refused(TOO_MUCH);
    rest = rest.slice(end);
  }
  return { amount: total, given: true, error: '' };
}

/** Reads a whole number from 0 to 999 999: {count, given, error}. */
export function parseCount(text) {
  const digits = normalise(text);
  if (digits === '') return { count: 0, given: false, error: '' };
  if (!/^[0-9]{1,6}$/.test(digits)) return { count: 0, given: true, error: NOT_A_COUNT };
  return { count: Number(digits), given: true, error: '' };
}

function normalise(text) {
  return String(text ?? '').trim()
    .replace(/[ \u00a0\u202f\t€’']/g, '').replace(/[\u2212–]/g, '-').replace(/[×x]/g, '*');
}

// A number, or number*number of which at most one has decimals.
function parseTerm(text) {
  const at = text.indexOf('*');
  if (at < 0) return parseNumber(text);
  const a = parseNumber(text.slice(0, at));
  if (a.error) return a;
  const b = parseNumber(text.slice(at + 1));
  if (b.error) return b;
  let [x, y] = [a.amount, b.amount];
  if (x % 100 === 0) x /= 100;
  else if (y % 100 === 0) y /= 100;
  else return refused(UNREADABLE);
  if (x !== 0 && y > Math.floor(MAX / x)) return refused(TOO_MUCH);
  return { amount: x * y, error: '' };
}

function parseNumber(text) {
  let [whole, decimals] = [text, ''];
  const at = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  if (at >= 0) {
    [whole, decimals] = [text.slice(0, at), text.slice(at + 1)];
    const bare = whole.replace(/[,.]/g, '');
    if (bare !== whole && !thousandsApart(whole)) return refused(UNREADABLE);
    whole = bare;
  }
  if (!/^[0-9]+$/.test(whole + decimals)) return refused(UNREADABLE);
  if (decimals.length > 2) return refused(CENTS);
  if (whole.length > 11) return refused(TOO_MUCH);
  const amount = Number(whole + decimals.padEnd(2, '0'));
  return amount > MAX ? refused(TOO_MUCH) : { amount, error: '' };
}

// Separators every three digits, all alike: 1.292 or 12,345,678.
function thousandsApart(whole) {
  return whole.split(whole.includes(',') ? ',' : '.')
    .every((group, i) => (i > 0 ? /^[0-9]{3}$/ : /^[0-9]{1,3}$/).test(group));
}

/** Writes an amount without its currency: 1 292,80. */
export function formatAmount(cents) {
  const size = Math.abs(cents);
  const whole = formatInt(Math.floor(size / 100));
  return `${cents < 0 ? MINUS : ''}${whole},${String(size % 100).padStart(2, '0')}`;
}

/** Writes a whole number with its thousands apart: 10 000. */
export function formatInt(n) {
  return (n < 0 ? MINUS : '') + String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, NBSP);
}

/** Writes an amount with its currency: 1 292,80 €. */
export const formatEuro = (cents) => `${formatAmount(cents)}${NBSP}€`;

/** Writes an amount whose sign matters: +3,00 €, −12,10 €, 0,00 €. */
export const formatSigned = (cents) => (cents > 0 ? '+' : '') + formatEuro(cents);

/** Writes an amount the way a person types it, for a field: 1292,80 and -12,10. */
export const formatInput = (cents) => formatAmount(cents).replaceAll(NBSP, '').replace(MINUS, '-');

/** The VAT inside an amount; the rate is in hundredths of a percent: 550 is 5,5 %. */
export function taxIncluded(gross, rate) {
  return gross - divRound(BigInt(gross) * 10_000n, 10_000n + BigInt(rate));
}

/** Divides and rounds half away from zero: the average basket. */
export const divideRound = (n, d) => divRound(BigInt(n), BigInt(d));

function divRound(n, d) {
  const half = d / 2n;
  return Number(n < 0n ? -((-n + half) / d) : (n + half) / d);
}
