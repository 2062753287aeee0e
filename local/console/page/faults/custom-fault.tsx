import { useState } from 'preact/hooks';
import type { ConsoleErrorBody } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { RequestFailed } from '../shared/console-requests.ts';
import { jsonFault, parseJsonObject } from '../shared/json.ts';

const EXAMPLE = { connection: 'gmail', times: 1, answer: { status: 503 } };

interface Failure {
  message: string;
  details: ConsoleErrorBody['details'];
}

function failureOf(error: unknown): Failure {
  if (error instanceof RequestFailed) return error;
  return { message: jsonFault(error), details: [] };
}

/** A form for a fault as JSON. */
export function CustomFault({ onStart }: { onStart: (fault: Record<string, unknown>) => Promise<void> }) {
  const announce = useAnnounce();
  const [text, setText] = useState(() => JSON.stringify(EXAMPLE, null, 2));
  const [failure, setFailure] = useState<Failure | null>(null);

  async function start(): Promise<void> {
    try {
      await onStart(parseJsonObject(text));
      setFailure(null);
      announce('The fault was started.');
    } catch (error) {
      setFailure(failureOf(error));
    }
  }

  return (
    <form
      class="custom-fault"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <h2>
        <label for="custom-fault">Custom fault</label>
      </h2>
      <textarea
        id="custom-fault"
        class="json"
        rows={9}
        spellcheck={false}
        aria-invalid={failure !== null}
        aria-describedby="custom-fault-issue"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div id="custom-fault-issue" class="issue" role="alert">
        {failure && <p>{failure.message}</p>}
        {failure && failure.details.length > 0 && (
          <ul>
            {failure.details.map(({ path, issue }) => (
              <li key={`${path} ${issue}`}>{path === '' ? issue : `${path}: ${issue}`}</li>
            ))}
          </ul>
        )}
      </div>
      <p class="actions">
        <button type="submit">Start fault</button>
      </p>
    </form>
  );
}
