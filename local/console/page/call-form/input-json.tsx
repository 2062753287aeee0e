import type { ConsoleErrorBody } from '../../console-api.ts';
import { type Draft, readDraft, withJson } from './draft.ts';
import type { Field } from './form-fields.ts';
import { WholeIssues } from './input-form.tsx';

interface Props {
  json: string;
  fields: readonly Field[];
  draft: Draft;
  onDraft: (draft: Draft) => void;
  faults: ConsoleErrorBody['details'];
}

/** The input of a tool as JSON. */
export function InputJson({ json, fields, draft, onDraft, faults }: Props) {
  const [syntax] = readDraft(fields, draft).faults;
  const issues = faults.map(({ path, issue }) => (path === '' ? issue : `${path}: ${issue}`));
  return (
    <div class="input-json">
      <label for="input-json">The input as JSON</label>
      <textarea
        id="input-json"
        rows={Math.max(8, json.split('\n').length + 1)}
        spellcheck={false}
        aria-invalid={syntax !== undefined || issues.length > 0}
        aria-describedby="input-json-issues"
        value={json}
        onInput={(event) => onDraft(withJson(fields, draft, event.currentTarget.value))}
      />
      <div id="input-json-issues">
        <WholeIssues issues={syntax ? [syntax.issue] : issues} />
      </div>
    </div>
  );
}
