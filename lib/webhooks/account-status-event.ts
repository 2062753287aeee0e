import * as z from 'zod';
import { providerTime } from '../contract/times.ts';

export const STATUS_UPDATED = 'connected_account.status_updated';

const NAME_LENGTH_MAX = 512;
const STATUS_LENGTH_MAX = 64;

const name = z.string().min(1).max(NAME_LENGTH_MAX);
// Not only the statuses that are known today.
const status = z
  .string()
  .regex(/^[A-Z_]+$/)
  .max(STATUS_LENGTH_MAX);

/**
 * What of Scalekit's event goes on, and nothing else of it.
 * https://docs.scalekit.com/reference/webhooks/event-object/
 */
export const AccountStatusUpdated = z
  .object({
    // What says when, says it in vain where it cannot be read: the change is still one.
    occurred_at: providerTime().nullable().catch(null).default(null),
    data: z.object({
      identifier: name,
      connection_name: name,
      status,
      old_status: status.nullish(),
    }),
  })
  .transform(({ occurred_at, data }) => ({
    identifier: data.identifier,
    connection: data.connection_name,
    status: data.status,
    old_status: data.old_status ?? null,
    occurred_at,
  }));

/** The detail of the event on the bus. */
export type AccountStatusDetail = z.output<typeof AccountStatusUpdated>;
