import { CopyButton } from './copy-button.tsx';
import { jsonTokens } from './json.ts';
import { ScrollRegion } from './scroll-region.tsx';

/** A value as coloured JSON, with a copy button. */
export function JsonText({ label, value }: { label: string; value: unknown }) {
  // JSON.stringify returns undefined if the value is undefined.
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return <CodeBlock label={label} text={text} isJson />;
}

interface CodeProps {
  label: string;
  text: string;
  isJson: boolean;
}

/** Text with a copy button. */
export function CodeBlock({ label, text, isJson }: CodeProps) {
  return (
    <div class="code-block">
      <CopyButton label={label} text={text} />
      <ScrollRegion label={label}>
        <pre>
          {isJson
            ? jsonTokens(text).map(({ kind, text: part }, index) => (
                <span key={index} class={`json-${kind}`}>
                  {part}
                </span>
              ))
            : text}
        </pre>
      </ScrollRegion>
    </div>
  );
}
