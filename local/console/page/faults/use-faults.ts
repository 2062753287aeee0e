import { useState } from 'preact/hooks';
import type { ActiveFault, FaultList } from '../../console-api.ts';
import { failureText, readJson } from '../shared/console-requests.ts';
import { isSameJson } from '../shared/json.ts';
import { useResource } from '../shared/use-resource.ts';

export interface Faults {
  list: FaultList | null;
  /** The faults that have not reached their limit. */
  running: readonly ActiveFault[];
  /** Why the list could not be read or changed. */
  failure: string | null;
  isOn(fault: Record<string, unknown>): boolean;
  /** Rejects with the server's message. */
  start(fault: Record<string, unknown>): Promise<void>;
  /** Removes all faults that are equal to this one. */
  end(fault: Record<string, unknown>): Promise<void>;
  endById(id: string): Promise<void>;
  endAll(): Promise<void>;
}

/** Reads and changes the faults of the emulated Scalekit. */
export function useFaults(isEmulated: boolean, version: number): Faults {
  const {
    value: list,
    failure,
    replace,
  } = useResource<FaultList>(isEmulated ? '/api/faults' : null, version);
  const [changeFailure, setChangeFailure] = useState<string | null>(null);
  const running = list?.faults.filter(({ remaining }) => remaining !== 0) ?? [];

  async function change(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
    replace(await readJson<FaultList>(method, path, { body }));
    setChangeFailure(null);
  }

  /** Shows the error of a change in the panel, because the switch itself has no room for it. */
  const reportFailure = (changed: Promise<void>) =>
    changed.catch((error: unknown) => setChangeFailure(failureText(error)));

  const endById = (id: string) => reportFailure(change('DELETE', `/api/faults/${encodeURIComponent(id)}`));

  async function end(fault: Record<string, unknown>): Promise<void> {
    for (const active of list?.faults ?? []) {
      if (isSameJson(active.fault, fault)) await endById(active.id);
    }
  }

  return {
    list,
    running,
    failure: changeFailure ?? failure,
    isOn: (fault) => running.some((active) => isSameJson(active.fault, fault)),
    async start(fault) {
      // An equal fault that has reached its limit is removed first, so that it is not listed twice.
      await end(fault);
      await change('POST', '/api/faults', fault);
    },
    end,
    endById,
    endAll: () => reportFailure(change('DELETE', '/api/faults')),
  };
}
