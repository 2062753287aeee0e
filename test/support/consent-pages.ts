/** Opens a provider's consent page and confirms, like a browser. Returns the URL to which the provider redirects. */
export async function consent(link: string): Promise<URL> {
  const shown = await fetch(link);
  if (shown.status !== 200) throw new Error(`The consent page answers ${shown.status}.`);
  const confirmed = await fetch(link, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' });
  if (confirmed.status !== 303) throw new Error(`The consent ends with ${confirmed.status}.`);
  return new URL(confirmed.headers.get('location') ?? '');
}

/** Sends the form of a page of the application as the given user. */
export async function submit(page: URL, user: string): Promise<Response> {
  const shown = await (await fetch(page)).text();
  if (!shown.includes(`<option>${user}</option>`)) throw new Error(`The page does not offer ${user}.`);
  const fields = [...shown.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const form = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
  return fetch(page.origin + page.pathname, {
    method: 'POST',
    headers: { origin: page.origin },
    body: new URLSearchParams({ ...form, user }),
    redirect: 'manual',
  });
}

/** Connects an account as a user does: opens the page at CONNECT_URL, consents, and returns to the application. */
export async function connectAt(connectUrl: string, user: string): Promise<void> {
  const started = await submit(new URL(connectUrl), user);
  const finished = await submit(await consent(started.headers.get('location') ?? ''), user);
  if (finished.status !== 200) throw new Error(`The connection ends with ${finished.status}.`);
}
