import { useState } from 'preact/hooks';
import type { ActiveFault, FaultList } from '../../console-api.ts';
import { failureText, readJson } from '../shared/console-requests.ts';
import { isSameJson } from '../shared/json.ts';
import { useResource } from '../shared/use-resource.ts';

export interface Faults {
  list: FaultList | null;
  /** Those that will still strike. */
  running: readonly ActiveFault[];
  /** Why the list could not be read, or the last change not made. */
  failure: string | null;
  isOn(fault: Record<string, unknown>): boolean;
  /** Rejects with what the server says. */
  start(fault: Record<string, unknown>): Promise<void>;
  /** Ends all that are equal to it. */
  end(fault: Record<string, unknown>): Promise<void>;
  endById(id: string): Promise<void>;
  endAll(): Promise<void>;
}

/** The faults of the emulated Scalekit. */
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

  /** For switches, which have no place of their own to say why they did not move. */
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
      // One that has struck as often as it was to would otherwise stay in the list beside its successor.
      await end(fault);
      await change('POST', '/api/faults', fault);
    },
    end,
    endById,
    endAll: () => reportFailure(change('DELETE', '/api/faults')),
  };
}
