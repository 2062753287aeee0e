import { useEffect, useState } from 'preact/hooks';

/** The view that the page shows. It is stored in the hash of the URL, so that every view has a link. */
export type ViewRoute =
  | { view: 'tools'; tool: string | null }
  | { view: 'calls'; id: string | null }
  | { view: 'accounts' }
  | { view: 'faults' };

/** Parses the hash of a URL. An unknown hash shows the tools. */
export function parseRoute(hash: string): ViewRoute {
  const [, view = '', rest] = /^#\/([a-z]+)(?:\/(.+))?$/.exec(hash) ?? [];
  const name = rest === undefined ? null : decoded(rest);
  switch (view) {
    case 'calls':
      return { view, id: name };
    case 'accounts':
    case 'faults':
      return { view };
    default:
      return { view: 'tools', tool: view === 'tools' ? name : null };
  }
}

export function toolHash(tool: string): string {
  return `#/tools/${encodeURIComponent(tool)}`;
}

export function callHash(id: string): string {
  return `#/calls/${encodeURIComponent(id)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The current route of the page. */
export function useRoute(): ViewRoute {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return parseRoute(hash);
}
