import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod';

const Addresses = z.object({
  scalekit: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  secretsManager: z.string(),
  secretArn: z.string(),
  dynamoDb: z.string(),
  table: z.string(),
  issuer: z.string(),
  audience: z.string(),
  /** A token of the issuer. Its user has ACTIVE accounts. */
  token: z.string(),
});
export type Addresses = z.output<typeof Addresses>;

const Counts = z.object({ scalekit: z.int(), aws: z.int(), issuer: z.int() });
/** The number of requests so far. */
export type Counts = z.output<typeof Counts>;

export interface ServerOptions {
  /** The number of filters that the provider returns. */
  filters: number;
  /** The latency of the token issuer and of Scalekit. The provider's latency is included in Scalekit's. */
  internetMs: number;
  /** The latency of AWS services in the same region. */
  awsMs: number;
}

/** Starts all servers that the functions call. Each server has the latency that a function in Lambda would measure. */
export async function startServers(options: ServerOptions) {
  const child = fork(join(import.meta.dirname, 'servers-process.ts'), [JSON.stringify(options)]);
  const receive = async (): Promise<unknown> => {
    const [message]: unknown[] = await once(child, 'message');
    return message;
  };
  const addresses = Addresses.parse(await receive());
  return {
    addresses,
    async counts(): Promise<Counts> {
      const answer = receive();
      child.send('count');
      return Counts.parse(await answer);
    },
    async stop(): Promise<void> {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
