import * as z from 'zod';
import { FaultSchema } from '../../scalekit/fault-schema.ts';
import { remainingOf } from '../../scalekit/faults.ts';
import type { ScalekitEmulator } from '../../scalekit/start-scalekit-emulator.ts';
import type { Stack } from '../../stack.ts';
import type { FaultList } from '../console-api.ts';
import { FAULT_PRESETS } from './fault-presets.ts';
import { ConsoleError } from './read-request.ts';

/** The faults and the presets. @throws ConsoleError for a real Scalekit environment */
export function faultList(stack: Stack): FaultList {
  const faults = emulated(stack).faults.map((added) => ({
    id: added.id,
    fault: { ...added.fault },
    struck: added.struck,
    remaining: remainingOf(added),
  }));
  const connections = new Set([undefined, '*', ...stack.providers.map(({ connector }) => connector)]);
  const presets = FAULT_PRESETS.filter(({ fault }) => connections.has(fault.connection));
  return { presets: presets.map((preset) => ({ ...preset, fault: { ...preset.fault } })), faults };
}

/** @throws ConsoleError if the fault is not valid */
export function addFault(fault: unknown, stack: Stack): FaultList {
  const scalekit = emulated(stack);
  const { success, data, error } = FaultSchema.safeParse(fault);
  if (!success) {
    const details = error.issues.map(({ path, message }) => ({ path: path.join('.'), issue: message }));
    throw new ConsoleError(400, `This is not a valid fault. ${z.prettifyError(error)}`, details);
  }
  scalekit.addFault(data);
  return faultList(stack);
}

/**
 * @param id the fault to remove; undefined removes all faults
 * @throws ConsoleError
 */
export function endFaults(id: string | undefined, stack: Stack): FaultList {
  const scalekit = emulated(stack);
  if (id === undefined) scalekit.clearFaults();
  else if (!scalekit.removeFault(id)) throw new ConsoleError(404, 'This fault has already ended.');
  return faultList(stack);
}

function emulated({ scalekit }: Stack): ScalekitEmulator {
  if (scalekit) return scalekit;
  throw new ConsoleError(400, 'Only the emulated Scalekit can simulate faults.');
}
