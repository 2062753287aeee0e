import type { ActiveFault } from '../../console-api.ts';
import { isSameJson } from '../shared/json.ts';
import { counted } from '../shared/measures.ts';
import type { Faults } from './use-faults.ts';

/** The active faults, and how many requests each one has affected. */
export function ActiveFaults({ faults }: { faults: Faults }) {
  const active = faults.list?.faults ?? [];
  return (
    <>
      <div class="input-heading">
        <h2>Started faults</h2>
        <button type="button" disabled={active.length === 0} onClick={() => void faults.endAll()}>
          End all
        </button>
      </div>
      {active.length === 0 && <p class="empty">None. Everything works.</p>}
      <ul class="active-faults">
        {active.map((fault) => (
          <li key={fault.id} class={fault.remaining === 0 ? 'spent' : undefined}>
            <span class="fault-title">{titleOf(fault, faults)}</span>
            <code>{JSON.stringify(fault.fault)}</code>
            <p>
              {strikes(fault)}
              <button
                type="button"
                aria-label={`End ${fault.id}`}
                onClick={() => void faults.endById(fault.id)}
              >
                End
              </button>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function titleOf({ fault }: ActiveFault, { list }: Faults): string {
  return list?.presets.find((preset) => isSameJson(preset.fault, fault))?.title ?? 'Custom fault';
}

function strikes({ struck, remaining }: ActiveFault): string {
  const start = `Affected ${counted(struck, 'request')}; `;
  if (remaining === null) return `${start}active until you end it.`;
  return remaining === 0 ? `${start}finished.` : `${start}${remaining} more to come.`;
}
