import type { ActiveFault } from '../../console-api.ts';
import { isSameJson } from '../shared/json.ts';
import { counted } from '../shared/measures.ts';
import type { Faults } from './use-faults.ts';

/** The started faults, and how many requests each has affected. */
export function ActiveFaults({ faults }: { faults: Faults }) {
  const active = faults.list?.faults ?? [];
  return (
    <>
      <div class="input-heading">
        <h2>Started</h2>
        <button type="button" disabled={active.length === 0} onClick={() => void faults.endAll()}>
          End all
        </button>
      </div>
      {active.length === 0 && <p class="empty">None; everything works as it should.</p>}
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
  return list?.presets.find((preset) => isSameJson(preset.fault, fault))?.title ?? 'Another fault';
}

function strikes({ struck, remaining }: ActiveFault): string {
  const so = `Has struck ${counted(struck, 'time')}; `;
  if (remaining === null) return `${so}strikes until it is ended.`;
  return remaining === 0 ? `${so}is spent.` : `${so}${remaining} more to come.`;
}
