import type { ServerResponse } from 'node:http';

interface HtmlPage {
  title: string;
  /** The name of the site, for the title of the window. */
  site: string;
  /** HTML. Escape all text in it with `escapeHtml`. */
  content: string;
}

export function renderPage({ title, site, content }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)} – ${escapeHtml(site)}</title>
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

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Sends a page that runs no scripts, cannot be shown in a frame and is not cached.
 * @param referrerPolicy `same-origin` for a page with a form. With the default, the browser hides the origin
 * when it sends the form.
 */
export function sendHtml(
  response: ServerResponse,
  status: number,
  html: string,
  referrerPolicy: 'no-referrer' | 'same-origin' = 'no-referrer',
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': referrerPolicy,
    'cache-control': 'no-store',
  });
  response.end(html);
}
