import type { ComponentChildren } from 'preact';
import { type Field, type FieldValue, isChosen } from './form-fields.ts';
import { ValueControl } from './value-control.tsx';

interface Props {
  field: Field;
  value: FieldValue;
  issues: readonly string[];
  onChange: (value: FieldValue) => void;
}

/** A form field: name, control, description and errors. */
export function FieldControl({ field, value, issues, onChange }: Props) {
  const id = `field-${field.key}`;
  const about = (
    <>
      <span class="about" id={`${id}-about`}>
        {field.description} {field.limits && <span class="limits">{field.limits}</span>}
      </span>
      <span class="issue" id={`${id}-issue`}>
        {issues.join(' ')}
      </span>
    </>
  );
  if (field.control.kind === 'choices' && isChosenOrEmpty(value)) {
    const chosen = isChosen(value) ? value : [];
    return (
      <fieldset class="field" aria-describedby={`${id}-about ${id}-issue`}>
        <legend>
          <FieldName field={field} />
        </legend>
        <Choices options={field.control.options} chosen={chosen} onChange={onChange} />
        {about}
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        <FieldName field={field} />
      </label>
      <ValueControl
        id={id}
        field={field}
        value={value}
        describedBy={`${id}-about ${id}-issue`}
        isInvalid={issues.length > 0}
        onChange={onChange}
      />
      {about}
    </div>
  );
}

function FieldName({ field: { key, isRequired } }: { field: Field }): ComponentChildren {
  return (
    <>
      <code>{key}</code>
      {isRequired && <span class="required">required</span>}
    </>
  );
}

interface ChoicesProps {
  options: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function Choices({ options, chosen, onChange }: ChoicesProps) {
  return (
    <div class="choices">
      {options.map((option) => (
        <label key={option} class="choice">
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onChange(options.filter((other) => (other === option ? isOn : chosen.includes(other))));
            }}
          />
          {option}
        </label>
      ))}
    </div>
  );
}

function isChosenOrEmpty(value: FieldValue): value is readonly string[] | '' {
  return value === '' || isChosen(value);
}
