import type { TracedStep } from './timeline-rows.ts';

const STEPS: Readonly<Record<TracedStep['name'], string>> = {
  recognise: 'finds the surface that sent the event',
  identify: 'finds the user, from the verified token or the event',
  validate: 'checks the input against the contract',
  account: 'checks that the user has connected the provider',
  key: 'makes sure that a write with this key runs once',
  run: 'runs the tool, which calls the provider through Scalekit',
  fit: 'checks the output and fits it into the byte budget',
  answer: 'returns the answer in the form of the surface',
};

/** Explains the steps before the first call. */
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
