import type { TracedStep } from './timeline-rows.ts';

const STEPS: Readonly<Record<TracedStep['name'], string>> = {
  recognise: 'which surface sent the event',
  identify: 'for which user, by the verified token or the event',
  validate: 'the input against the contract',
  account: 'whether the user has connected the provider',
  key: 'that a write with this key is done once',
  run: 'the tool, which calls the provider through Scalekit',
  fit: 'the output against the contract, and into the byte budget',
  answer: 'in the form of the surface',
};

/** Explains the steps until there is a timeline. */
export function StepGuide({ isWrite }: { isWrite: boolean }) {
  const steps = Object.entries(STEPS).filter(([name]) => isWrite || name !== 'key');
  return (
    <ol class="step-guide">
      {steps.map(([name, about]) => (
        <li key={name}>
          <b>{name}</b> <span>{about}</span>
        </li>
      ))}
    </ol>
  );
}
