import { useState } from 'preact/hooks';
import type { FaultList } from '../../console-api.ts';
import { useAnnounce } from '../shared/announcer.tsx';
import { failureText } from '../shared/console-requests.ts';
import { FailureNotice } from '../shared/notice.tsx';
import type { Faults } from './use-faults.ts';

interface Props {
  presets: FaultList['presets'];
  faults: Faults;
}

/** The common faults, each with a switch. */
export function FaultSwitches({ presets, faults }: Props) {
  const announce = useAnnounce();
  const [failure, setFailure] = useState<string | null>(null);

  async function turn(title: string, fault: Record<string, unknown>): Promise<void> {
    setFailure(null);
    const isOn = faults.isOn(fault);
    try {
      await (isOn ? faults.end(fault) : faults.start(fault));
      announce(`${title}: ${isOn ? 'off' : 'on'}.`);
    } catch (error) {
      setFailure(failureText(error));
    }
  }

  return (
    <>
      <FailureNotice failure={failure} />
      <ul class="fault-switches">
        {presets.map(({ title, explanation, fault }, index) => (
          <li key={title}>
            <button
              type="button"
              role="switch"
              aria-checked={faults.isOn(fault)}
              aria-labelledby={`preset-${index}`}
              aria-describedby={`preset-${index}-about`}
              onClick={() => void turn(title, fault)}
            >
              <span class="knob" />
            </button>
            <div>
              <p id={`preset-${index}`} class="fault-title">
                {title}
              </p>
              <p id={`preset-${index}-about`} class="about">
                {explanation}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
