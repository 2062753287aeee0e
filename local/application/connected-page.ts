import { escapeHtml, renderPage } from '../html/html-page.ts';

/** What came to the page with the user. */
export interface Returned {
  authRequestId: string;
  state: string;
}

/** What is asked of whoever came back from the consent page. */
export function renderConnectedPage({ authRequestId, state }: Returned, users: readonly string[]): string {
  const options = users.map((user) => `<option>${escapeHtml(user)}</option>`);
  return page(
    'Finish connecting',
    `<p>You are back from the consent page. In a real application your session says who you are; here, say it.</p>
    <form method="post">
      <input type="hidden" name="auth_request_id" value="${escapeHtml(authRequestId)}">
      <input type="hidden" name="state" value="${escapeHtml(state)}">
      <p><label for="user">Who is signed in to the application</label><br>
      <select id="user" name="user">${options.join('')}</select></p>
      <p><button type="submit">Finish</button></p>
    </form>`,
  );
}

export function renderOutcome(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, content: string): string {
  return renderPage({ title, site: 'the application', content });
}
