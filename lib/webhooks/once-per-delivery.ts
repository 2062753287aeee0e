import { createHash } from 'node:crypto';
import { ToolError } from '../errors/tool-error.ts';
import { COMPLETED, type LeaseTable } from '../leases/lease-table.ts';
import type { Deadline } from '../time/deadline.ts';

/** Does what a delivery is for, unless it was done. @throws ToolError `request_in_progress` while it is being done */
export type OncePerDelivery = (
  deliveryId: string,
  effect: () => Promise<void>,
  deadline: Deadline,
  /** Tells the operator of what failed without failing the delivery. */
  warn: (message: string, error: unknown) => void,
) => Promise<void>;

// Longer than the function is deployed to run, so that nothing goes on under a lease that has ended.
const LEASE_LEAST_MS = 40_000;
const ENDS_AFTER_DEADLINE_MS = 5_000;
const KEPT_MS = 24 * 60 * 60_000;

/** @param table where deliveries are kept; undefined where the operator has chosen to have no guard */
export function createOncePerDelivery(table: LeaseTable | undefined): OncePerDelivery {
  return async (deliveryId, effect, deadline, warn) => {
    if (!table) return effect();
    const leaseMs = Math.max(LEASE_LEAST_MS, deadline.leftMs + ENDS_AFTER_DEADLINE_MS);
    const key = `webhook#${createHash('sha256').update(deliveryId).digest('hex')}`;
    const claim = await table.claim(key, { expiresAtMs: Date.now() + leaseMs }, deadline);
    if (!claim.lease) {
      const item = claim.item ?? (await table.read(key, deadline));
      if (item?.status === COMPLETED) return;
      throw new ToolError('request_in_progress', {
        message: 'This delivery is being worked on. Deliver it again later.',
      });
    }
    try {
      await effect();
    } catch (error) {
      await table
        .release(claim.lease, deadline)
        .catch((failure: unknown) => warn('a delivery could not be freed', failure));
      throw error;
    }
    await table
      .keep(claim.lease, { data: '', expiresAtMs: Date.now() + KEPT_MS }, deadline)
      .catch((failure: unknown) => warn('a delivery could not be kept', failure));
  };
}
