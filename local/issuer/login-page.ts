import { escapeHtml, renderPage } from '../html/html-page.ts';

/**
 * The page that asks which user logs in.
 * @param request the parameters of the client's request; the form sends them back
 */
export function renderLoginPage(
  request: Readonly<Record<string, string | undefined>>,
  users: readonly string[],
): string {
  const hidden = Object.entries(request).map(
    ([name, value = '']) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const options = users.map((user) => `<option value="${escapeHtml(user)}"></option>`);
  return page(
    'Log in',
    `<p>An agent wants to call the tools for you. A real issuer asks for a password; here, say who you are.</p>
    <form method="post">
      ${hidden.join('')}
      <p><label for="user">Who logs in</label><br>
      <input id="user" name="user" list="users" value="${escapeHtml(users[0] ?? '')}" required></p>
      <datalist id="users">${options.join('')}</datalist>
      <p><button type="submit">Log in</button></p>
    </form>`,
  );
}

export function renderLoginRefusal(): string {
  return page(
    'Not logged in',
    '<p>The client has neither registered itself nor published its metadata at its client ID, or its request lacks a parameter: a code with PKCE (S256) is needed. Begin again in the client.</p>',
  );
}

function page(title: string, content: string): string {
  return renderPage({ title, site: 'the issuer', content });
}
