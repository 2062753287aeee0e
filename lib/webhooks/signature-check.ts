import type { StoredSecret } from '../aws/stored-secret.ts';
import { ToolError } from '../errors/tool-error.ts';
import { isWebhookSecret } from '../settings/webhook-settings.ts';
import { abortable } from '../time/abortable.ts';
import { type Delivery, isSignedWith, notSigned } from './delivery.ts';

// Initialisation has 10 s in all, and this is not what it is for.
const PRIME_TIMEOUT_MS = 2_000;

/** Tells the deliveries of Scalekit from all others, also while the secret is rotated. */
export class SignatureCheck {
  readonly #secret: StoredSecret;
  #primed: Promise<unknown> | undefined;

  constructor(secret: StoredSecret) {
    this.#secret = secret;
  }

  /** Starts reading the secret; its failure is left to the first delivery, which reads again. */
  prime(): void {
    this.#primed = this.#secret.read(AbortSignal.timeout(PRIME_TIMEOUT_MS)).catch(() => undefined);
  }

  /**
   * @throws ToolError `unauthenticated` where the secret did not sign it, `not_configured` where that is none, and
   * `dependency_unavailable` where it cannot be read
   */
  async assertSigned(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const primed = this.#primed;
    this.#primed = undefined;
    // The first delivery joins what initialisation began; where that failed, it reads for itself.
    if (primed) await abortable(primed, signal).catch(() => undefined);
    const secret = await this.#secret.read(signal);
    if (isWebhookSecret(secret) && isSignedWith(secret, delivery)) return;
    const other = await this.#secret.replace(secret, signal);
    const current = other ?? secret;
    if (!isWebhookSecret(current)) {
      throw new ToolError('not_configured', {
        message: 'The secret of the webhook is none; it begins with whsec_. Report this to the operator.',
      });
    }
    if (other === undefined || !isSignedWith(other, delivery)) throw notSigned();
  }
}
