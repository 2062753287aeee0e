import { ToolError } from '../errors/tool-error.ts';
import { SharedRequest } from '../time/shared-request.ts';
import { readSecret } from './read-secret.ts';

// The minimum time between two reads. Without it, every call with a wrong secret or a forged state would send a
// request to Secrets Manager.
const READ_AGAIN_AFTER_MS = 60_000;

/** A secret from the environment or from Secrets Manager. */
export class StoredSecret {
  readonly #arn: string | undefined;
  readonly #request = new SharedRequest((signal) => this.#fetch(signal));
  #value: string | undefined;
  #readAtMs = 0;

  /**
   * @param source the secret, or the ARN of a Secrets Manager secret that is a plain string. If both are given, the
   * ARN is ignored
   */
  constructor(source: { secret?: string | undefined; arn?: string | undefined }) {
    if (source.secret) this.#value = source.secret;
    else this.#arn = source.arn;
  }

  /** @throws ToolError `dependency_unavailable` if Secrets Manager cannot be read before the signal aborts */
  async read(signal: AbortSignal): Promise<string> {
    return this.#value ?? this.#wait(signal);
  }

  /** The secret, or undefined if it was not read yet or was forgotten. */
  get known(): string | undefined {
    return this.#value;
  }

  /**
   * Removes a rejected secret, because it may have been rotated.
   * @returns true if the next `read` requests the secret again
   */
  forget(): boolean {
    if (!this.#mayReadAgain) return false;
    this.#value = undefined;
    return true;
  }

  /**
   * Reads the secret again after it was rejected, because it may have been rotated. The old secret stays in use until
   * the new secret arrives.
   * @returns the newer secret; undefined if there is no newer secret, or if the secret was read less than a minute ago
   * @throws ToolError `dependency_unavailable` if Secrets Manager cannot be read before the signal aborts
   */
  async replace(refused: string, signal: AbortSignal): Promise<string | undefined> {
    const current = this.#value;
    if (current !== undefined && current !== refused) return current;
    if (!this.#request.isUnderWay && !this.#mayReadAgain) return undefined;
    const value = await this.#wait(signal);
    return value === refused ? undefined : value;
  }

  get #mayReadAgain(): boolean {
    return this.#arn !== undefined && Date.now() - this.#readAtMs >= READ_AGAIN_AFTER_MS;
  }

  async #wait(signal: AbortSignal): Promise<string> {
    try {
      return await this.#request.wait(signal);
    } catch (cause) {
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  async #fetch(signal: AbortSignal): Promise<string> {
    this.#readAtMs = Date.now();
    this.#value = await readSecret(this.#arn ?? '', signal);
    return this.#value;
  }
}
