import type { ComponentChildren } from 'preact';
import { webUrl } from './web-url.ts';

/** A link that opens in a tab of its own; the bare text where it is no web address, such as `javascript:`. */
export function WebLink({ href, children }: { href: string; children: ComponentChildren }) {
  const url = webUrl(href);
  if (url === null) return <code>{href}</code>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
