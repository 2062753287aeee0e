import type { ConsoleErrorBody } from '../../console-api.ts';
import { JsonText } from '../shared/json-text.tsx';
import type { Draft } from './draft.ts';
import { FieldControl } from './field-control.tsx';
import type { Field, FieldValue } from './form-fields.ts';
import { issuesByField } from './issues-by-field.ts';

interface Props {
  fields: readonly Field[];
  draft: Draft;
  onDraft: (draft: Draft) => void;
  faults: ConsoleErrorBody['details'];
}

/** The input of a tool as a form. */
export function InputForm({ fields, draft, onDraft, faults }: Props) {
  const { byField, others } = issuesByField(fields, faults);
  const set = (key: string, value: FieldValue) =>
    onDraft({ ...draft, values: { ...draft.values, [key]: value } });
  const hasOthers = Object.keys(draft.others).length > 0;
  return (
    <div class="input-form">
      <WholeIssues issues={others} />
      {fields.length === 0 && <p class="empty">This tool takes no input.</p>}
      {fields.map((field) => (
        <FieldControl
          key={field.key}
          field={field}
          value={draft.values[field.key] ?? ''}
          issues={byField.get(field.key) ?? []}
          onChange={(value) => set(field.key, value)}
        />
      ))}
      {hasOthers && (
        <div class="others">
          <p>The JSON has keys that are not in the contract. They are sent, too.</p>
          <JsonText label="Unknown keys" value={draft.others} />
          <button type="button" onClick={() => onDraft({ ...draft, others: {} })}>
            Remove them
          </button>
        </div>
      )}
    </div>
  );
}

/** Errors that belong to no field. */
export function WholeIssues({ issues }: { issues: readonly string[] }) {
  if (issues.length === 0) return null;
  return (
    <ul class="issue whole-issues">
      {issues.map((issue) => (
        <li key={issue}>{issue}</li>
      ))}
    </ul>
  );
}
