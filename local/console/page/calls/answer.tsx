import { useState } from 'preact/hooks';
import type { RecordedCall } from '../../console-api.ts';
import { JsonText } from '../shared/json-text.tsx';
import { JsonTree } from '../shared/json-tree.tsx';
import { Tabs } from '../shared/tabs.tsx';
import { errorAnswer } from './error-answer.ts';
import { ErrorView } from './error-view.tsx';

interface Props {
  call: RecordedCall;
  onNextPage: (() => void) | null;
}

/** The response of a call, with the raw response, the log line and the event. */
export function Answer({ call, onNextPage }: Props) {
  const [tab, setTab] = useState('Pretty');
  const error = errorAnswer(call.result);
  const event = call.clientContext ? { event: call.event, clientContext: call.clientContext } : call.event;
  return (
    <div class="answer">
      <Tabs
        label="Answer"
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            name: 'Pretty',
            content: () => (
              <>
                {error && <ErrorView error={error} />}
                <JsonTree value={call.result} />
              </>
            ),
          },
          { name: 'Raw', content: () => <JsonText label="The answer" value={call.result} /> },
          {
            name: 'Surface form',
            content: () => <JsonText label="The answer in the form of its surface" value={call.answer} />,
          },
          {
            name: 'Log line',
            content: () =>
              call.log ? (
                <JsonText label="The log line" value={call.log} />
              ) : (
                <p class="empty">This call wrote no log line.</p>
              ),
          },
          { name: 'Event', content: () => <JsonText label="The event" value={event} /> },
        ]}
      />
      {onNextPage && (
        <p class="actions">
          <button type="button" onClick={onNextPage}>
            Next page
          </button>
        </p>
      )}
    </div>
  );
}
