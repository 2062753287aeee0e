import { useEffect, useState } from 'preact/hooks';
import type { Snippet } from '../../console-api.ts';
import type { PreparedCall } from '../call-form/prepare-call.ts';
import { failureText, readJson } from '../shared/console-requests.ts';
import { CodeBlock } from '../shared/json-text.tsx';
import { FailureNotice } from '../shared/notice.tsx';
import { Tabs } from '../shared/tabs.tsx';

const TYPING_PAUSE_MS = 200;

/** Code that makes the call of the form, to copy. */
export function Snippets({ prepared }: { prepared: PreparedCall }) {
  const [snippets, setSnippets] = useState<readonly Snippet[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [title, setTitle] = useState('');
  const isReady = prepared.inputFaults.length === 0 && prepared.claimsFault === null;
  const body = JSON.stringify(prepared.request);

  useEffect(() => {
    if (!isReady) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const request: unknown = JSON.parse(body);
      readJson<Snippet[]>('POST', '/api/snippets', { body: request, signal: abort.signal }).then(
        (read) => {
          setSnippets(read);
          setFailure(null);
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setFailure(failureText(error));
        },
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [body, isReady]);

  if (!isReady) return <p class="empty">The input is not valid JSON. Fix it in the tab Call.</p>;
  return (
    <div class="snippets">
      <p class="about">Code that makes the same call, with its user, surface and input.</p>
      <FailureNotice failure={failure} />
      {snippets ? (
        <Tabs
          label="Ways to make this call"
          selected={title}
          onSelect={setTitle}
          tabs={snippets.map((snippet) => ({
            name: snippet.title,
            content: () => (
              <>
                {snippet.note && <p class="about">{snippet.note}</p>}
                <CodeBlock label={snippet.title} text={snippet.text} isJson={snippet.language === 'json'} />
              </>
            ),
          }))}
        />
      ) : (
        failure === null && <p class="empty">Loading…</p>
      )}
    </div>
  );
}
