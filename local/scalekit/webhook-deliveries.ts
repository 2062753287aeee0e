import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Account } from './scalekit-state.ts';

/** Where deliveries go, and the secret that signs them. */
export interface WebhookTarget {
  /** Where each change is posted. */
  url: string;
  /** What signs it. */
  secret: string;
}

// Scalekit goes on for hours; what is tried here is over soon.
const DELIVER_AGAIN_AFTER_MS = [500, 2_000];

/**
 * Delivers what happened to accounts, signed as Scalekit signs.
 * https://docs.scalekit.com/reference/webhooks/overview/
 */
export class WebhookDeliveries {
  readonly #underWay = new Set<Promise<void>>();
  readonly #closed = new AbortController();
  #target: WebhookTarget | undefined;

  /** From now on deliveries go there. */
  deliverTo(target: WebhookTarget): void {
    this.#target = target;
  }

  statusUpdated({ connection, identifier, status, id, updatedAt }: Account, oldStatus: string): void {
    const target = this.#target;
    if (!target) return;
    const eventId = `evt_${randomBytes(12).toString('hex')}`;
    const body = JSON.stringify({
      spec_version: '1',
      id: eventId,
      object: 'ConnectedAccount',
      environment_id: 'env_local',
      occurred_at: updatedAt.toISOString(),
      type: 'connected_account.status_updated',
      data: { id, identifier, connection_name: connection, status, old_status: oldStatus },
    });
    const delivery = this.#deliver(target, eventId, body).finally(() => this.#underWay.delete(delivery));
    this.#underWay.add(delivery);
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#underWay);
  }

  async #deliver(target: WebhookTarget, id: string, body: string): Promise<void> {
    const { signal } = this.#closed;
    for (const afterMs of [0, ...DELIVER_AGAIN_AFTER_MS]) {
      try {
        await wait(afterMs, undefined, { signal });
        if (await send(target, id, body, signal)) return;
      } catch {
        if (signal.aborted) return;
      }
    }
  }
}

async function send({ url, secret }: WebhookTarget, id: string, body: string, signal: AbortSignal) {
  const now = new Date();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
    body,
    signal,
  });
  await response.arrayBuffer();
  return response.ok;
}
