import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { consoleCatalogue } from '../../../local/console/server/console-catalogue.ts';
import { SECRET_ARN, startSecretsManager } from '../../../local/secrets-manager/start-secrets-manager.ts';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';
import { type GateFault, type NetworkGate, startNetworkGate } from '../../support/network-gate.ts';
import { projectTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

// These tests do not kill a process. They cut off the network of an environment, so that nothing that it sends
// arrives, and it receives no response. For Scalekit, the provider and the table, this looks like a killed process.
// killed-environment.test.ts kills real processes.

const USER = 'user_ada';
const FUNCTION_TIMEOUT_MS = 10_000;
const writeTools = projectTools.filter(({ effect }) => effect !== 'read');

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let secretsManager: Awaited<ReturnType<typeof startSecretsManager>>;
const gates: NetworkGate[] = [];
const cutOff: Promise<unknown>[] = [];
beforeAll(async () => {
  stack = await startStackForTest();
  secretsManager = await startSecretsManager(stack.scalekit.clientSecret);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await Promise.all(cutOff);
  await Promise.all(gates.map((gate) => gate.close()));
  await Promise.all([stack.close(), secretsManager.close()]);
});

/**
 * The names of the requests of a write without a fault, and the positions of the three requests that decide its
 * outcome.
 */
interface Course {
  names: string[];
  claim: number;
  /** The write at the provider, which is the last request to the provider that is not a GET. */
  write: number;
  keep: number;
}

type Moment =
  /** The environment is killed after the previous response has arrived, and before this request arrives. */
  | 'killed before'
  /** The environment is killed after the server has handled this request, and before the response arrives. */
  | 'killed after'
  | Exclude<GateFault, 'served'>;
const MOMENTS: readonly Moment[] = ['killed before', 'killed after', 'request lost', 'reply lost'];

/**
 * The codes of the call (null if it was killed), of a repetition at once and of a later repetition, and the number of
 * times that the provider ran the write.
 */
interface Ending {
  first: string | null;
  soon: string;
  late: string;
  writes: number;
}

const KEPT = { soon: '200', late: '200', writes: 1 };
const IN_PROGRESS = { soon: 'request_in_progress', late: 'outcome_unknown' };

/** Returns the outcome that the contract requires. */
function requiredEnding({ claim, write, keep }: Course, at: number, moment: Moment): Ending {
  if (moment === 'request lost' || moment === 'reply lost') {
    // Every request except the write itself is retried until it succeeds.
    if (at !== write) return { first: '200', ...KEPT };
    const unknown = 'outcome_unknown';
    return { first: unknown, soon: unknown, late: unknown, writes: moment === 'reply lost' ? 1 : 0 };
  }
  const isDone = (request: number) => at > request || (at === request && moment === 'killed after');
  if (!isDone(claim) || isDone(keep)) return { first: null, ...KEPT };
  return { first: null, ...IN_PROGRESS, writes: isDone(write) ? 1 : 0 };
}

test('the project has tools that write', () => {
  expect(writeTools).not.toEqual([]);
});

test.each(writeTools.map((tool) => ({ name: tool.name, tool })))(
  '$name writes at most once, at whatever moment its environment is killed or a response is lost',
  async ({ tool }) => {
    const example = consoleCatalogue(stack).tools.find(({ name }) => name === tool.name)?.exampleInputs[0];
    const provider = stack.providers.find(({ connector }) => connector === tool.connector.name);
    const silent = { log: () => {}, metrics: () => {} };
    const direct = anyHandler(tool, { variables: stack.variables, ...silent });
    const callOf = (key: string) =>
      httpEvent({ claims: { sub: USER }, headers: { 'idempotency-key': key }, body: example });
    const codeOf = (answer: unknown) => {
      const { error, status } = readHttpAnswer(answer);
      return error?.code ?? String(status);
    };

    async function openGate(): Promise<NetworkGate> {
      const { SCALEKIT_ENV_URL: scalekit = '', AWS_ENDPOINT_URL_DYNAMODB: dynamoDb = '' } = stack.variables;
      const gate = await startNetworkGate({ scalekit, dynamoDb, secretsManager: secretsManager.url });
      gates.push(gate);
      return gate;
    }
    const startCall = (gate: NetworkGate, key: string) => {
      const { SCALEKIT_CLIENT_SECRET: _itself, ...variables } = { ...stack.variables, ...gate.variables };
      // The environment reads the secret with the AWS credentials of the test process.
      for (const [name, value] of Object.entries({ ...secretsManager.variables, ...gate.variables }))
        vi.stubEnv(name, value);
      return anyHandler(tool, {
        variables: { ...variables, SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN },
        ...silent,
      })(callOf(key), lambdaContext(FUNCTION_TIMEOUT_MS));
    };
    const writesAtProvider = (course: Course) =>
      stack.scalekit.requests.filter(
        ({ forwarded, method, path }) =>
          forwarded && `${method} ${path.split('?')[0]}` === course.names[course.write],
      ).length;

    async function courseOf(): Promise<Course> {
      await provider?.reset();
      const gate = await openGate();
      expect(codeOf(await startCall(gate, crypto.randomUUID())), tool.name).toBe('200');
      const names = gate.requests.map(({ name }) => name);
      return {
        names,
        claim: names.indexOf('PutItem'),
        write: gate.requests.findLastIndex(({ mayWrite }) => mayWrite),
        keep: names.indexOf('UpdateItem'),
      };
    }

    async function endingOf(course: Course, at: number, moment: Moment): Promise<Ending> {
      await provider?.reset();
      stack.scalekit.reset();
      const key = crypto.randomUUID();
      const gate = await openGate();
      const killed = Promise.withResolvers<null>();
      const isKill = moment === 'killed before' || moment === 'killed after';
      const fate: GateFault =
        moment === 'killed before' || moment === 'request lost' ? 'request lost' : 'reply lost';
      gate.fault = (position) => (position === at ? fate : 'served');
      gate.onFate = (position) => {
        if (!isKill || position !== at) return;
        gate.cut();
        killed.resolve(null);
      };
      const call = startCall(gate, key);
      if (isKill) cutOff.push(call);
      const first = isKill ? await killed.promise : codeOf(await call);
      // Wait for the end of this environment. Otherwise it would read the secret again, through the gate of the next
      // environment.
      if (course.names[at] === 'GetSecretValue') await call;

      const repeat = async () => codeOf(await direct(callOf(key), lambdaContext(FUNCTION_TIMEOUT_MS)));
      const soon = await repeat();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + FUNCTION_TIMEOUT_MS + 5_000 });
      const late = await repeat();
      vi.useRealTimers();
      return { first, soon, late, writes: writesAtProvider(course) };
    }

    const course = await courseOf();
    const endings: Record<string, Ending> = {};
    const required: Record<string, Ending> = {};
    for (const [at, name] of course.names.entries()) {
      for (const moment of MOMENTS) {
        endings[`${at} ${name}: ${moment}`] = await endingOf(course, at, moment);
        required[`${at} ${name}: ${moment}`] = requiredEnding(course, at, moment);
      }
    }
    expect(endings).toEqual(required);
  },
  60_000,
);
