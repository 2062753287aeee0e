import type { CataloguedTool, ConsoleErrorBody } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { CallAs } from './call-as.tsx';
import type { CallSettings, SurfaceChoice } from './call-settings.ts';
import { type Draft, draftOfInput, readDraft, withInput } from './draft.ts';
import { formFields } from './form-fields.ts';
import { InputForm } from './input-form.tsx';
import { InputJson } from './input-json.tsx';

interface Props {
  tool: CataloguedTool;
  users: readonly string[];
  surfaces: readonly SurfaceChoice[];
  settings: CallSettings;
  onSettings: (settings: CallSettings) => void;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** The errors in the input, from the server or from parsing the JSON. */
  faults: ConsoleErrorBody['details'];
  claimsFault: string | null;
  isRunning: boolean;
  onCall: () => void;
}

/**
 * The form for a call. It accepts and sends invalid input, so that the developer can see how a tool rejects
 * it.
 */
export function CallForm(props: Props) {
  const { tool, draft, onDraft, faults, isRunning, onCall } = props;
  const announce = useAnnounce();
  const fields = formFields(tool.inputSchema);

  function toForm(): void {
    const read = readDraft(fields, draft);
    if (read.faults.length === 0) onDraft(draftOfInput(fields, read.input));
    else announce('The form cannot show this input, because it is not a JSON object.', 'seen');
  }

  function toJson(): void {
    const read = readDraft(fields, draft);
    if (read.faults.length === 0) onDraft({ ...draft, json: JSON.stringify(read.input, null, 2) });
    else announce('The input cannot be shown as JSON, because a field holds invalid JSON.', 'seen');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onCall();
  }

  return (
    <form
      class="call-form"
      noValidate
      autocomplete="off"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        onCall();
      }}
    >
      <CallAs
        users={props.users}
        surfaces={props.surfaces}
        settings={props.settings}
        onSettings={props.onSettings}
        claimsFault={props.claimsFault}
      />
      <div class="input-heading">
        <h2>Input</h2>
        <fieldset class="switch" aria-label="Input mode">
          <button type="button" aria-pressed={draft.json === null} onClick={toForm}>
            Form
          </button>
          <button type="button" aria-pressed={draft.json !== null} onClick={toJson}>
            JSON
          </button>
        </fieldset>
      </div>
      {draft.json === null ? (
        <InputForm fields={fields} draft={draft} onDraft={onDraft} faults={faults} />
      ) : (
        <InputJson json={draft.json} fields={fields} draft={draft} onDraft={onDraft} faults={faults} />
      )}
      <div class="actions">
        <button
          type="submit"
          class="primary"
          aria-disabled={isRunning}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {isRunning ? 'Calling…' : 'Call'}
        </button>
        <kbd>Ctrl Enter</kbd>
        {tool.exampleInputs.map((input, index) => (
          <button
            key={JSON.stringify(input)}
            type="button"
            onClick={() => onDraft(withInput(fields, draft, input))}
          >
            {tool.exampleInputs.length === 1 ? 'Fill in example' : `Fill in example ${index + 1}`}
          </button>
        ))}
      </div>
    </form>
  );
}
