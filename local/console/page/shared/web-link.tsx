import type { ComponentChildren } from 'preact';
import { webUrl } from './web-url.ts';

/**
 * A link that opens in a new tab. An address that is not http or https, for example `javascript:`, is shown
 * as text.
 */
export function WebLink({ href, children }: { href: string; children: ComponentChildren }) {
  const url = webUrl(href);
  if (url === null) return <code>{href}</code>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
