// Passkeys: the browser makes a key, or signs with one, and the form of the page carries its answer. Where it knows no passkey, or
// without script, the page says so instead of showing the button.
const all = (selector) => [...document.querySelectorAll(selector)];
const known = Boolean(window.isSecureContext && window.PublicKeyCredential && navigator.credentials);

all('[data-cle], [data-cle-offre]').forEach((place) => { place.hidden = !known; });
all('[data-cle-absente]').forEach((place) => { place.hidden = known; });

// Bytes travel as base64url.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const named = (list) => list?.map((key) => ({ ...key, id: bytes(key.id) }));

/** Has a key made and gives the answer to send. */
async function make(asked) {
  const key = await navigator.credentials.create({
    publicKey: { ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: named(asked.excludeCredentials) },
  });
  const { clientDataJSON, attestationObject } = key.response;
  return { ...about(key), response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports: key.response.getTransports?.() ?? [] } };
}

/** Has a challenge signed by a key and gives the answer to send. */
async function sign(asked, more) {
  const key = await navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: named(asked.allowCredentials) }, ...more });
  const { clientDataJSON, authenticatorData, signature, userHandle } = key.response;
  return { ...about(key), response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : undefined } };
}

const about = (key) => ({ id: key.id, rawId: text(key.rawId), type: key.type, authenticatorAttachment: key.authenticatorAttachment ?? undefined, clientExtensionResults: {} });

/** Asks the program what to have signed. */
async function ask(address) {
  const answer = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' } });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.error?.message), { told: true });
  return said;
}

const words = {
  NotAllowedError: 'La demande est annulée ou a trop attendu. Recommencez quand vous voulez.',
  AbortError: 'La demande est annulée. Recommencez quand vous voulez.',
  InvalidStateError: 'Cet appareil a déjà une clé d’accès pour votre compte.',
  NotSupportedError: 'Cet appareil ne sait pas faire de clé d’accès.',
  ConstraintError: 'Cet appareil ne sait pas vérifier que c’est vous : réglez-y un code, une empreinte ou un visage.',
  SecurityError: 'Les clés d’accès ne servent pas à cette adresse.',
};

function say(form, message) {
  const place = form.querySelector('[data-cle-dit]');
  place.querySelector('p').textContent = message;
  place.hidden = !message;
}

/** Gives the answer to the program, once: it is on its way while the page still shows. */
let sent = false;
window.addEventListener('pageshow', (event) => { if (event.persisted) sent = false; }); // come back to
function send(form, answer) {
  if (sent) return;
  sent = true;
  form.elements.reponse.value = JSON.stringify(answer);
  form.submit();
}

// While nothing is pressed, the browser proposes the keys it knows under the field of the address. What it was asked ages: it is asked anew.
const RENEWED = 4 * 60_000; // the program waits five minutes
let turn = new AbortController();
let pressed = false;
async function propose(form) {
  if (!known || !form || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
  while (!pressed) {
    turn = new AbortController();
    const timer = setTimeout(() => turn.abort(), RENEWED);
    try {
      const asked = await ask(form.dataset.defi);
      send(form, await sign(asked, { mediation: 'conditional', signal: turn.signal }));
      return;
    } catch {
      if (!turn.signal.aborted) return; // the browser or the network will not: the button stays
    } finally {
      clearTimeout(timer);
    }
  }
}
const proposed = propose(document.querySelector('form[data-propose]'));

/** Ends the proposal: a browser is asked one thing at a time, and the last challenge is the one that counts. */
function withdraw() {
  pressed = true;
  turn.abort();
  return proposed;
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('form[data-cle]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = form.querySelector('button');
  if (sent || button.getAttribute('aria-busy')) return;
  button.setAttribute('aria-busy', 'true');
  say(form, '');
  try {
    await withdraw();
    if (sent) return;
    const answer = form.dataset.cle === 'creer' ? await make(JSON.parse(form.dataset.demande)) : await sign(await ask(form.dataset.defi));
    send(form, answer);
  } catch (fault) {
    say(form, fault.told ? fault.message : words[fault.name] ?? 'La clé d’accès n’a pas répondu. Recommencez.');
    button.removeAttribute('aria-busy');
  }
}, true);
