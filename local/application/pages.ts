import { escapeHtml, renderPage } from '../html/html-page.ts';

/** The query parameters that Scalekit adds when it sends the user back. */
export interface Returned {
  authRequestId: string;
  state: string;
}

/** The page on which a user starts the consent for a connector. */
export function renderConnectPage(connector: string, users: readonly string[]): string {
  return page(
    'Connect an account',
    `<p>An agent needs your account on ${escapeHtml(connector)}. A real application knows who you are from your session. Here, choose a user.</p>
    <form method="post">
      <input type="hidden" name="connector" value="${escapeHtml(connector)}">
      ${userField(users)}
      <p><button type="submit">Connect ${escapeHtml(connector)}</button></p>
    </form>`,
  );
}

/** The page to which the user returns after consent. It asks which user is signed in. */
export function renderConnectedPage({ authRequestId, state }: Returned, users: readonly string[]): string {
  return page(
    'Finish connecting',
    `<p>You are back from the consent page. A real application knows who you are from your session. Here, choose a user.</p>
    <form method="post">
      <input type="hidden" name="auth_request_id" value="${escapeHtml(authRequestId)}">
      <input type="hidden" name="state" value="${escapeHtml(state)}">
      ${userField(users)}
      <p><button type="submit">Finish</button></p>
    </form>`,
  );
}

function userField(users: readonly string[]): string {
  const options = users.map((user) => `<option>${escapeHtml(user)}</option>`);
  return `<p><label for="user">Who is signed in to the application</label><br>
      <select id="user" name="user">${options.join('')}</select></p>`;
}

export function renderOutcome(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, content: string): string {
  return renderPage({ title, site: 'the application', content });
}
