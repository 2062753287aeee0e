import { escapeHtml, renderPage } from '../html/html-page.ts';
import type { Grant } from './scalekit-seed.ts';

export interface ConsentPage {
  readonly identifier: string;
  readonly connection: string;
  readonly connector: string;
  readonly grants: readonly Grant[];
  readonly preselected: Grant | undefined;
}

export function renderConsentPage({
  identifier,
  connection,
  connector,
  grants,
  preselected,
}: ConsentPage): string {
  const intro = `<p>The app user <strong>${escapeHtml(identifier)}</strong> connects
    <strong>${escapeHtml(connection)}</strong> (${escapeHtml(connector)}).</p>`;
  if (preselected === undefined) {
    return page(
      'Connect an account',
      `${intro}<p>The seed has no grant for ${escapeHtml(connector)}, so nobody can consent.</p>`,
    );
  }
  const options = grants.map((grant) => {
    const label = escapeHtml(grant.label);
    return `<option value="${label}"${grant === preselected ? ' selected' : ''}>${label}</option>`;
  });
  return page(
    'Connect an account',
    `${intro}
    <form method="post">
      <p><label for="grant">Who consents at the provider</label><br>
      <select id="grant" name="grant">${options.join('')}</select></p>
      <p><button type="submit">Confirm</button></p>
    </form>`,
  );
}

export function renderMessagePage(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, content: string): string {
  return renderPage({ title, site: 'local Scalekit', content });
}
