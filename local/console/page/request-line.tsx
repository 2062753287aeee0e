import type { TracedRequest } from './timeline-rows.ts';

/** To whom a request went and what it asked; where there is little room, the end of the path is the last to be cut. */
export function RequestLine({ request: { to, method, target, error } }: { request: TracedRequest }) {
  const path = target.split('?', 1).join();
  const cut = Math.max(path.lastIndexOf('/'), 0);
  return (
    <>
      <span class="request-line" title={`${method} ${target}`}>
        {/* Nearly all go to the provider, which need not be said to whoever sees it. */}
        <span class={to === 'provider' ? 'visually-hidden' : 'request-to'}>{to}</span>
        <code>{method}</code>
        <span class="request-target">
          <code class="request-start">{path.slice(0, cut)}</code>
          <code class="request-end">{path.slice(cut)}</code>
          <code class="request-query">{target.slice(path.length)}</code>
        </span>
      </span>
      {error !== null && <span class="request-error">{error}</span>}
    </>
  );
}
