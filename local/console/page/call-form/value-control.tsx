import type { Field, FieldValue } from './form-fields.ts';

interface Props {
  id: string;
  field: Field;
  value: FieldValue;
  describedBy: string;
  isInvalid: boolean;
  onChange: (value: FieldValue) => void;
}

/** The control for one value. The form shows the contract's limits, but does not enforce them. */
export function ValueControl({ id, field, value, describedBy, isInvalid, onChange }: Props) {
  const common = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid,
    'aria-required': field.isRequired,
    placeholder: field.defaultText,
  };
  const { control } = field;
  if (control.kind === 'json' || typeof value !== 'string') {
    const json = typeof value === 'object' && 'json' in value ? value.json : '';
    return (
      <textarea
        {...common}
        class="json"
        rows={Math.max(3, json.split('\n').length)}
        spellcheck={false}
        placeholder={field.defaultText || 'JSON'}
        value={json}
        onInput={(event) => onChange(jsonValue(event.currentTarget.value))}
      />
    );
  }
  switch (control.kind) {
    case 'text':
    case 'lines':
      return (
        <textarea
          {...common}
          rows={3}
          placeholder={control.kind === 'lines' ? 'One on each line' : field.defaultText}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <input
          {...common}
          type="number"
          min={control.minimum}
          max={control.maximum}
          step={control.step}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'boolean':
      return <Select common={common} options={['true', 'false']} value={value} onChange={onChange} />;
    case 'choice':
      return <Select common={common} options={control.options} value={value} onChange={onChange} />;
    default:
      return (
        <input
          {...common}
          type="text"
          spellcheck={false}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface SelectProps {
  common: { id: string; 'aria-describedby': string; 'aria-invalid': boolean; 'aria-required': boolean };
  options: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

function Select({ common: { id, ...aria }, options, value, onChange }: SelectProps) {
  return (
    <select
      id={id}
      aria-describedby={aria['aria-describedby']}
      aria-invalid={aria['aria-invalid']}
      aria-required={aria['aria-required']}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">not sent</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}

/**
 * Returns the value of a field that contains JSON. If the user deletes the JSON, the field becomes empty and
 * shows its usual control.
 */
function jsonValue(text: string): FieldValue {
  return text === '' ? '' : { json: text };
}
