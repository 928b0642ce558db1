// The form of a cash movement shows what concerns the kind chosen, and makes the photo of a receipt light enough to travel.
// Without this script every part is in sight and the server keeps what concerns the kind.
import { say } from './base.js';

const VERBS = {
  income: 'Enregistrer la recette', expense: 'Enregistrer la dépense', 'paid-in': 'Enregistrer l’apport', 'paid-out': 'Enregistrer le prélèvement',
  deposit: 'Enregistrer la remise', transfer: 'Enregistrer le transfert',
};
const LIMIT = 5 << 20; // bytes the server takes
const LIGHT = 1 << 20; // above this a photo is made smaller
const SIDE = 2000; // pixels: a receipt stays readable

const form = document.querySelector('form[data-operation]');

function show() {
  const chosen = form.querySelector('[name=kind]:checked');
  form.querySelectorAll('[data-pour]').forEach((part) => {
    part.hidden = !part.dataset.pour.split(' ').includes(chosen?.value);
  });
  form.querySelector('[data-verbe]').textContent = VERBS[chosen?.value] ?? 'Enregistrer l’opération';
}

/** Gives a photo of at most SIDE pixels, or the file itself when it is small already or the browser cannot read it. */
async function lighten(file) {
  if (!file.type.startsWith('image/') || file.size <= LIGHT) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.82); });
    return small && small.size < file.size ? new File([small], file.name.replace(/\.[^.]*$/, '.jpg'), { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

let lightening = null; // the photo being made smaller

async function choose(field) {
  const chosen = field.files[0];
  const file = chosen && await lighten(chosen);
  if (file !== field.files[0] && chosen === field.files[0]) {
    const held = new DataTransfer();
    held.items.add(file);
    field.files = held.files;
  }
  say(field, field.files[0]?.size > LIMIT ? 'Ce fichier dépasse 5\u00a0Mo. Prenez une photo plus légère ou réduisez-le.' : '');
}

/** Sends the form once the photo is ready, and not at all while it is too heavy: a refusal would come after a long wait. */
async function send(event) {
  const field = form.elements.file;
  if (lightening) {
    event.preventDefault();
    await lightening;
    form.requestSubmit(event.submitter);
  } else if (field.files[0]?.size > LIMIT) {
    event.preventDefault();
    field.focus();
  }
}

if (form) {
  form.addEventListener('change', show);
  form.addEventListener('input', show); // what was typed before a reload comes back this way
  form.addEventListener('submit', send);
  form.elements.file.addEventListener('change', ({ target }) => {
    lightening = choose(target).finally(() => { lightening = null; });
  });
  show();
}
