import { FailureNotice } from '../shared/notice.tsx';
import { ActiveFaults } from './active-faults.tsx';
import { CustomFault } from './custom-fault.tsx';
import { FaultSwitches } from './fault-switches.tsx';
import type { Faults } from './use-faults.ts';

interface Props {
  isEmulated: boolean;
  faults: Faults;
}

/** The faults of the emulated Scalekit. */
export function FaultsPanel({ isEmulated, faults }: Props) {
  if (!isEmulated) {
    return (
      <section class="panel">
        <h1>Faults</h1>
        <p class="empty">A real Scalekit environment is in use; only the emulated one fails on purpose.</p>
      </section>
    );
  }
  return (
    <div class="faults-view">
      <section class="panel">
        <h1>Faults</h1>
        <p class="about">
          What the emulated Scalekit and the providers behind it do wrong, to see how a tool takes it.
        </p>
        <FailureNotice failure={faults.failure} />
        {faults.list ? (
          <FaultSwitches presets={faults.list.presets} faults={faults} />
        ) : (
          faults.failure === null && <p class="empty">Reading them…</p>
        )}
      </section>
      <section class="panel">
        <ActiveFaults faults={faults} />
        <CustomFault onStart={faults.start} />
      </section>
    </div>
  );
}
