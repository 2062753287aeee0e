import type { Grant } from './scalekit-seed.ts';

export interface ConsentPage {
  readonly identifier: string;
  readonly connection: string;
  readonly connector: string;
  readonly grants: readonly Grant[];
  readonly preselected: Grant | undefined;
}

export function renderConsentPage(page: ConsentPage): string {
  const { identifier, connection, connector, grants, preselected } = page;
  const intro = `<p>The app user <strong>${escapeHtml(identifier)}</strong> connects
    <strong>${escapeHtml(connection)}</strong> (${escapeHtml(connector)}).</p>`;
  if (preselected === undefined) {
    return renderPage(
      'Connect an account',
      `${intro}<p>The seed has no grant for ${escapeHtml(connector)}: nobody can consent.</p>`,
    );
  }
  const options = grants.map((grant) => {
    const label = escapeHtml(grant.label);
    return `<option value="${label}"${grant === preselected ? ' selected' : ''}>${label}</option>`;
  });
  return renderPage(
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
  return renderPage(title, `<p>${escapeHtml(message)}</p>`);
}

function renderPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)} – local Scalekit</title>
  <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
    button, select { font: inherit; padding: 0.4rem 0.8rem }</style>
</head>
<body>
  <main>
    <h1>${escapeHtml(title)}</h1>
    ${content}
  </main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
