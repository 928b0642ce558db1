// A day sheet computed in the browser, to the cent, exactly as the server does (package daysheet, Compute): a test runs the same
// sheets through both. What is computed here is for the eye at once; the server decides.
import { parseAmount, parseCount, taxIncluded, divideRound } from './money.js';

/** Computes a sheet. The model is the one the page carries; text gives what is typed in a field by its name, names lists the fields. */
export function compute(model, text, names) {
  const amount = (name) => {
    const read = parseAmount(text(name));
    return { amount: read.error ? 0 : read.amount, given: read.given && !read.error };
  };
  const sheet = { due: 0, paid: 0, overShort: 0, basket: 0, methods: {}, credit: {}, ...computeSales(model, amount) };
  const byCustomer = (prefix) => names.filter((name) => name.startsWith(prefix)).reduce((sum, name) => sum + amount(name).amount, 0);
  sheet.credit = { 'credit-regle-': byCustomer('credit-regle-'), 'credit-accorde-': byCustomer('credit-accorde-') };
  const repaid = model.byCustomer ? sheet.credit['credit-regle-'] : amount('credits').amount;
  sheet.due = sheet.gross + amount('bons').amount + repaid + amount('trop').amount;
  sheet.loose = amount('loose').amount;
  sheet.pieces = countPieces(text, names) + sheet.loose;
  sheet.remitted = amount('remise').amount;
  for (const method of model.methods) {
    const line = { taken: amount(`r-${method.id}`).amount };
    sheet.paid += line.taken;
    if (method.held) sheet.overShort += drawer(model, method, line, amount, sheet);
    sheet.methods[method.id] = line;
  }
  sheet.breakdown = sheet.paid - sheet.due;
  const count = parseCount(text('ventes'));
  if (!count.error && count.count > 0) sheet.basket = divideRound(sheet.gross, count.count);
  return sheet;
}

// VAT once per rate, on the sum of the sales of that rate, then shared over them.
function computeSales(model, amount) {
  const sales = model.categories.map(({ id, rate }) => {
    const typed = amount(`v-${id}`);
    return { id, rate, gross: typed.amount, typed: typed.given, tax: 0 };
  });
  let [gross, tax] = [0, 0];
  for (const rate of new Set(sales.map((sale) => sale.rate))) {
    const lines = sales.filter((sale) => sale.rate === rate);
    const whole = lines.reduce((sum, line) => sum + line.gross, 0);
    const due = taxIncluded(whole, rate);
    shareTax(due, lines).forEach((part, i) => { lines[i].tax = part; });
    gross += whole;
    tax += due;
  }
  return { sales, gross, tax, net: gross - tax };
}

// Parts of one sign share by the largest remainder; where signs differ each takes its own tax and the largest the cents left.
function shareTax(tax, lines) {
  if (!lines.some((line) => line.gross > 0) || !lines.some((line) => line.gross < 0)) return split(tax, lines.map((line) => Math.abs(line.gross)));
  const taxes = lines.map((line) => taxIncluded(line.gross, line.rate));
  let largest = 0;
  lines.forEach((line, i) => { if (Math.abs(line.gross) > Math.abs(lines[largest].gross)) largest = i; });
  taxes[largest] += tax - taxes.reduce((sum, part) => sum + part, 0);
  return taxes;
}

function split(total, weights) {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const sign = total < 0 ? -1 : 1;
  const size = Math.abs(total);
  let left = size;
  const parts = weights.map((weight) => {
    const product = BigInt(size) * BigInt(weight);
    const part = Number(product / BigInt(sum));
    left -= part;
    return { part, rest: product % BigInt(sum) };
  });
  for (; left > 0; left -= 1) {
    let best = 0;
    parts.forEach(({ rest }, i) => { if (rest > parts[best].rest) best = i; });
    parts[best].part += 1;
    parts[best].rest = -1n;
  }
  return parts.map(({ part }) => (part === 0 ? 0 : sign * part));
}

function countPieces(text, names) {
  return names.filter((name) => /^p-\d+$/.test(name)).reduce((sum, name) => {
    const read = parseCount(text(name));
    return sum + (read.error ? 0 : read.count * Number(name.slice(2)));
  }, 0);
}

// What should be in the box for one method, and what is. A balance the page was not told leaves it unknown.
function drawer(model, method, line, amount, sheet) {
  const typed = amount(`c-${method.id}`);
  Object.assign(line, { isCounted: typed.given, counted: typed.amount, expected: null, overShort: 0, beyond: false, left: null });
  if (method.cash && !typed.given && sheet.pieces !== 0) Object.assign(line, { isCounted: true, counted: sheet.pieces });
  if (method.posted === null) return 0;
  line.expected = method.posted + line.taken;
  if (line.isCounted) line.overShort = line.counted - line.expected;
  line.beyond = Math.abs(line.overShort) > model.tolerance;
  line.left = line.expected + line.overShort - (method.cash ? sheet.remitted : 0);
  return line.overShort;
}
