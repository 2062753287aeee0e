import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Script } from '../../../local/testing/scripted-provider.ts';
import { Canaries } from './canaries.ts';
import type { ProviderAnswer, Row } from './row.ts';
import { type Stage, startRelay, type startSecretStore } from './stage.ts';
import { toolOf } from './tools.ts';

const Headers = z.record(z.string(), z.string());
const Fault = z.looseObject({
  answer: z.looseObject({ headers: Headers.default({}), body: z.unknown() }).optional(),
});
const EXPIRED = 'Bearer expired';
// After this time, the client knows that a connection was closed.
const CLOSED_AFTER_MS = 50;

export interface World {
  stage: Stage;
  /** The URL of another host. The runtime must never send a request to it. */
  elsewhere: string;
  secretStore: Awaited<ReturnType<typeof startSecretStore>>;
}

/** The outcome of a row's call, and the places where canaries appeared. */
export type Report = Awaited<ReturnType<typeof runRow>>;

export async function runRow(row: Row, world: World) {
  const { stage } = world;
  const isCutOff = row.afterFirstCall === 'Scalekit is gone';
  const relay = isCutOff ? await startRelay(stage.bed.scalekit.url) : stage.relay;
  try {
    return await new Run(row, world, relay).report();
  } finally {
    if (isCutOff) await relay.close();
    if (needsOwnStage(row)) stage.bed.scalekit.clearFaults();
  }
}

/**
 * Returns true for a fault at Scalekit's own endpoints. Such a fault affects every call, so its row cannot share a
 * stage with other rows.
 */
export function needsOwnStage({ scalekit }: Row): boolean {
  return scalekit !== undefined;
}

class Run {
  readonly #row: Row;
  readonly #world: World;
  readonly #stage: Stage;
  readonly #relay: Stage['relay'];
  readonly #canaries = new Canaries();
  readonly #identifier = this.#canaries.plant('the identifier');
  readonly #token = this.#canaries.plant("the user's token");
  readonly #thing = this.#canaries.plant('the path');
  readonly #words = this.#canaries.plant('the query, a header and the body of the request');

  constructor(row: Row, world: World, relay: Stage['relay']) {
    this.#row = row;
    this.#world = world;
    this.#stage = world.stage;
    this.#relay = relay;
  }

  async report() {
    const { bed, received } = this.#stage;
    const { tokens } = this.#relay;
    await this.#prepare();
    // Each call gets a new environment, which requests its own token.
    const tokensBefore = tokens.size;
    const lines: string[] = [];
    const measurements: unknown[] = [];
    const { connector, kind, tool: fault, call = {} } = this.#row;
    const tool = toolOf(connector, kind, this.#canaries, fault);
    const invoke = bed.environment(tool, this.#variables(), {
      log: (...line) => lines.push(JSON.stringify(line)),
      metrics: (measured) => measurements.push(measured),
    });
    const { claims = {}, headers = {}, remainingMs } = call;
    const options = {
      claims: { sub: this.#identifier, ...this.#filled('the claims', claims) },
      headers: Headers.parse(this.#canaries.fill('a header of the call', headers)),
      input: this.#input(),
      ...(remainingMs !== undefined && { remainingMs }),
    };

    await this.#callFirst(() => invoke(options));
    const sentBefore = received(this.#words).length;
    const measuredBefore = measurements.length;
    const answer = await invoke(options);

    const { error } = answer;
    const link = error?.authorization_url ?? null;
    for (const token of [...tokens].slice(tokensBefore)) {
      this.#canaries.watch('our access token', token.split('.').at(-1) ?? token);
    }
    this.#canaries.watch('our client secret', bed.scalekit.clientSecret);
    // The user needs the link, but its URL must not appear in the rest of the response or in the log.
    if (link) this.#canaries.watch('the link', link.split('/').at(-1) ?? link);
    const told = JSON.stringify(answer.headers) + answer.body.replaceAll(link ?? '\0', '');
    return {
      error,
      status: answer.status,
      retryAfterHeader: answer.headers['retry-after'] ?? null,
      sent: received(this.#words).length - sentBefore,
      failuresLogged: lines.filter((line) => line.includes('"call failed"')).length,
      measurements: measurements.length - measuredBefore,
      planted: this.#canaries.places,
      leaks: {
        answer: this.#canaries.foundIn(told),
        log: this.#canaries.foundIn(lines.join('\n')),
        measurements: this.#canaries.foundIn(JSON.stringify(measurements)),
      },
    };
  }

  async #prepare(): Promise<void> {
    const { account, connector, proxy, scalekit = [], secrets } = this.#row;
    const { scripts } = this.#stage;
    if (account !== 'missing') this.#setAccount(account ?? 'ACTIVE');
    scripts.set(this.#words, this.#script());
    if (proxy) await this.#addFault({ connection: connector, path: `*${this.#thing}*`, ...proxy });
    for (const fault of scalekit) await this.#addFault(fault);
    if (secrets) {
      const body =
        secrets === 'reset' ? undefined : this.#canaries.fillAndAdd('the secret store', secrets.body);
      const answer = secrets === 'reset' ? secrets : { ...secrets, body };
      this.#world.secretStore.answers.set(this.#secretArn, answer);
    }
  }

  #setAccount(status: 'ACTIVE' | 'EXPIRED' | 'PENDING_AUTH' | 'PENDING_VERIFICATION' | 'DISCONNECTED'): void {
    this.#stage.bed.scalekit.setAccount(this.#row.connector, this.#identifier, {
      status,
      accessToken: this.#token,
    });
  }

  async #addFault(fault: object): Promise<void> {
    const { answer, ...rest } = Fault.parse(fault);
    const planted = answer && {
      ...answer,
      headers: this.#headers('a header of Scalekit', answer.headers),
      body: this.#canaries.fillAndAdd('a body of Scalekit', answer.body),
    };
    const response = await fetch(`${this.#stage.bed.scalekit.url}/emulator/faults`, {
      method: 'POST',
      body: JSON.stringify({ ...rest, ...(planted && { answer: planted }) }),
    });
    if (response.status !== 201) throw new Error(`The emulator refuses a fault: ${await response.text()}`);
  }

  /** Returns a response with additional headers. Their names and values contain canaries. */
  #headers(place: string, headers: Record<string, string>): Record<string, string> {
    const { elsewhere } = this.#world;
    const planted = Headers.parse(this.#canaries.fill(place, headers));
    const name = `x-${this.#canaries.plant(`the name of ${place}`)}`;
    const location = planted.location?.replace(/^elsewhere/, elsewhere);
    return {
      'www-authenticate': `Bearer realm="${this.#canaries.plant(place)}"`,
      'set-cookie': `session=${this.#canaries.plant(place)}`,
      [name]: this.#canaries.plant(place),
      ...planted,
      ...(location !== undefined && { location }),
    };
  }

  #script(): Script {
    return ({ headers }) => {
      if (headers.authorization === EXPIRED) return this.#planted({ status: 401, body: { message: '?' } });
      if (headers.authorization !== `Bearer ${this.#token}`) return { status: 418 };
      if (this.#row.expires) this.#setAccount('EXPIRED');
      const { answer = { body: { id: 't1', title: '?' } } } = this.#row;
      return this.#planted(typeof answer === 'function' ? answer() : answer);
    };
  }

  #planted(answer: ProviderAnswer): ReturnType<Script> {
    if (typeof answer === 'string') return answer;
    return {
      ...answer,
      headers: this.#headers('a header of the provider', answer.headers ?? {}),
      body: this.#canaries.fillAndAdd('a body of the provider', answer.body ?? {}),
    };
  }

  #input(): unknown {
    const { input } = this.#row.call ?? {};
    if (input === undefined) return { thing: this.#thing, words: this.#words };
    return this.#canaries.fill('the input', input);
  }

  #filled(place: string, value: Record<string, unknown>): object {
    const filled = this.#canaries.fill(place, value);
    // If the row sets claims, the claim that names the user is removed.
    return Object.keys(value).length > 0 ? { sub: undefined, ...Object(filled) } : {};
  }

  get #secretArn(): string {
    return `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${this.#thing}`;
  }

  #variables(): Record<string, string> {
    const { secrets, variables = {} } = this.#row;
    return {
      SCALEKIT_ENV_URL: this.#relay.url,
      ...(secrets && { SCALEKIT_CLIENT_SECRET: '', SCALEKIT_CLIENT_SECRET_ARN: this.#secretArn }),
      ...Headers.parse(this.#canaries.fill('a setting', variables)),
    };
  }

  /** Makes a successful first call, if the row needs one. */
  async #callFirst(invoke: () => Promise<{ status: number }>): Promise<void> {
    const { afterFirstCall } = this.#row;
    if (!afterFirstCall) return;
    const { status } = await invoke();
    if (status !== 200) throw new Error(`The first call failed with ${status}.`);
    if (afterFirstCall === 'the account is disconnected') return this.#setAccount('DISCONNECTED');
    await this.#relay.close();
    await sleep(CLOSED_AFTER_MS);
  }
}
