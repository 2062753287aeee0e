import type { ComponentChildren } from 'preact';
import { webUrl } from './web-url.ts';

/** A link that opens in a new tab. Shows only the text if it is not a web address, for example `javascript:`. */
export function WebLink({ href, children }: { href: string; children: ComponentChildren }) {
  const url = webUrl(href);
  if (url === null) return <code>{href}</code>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
