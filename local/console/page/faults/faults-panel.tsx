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
        <p class="empty">This is a real Scalekit environment. Only the emulated one can simulate faults.</p>
      </section>
    );
  }
  return (
    <div class="faults-view">
      <section class="panel">
        <h1>Faults</h1>
        <p class="about">Faults of the emulated Scalekit and its providers, to see how tools handle them.</p>
        <FailureNotice failure={faults.failure} />
        {faults.list ? (
          <FaultSwitches presets={faults.list.presets} faults={faults} />
        ) : (
          faults.failure === null && <p class="empty">Loading…</p>
        )}
      </section>
      <section class="panel">
        <ActiveFaults faults={faults} />
        <CustomFault onStart={faults.start} />
      </section>
    </div>
  );
}
