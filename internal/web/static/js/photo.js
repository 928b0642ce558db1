// A photo of a receipt leaves a phone with more detail than anybody reads. Large ones are redrawn smaller before they are sent;
// what cannot be redrawn goes as it is, and the server says when it is too heavy.
const HEAVY = 1_500_000; // bytes
const SIDE = 2000; // pixels

/** Makes the photos chosen in a file field lighter, in place. */
export async function lighten(field) {
  if (![...field.files].some(heavy)) return;
  const chosen = new DataTransfer();
  for (const file of field.files) chosen.items.add(heavy(file) ? await redrawn(file) : file);
  field.files = chosen.files;
}

const heavy = (file) => /^image\/(jpeg|png|webp)$/.test(file.type) && file.size > HEAVY;

async function redrawn(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.82); });
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified });
  } catch {
    return file;
  }
}
