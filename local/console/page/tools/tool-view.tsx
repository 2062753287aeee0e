import { useRef, useState } from 'preact/hooks';
import type { CallRequest, Catalogue, CataloguedTool } from '../../console-api.ts';
import { CallForm } from '../call-form/call-form.tsx';
import type { CallSettings } from '../call-form/call-settings.ts';
import { type Draft, withInput } from '../call-form/draft.ts';
import { formFields } from '../call-form/form-fields.ts';
import { nextPage, prepareCall } from '../call-form/prepare-call.ts';
import { CallResult } from '../calls/call-result.tsx';
import type { Calls } from '../calls/use-calls.ts';
import { Tabs } from '../shared/tabs.tsx';
import { Contract } from './contract.tsx';
import { Snippets } from './snippets.tsx';
import { ToolHeading } from './tool-heading.tsx';

interface Props {
  tool: CataloguedTool;
  catalogue: Catalogue;
  settings: CallSettings;
  onSettings: (settings: CallSettings) => void;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  calls: Calls;
}

/** One tool: description, call form and result. */
export function ToolView({ tool, catalogue, settings, onSettings, draft, onDraft, calls }: Props) {
  const [tab, setTab] = useState('Call');
  const [isRefused, setRefused] = useState(false);
  const result = useRef<HTMLElement>(null);
  const surface = catalogue.surfaces.find(({ name }) => name === settings.surface);
  const prepared = prepareCall(tool, draft, settings, surface);
  const outcome = calls.outcomeOf(tool.name);
  const isRunning = calls.isRunning(tool.name);
  const next = outcome?.call ? nextPage(tool, outcome.request, outcome.call) : null;

  async function send(request: CallRequest): Promise<void> {
    await calls.call(request);
    // Scrolls to the result if it is out of view. Otherwise the user could think that nothing happened.
    const top = result.current?.getBoundingClientRect().top ?? 0;
    if (top > innerHeight * 0.8) result.current?.scrollIntoView({ block: 'start' });
  }

  function call(): void {
    const isReady = prepared.inputFaults.length === 0 && prepared.claimsFault === null;
    setRefused(!isReady);
    if (isReady) void send(prepared.request);
  }

  function callNext(request: CallRequest): void {
    onDraft(withInput(formFields(tool.inputSchema), draft, request.input));
    void send(request);
  }

  const form = () => (
    <CallForm
      tool={tool}
      users={catalogue.users}
      surfaces={catalogue.surfaces}
      settings={settings}
      onSettings={onSettings}
      draft={draft}
      onDraft={onDraft}
      faults={isRefused ? prepared.inputFaults : (outcome?.details ?? [])}
      claimsFault={prepared.claimsFault}
      isRunning={isRunning}
      onCall={call}
    />
  );
  return (
    <div class="tool-view">
      <article class="panel tool">
        <ToolHeading tool={tool} />
        <Tabs
          label="This tool"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { name: 'Call', content: form },
            { name: 'Contract', content: () => <Contract tool={tool} /> },
            { name: 'As code', content: () => <Snippets prepared={prepared} /> },
          ]}
        />
      </article>
      <section class="panel result" aria-label="Result of the call" aria-busy={isRunning} ref={result}>
        <CallResult
          isWrite={tool.effect !== 'read'}
          call={outcome?.call ?? null}
          failure={outcome?.failure ?? null}
          isRunning={isRunning}
          onNextPage={next && !isRunning ? () => callNext(next) : null}
        />
      </section>
    </div>
  );
}
