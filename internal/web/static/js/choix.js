// A list too long to be shown whole (ui.Among): what one types in its box leaves in it those the server finds.

/** Watches the search boxes of lists, those of the page and those to come. */
export function watchChoices() {
  let late;
  document.addEventListener('input', ({ target }) => {
    if (!target.matches?.('[data-cherche]')) return;
    clearTimeout(late);
    late = setTimeout(() => search(target), 150);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' || !event.target.matches?.('[data-cherche]')) return;
    event.preventDefault();
    listOf(event.target).focus();
  });
}

const listOf = (box) => document.getElementById(box.getAttribute('aria-controls'));

async function search(box) {
  const words = box.value;
  let found;
  try {
    const answer = await fetch(`${box.dataset.cherche}?mots=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok) return;
    found = await answer.json();
  } catch {
    return; // no network: the list stays as it is, and the words are searched when the page is sent
  }
  if (box.value === words) show(box, found);
}

// The first answer, nobody, and the one chosen stay. The only one found is chosen.
function show(box, { said, people }) {
  const list = listOf(box);
  const nobody = list.options[0];
  const chosen = list.selectedOptions[0];
  const options = people.filter((p) => p.id !== chosen?.value).map((p) => new Option(p.name, p.id));
  list.replaceChildren(...new Set([nobody, ...(chosen ? [chosen] : []), ...options]));
  if (box.value.trim() !== '' && people.length === 1) list.value = people[0].id;
  box.nextElementSibling.textContent = said;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}
