import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError, AwsService, type AwsServiceDescription } from '../../../lib/aws/aws-service.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const DYNAMODB: AwsServiceDescription = {
  name: 'dynamodb',
  setting: 'DYNAMODB',
  target: 'DynamoDB_20120810',
  jsonVersion: '1.0',
  keepsConnections: true,
};
const SECRETS_MANAGER: AwsServiceDescription = {
  name: 'secretsmanager',
  setting: 'SECRETS_MANAGER',
  target: 'secretsmanager',
  jsonVersion: '1.1',
  keepsConnections: false,
};
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDFIRST', AWS_SECRET_ACCESS_KEY: 'secret-of-the-first' };

const answers =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const succeeds = answers(200, { Item: 'found' });
const isLost: RequestListener = ({ socket }) => socket.destroy();
const hangs: RequestListener = () => {};
const refuses = (type: unknown, status = 400) =>
  answers(status, { __type: type, message: 'Of the service.' });

const forever = () => new AbortController().signal;
const outcomeOf = (calling: Promise<unknown>) => calling.catch((error: unknown) => error);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

/** Starts an AWS service that responds with the given steps in order. The last step repeats. */
async function start(description: AwsServiceDescription, ...steps: [RequestListener, ...RequestListener[]]) {
  const server = await startRecordingServer((request, response) => {
    const step = steps.length > 1 ? steps.shift() : steps[0];
    step?.(request, response);
  });
  closing.push(server.close);
  const variables: Record<string, string> = {
    ...KEYS,
    AWS_REGION: 'eu-west-1',
    [`AWS_ENDPOINT_URL_${description.setting}`]: server.url,
  };
  return { ...server, variables, service: new AwsService(description, variables) };
}

type Received = Awaited<ReturnType<typeof startRecordingServer>>['received'][number];

/** Stops the timers. Otherwise, on a busy machine, an attempt could time out and be retried. */
function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

describe('a request', () => {
  beforeEach(stopTimers);

  test.each([
    ['DynamoDB', DYNAMODB, 'DynamoDB_20120810.Any', 'application/x-amz-json-1.0', 'keep-alive'],
    ['Secrets Manager', SECRETS_MANAGER, 'secretsmanager.Any', 'application/x-amz-json-1.1', 'close'],
  ])(
    'contains exactly the headers and the body that %s needs',
    async (_, description, target, type, connection) => {
      // Prepare
      const { service, received, url } = await start(description, succeeds);
      const input = { Key: 'Zoë 🔑' };

      // Act
      const answer = await service.call('Any', input, forever());

      // Assess
      expect(answer).toEqual({ Item: 'found' });
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({ method: 'POST', url: '/', body: JSON.stringify(input) });
      expect(received[0]?.headers).toEqual({
        host: new URL(url).host,
        connection,
        'content-type': type,
        'content-length': String(Buffer.byteLength(JSON.stringify(input))),
        'x-amz-target': target,
        'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 /),
      });
    },
  );

  test.each([
    ['DynamoDB', 'one connection', DYNAMODB, 1],
    ['Secrets Manager', 'a connection for each request', SECRETS_MANAGER, 3],
  ])('is sent to %s, and three requests use %s', async (_name, _connection, description, expected) => {
    // Prepare
    const { service, received } = await start(description, succeeds);

    // Act
    for (let number = 0; number < 3; number += 1) await service.call('Any', {}, forever());

    // Assess
    expect(new Set(received.map(({ clientPort }) => clientPort)).size).toBe(expected);
  });

  test('leaves no open connection to Secrets Manager', async () => {
    // Prepare
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { service } = await start(SECRETS_MANAGER, (request, response) => {
      request.socket.once('close', () => resolve());
      succeeds(request, response);
    });

    // Act
    await service.call('GetSecretValue', {}, forever());

    // Assess
    await expect(closed).resolves.toBeUndefined();
  });
});

describe('the signature of a request', () => {
  beforeEach(stopTimers);

  const session = { AWS_SESSION_TOKEN: 'session/of+the==first' };
  const { sha256 } = new DynamoDBClient({ region: 'eu-west-1' }).config;

  /** Returns true if AWS's own implementation creates an identical signature. */
  async function isAccepted(
    { headers, body = '' }: Partial<Received>,
    { name, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken }: Record<string, string>,
  ): Promise<boolean> {
    const { authorization, ...others } = plainHeaders(headers);
    const signer = new SignatureV4({
      service: name ?? '',
      region: 'eu-west-1',
      credentials: {
        accessKeyId: 'AKIDFIRST',
        secretAccessKey: secretAccessKey ?? '',
        ...(sessionToken && { sessionToken }),
      },
      sha256,
      applyChecksum: false,
    });
    const [hostname = '', port] = others.host?.split(':') ?? [];
    const request = { method: 'POST', protocol: 'http:', hostname, port: Number(port), path: '/', body };
    const signed = await signer.sign(
      { ...request, headers: others },
      { signingDate: dateOf(others['x-amz-date']) },
    );
    return signed.headers.authorization === authorization;
  }

  function plainHeaders(headers: IncomingHttpHeaders = {}): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  }

  /** Parses a time such as `20250102T030405Z`. */
  function dateOf(text = ''): Date {
    return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  }

  const cases = [
    ['plain', DYNAMODB, {}, { Key: 'plain' }],
    ['with a session token', DYNAMODB, session, { Key: 'plain' }],
    ['of a body with characters outside ASCII', DYNAMODB, {}, { Key: 'Zoë Ångström 名前 🔑 \u2028' }],
    ['of an empty input', SECRETS_MANAGER, session, {}],
    [
      'of a body with characters outside ASCII, and with a session token',
      SECRETS_MANAGER,
      session,
      { SecretId: 'Schlüssel' },
    ],
  ] as const;

  test.each(cases)('equals the signature of the AWS SDK: %s', async (_, description, variables, input) => {
    // Prepare
    const started = await start(description, succeeds);
    Object.assign(started.variables, variables);

    // Act
    await started.service.call('Any', input, forever());

    // Assess
    const [received = {}] = started.received;
    const known = { ...started.variables, name: description.name };
    expect(await isAccepted(received, known)).toBe(true);
    // If the secret, the session, the service or the body were different, AWS would reject the signature.
    for (const other of [
      { ...known, AWS_SECRET_ACCESS_KEY: 'another' },
      { ...known, AWS_SESSION_TOKEN: 'another' },
      { ...known, name: 'lambda' },
    ])
      expect(await isAccepted(received, other)).toBe(false);
    expect(await isAccepted({ ...received, body: '{"another":1}' }, known)).toBe(false);
  });

  test('uses credentials that were added to the variables after the previous call', async () => {
    // Prepare
    const { service, received, variables } = await start(DYNAMODB, succeeds);
    const first = { ...variables, name: 'dynamodb' };
    await service.call('Any', {}, forever());
    Object.assign(variables, { AWS_SECRET_ACCESS_KEY: 'secret-of-the-second' }, session);
    const second = { ...variables, name: 'dynamodb' };

    // Act
    await service.call('Any', {}, forever());

    // Assess
    const accepted = received.map(async (one) => [
      await isAccepted(one, first),
      await isAccepted(one, second),
    ]);
    expect(await Promise.all(accepted)).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('is calculated again for each attempt', async () => {
    // Prepare
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-02T03:04:05.678Z') });
    const { service, received } = await start(
      DYNAMODB,
      (request, response) => {
        vi.setSystemTime(Date.now() + 60_000);
        answers(500, {})(request, response);
      },
      succeeds,
    );

    // Act
    await service.call('Any', {}, forever());

    // Assess
    expect(received.map(({ headers }) => headers['x-amz-date'])).toEqual([
      '20260102T030405Z',
      '20260102T030505Z',
    ]);
  });

  test('is calculated for the URL in the variables at the time of the call', async () => {
    // Prepare
    const first = await start(DYNAMODB, succeeds);
    const second = await start(DYNAMODB, answers(200, { Item: 'of the second' }));
    await first.service.call('Any', {}, forever());
    Object.assign(first.variables, second.variables);

    // Act
    const answer = await first.service.call('Any', {}, forever());

    // Assess
    expect(answer).toEqual({ Item: 'of the second' });
    expect([first.received.length, second.received.length]).toEqual([1, 1]);
  });
});

describe('a temporary failure', () => {
  const prefix = 'com.amazonaws.dynamodb.v20120810#';
  const passing: [string, RequestListener, object][] = [
    ['a lost connection', isLost, { name: 'TransportError', failure: 'connection_lost' }],
    ['status 500', answers(500, 'Oops'), { name: 'AwsError', code: '' }],
    ['status 503', refuses('ServiceUnavailable', 503), { name: 'AwsError', code: 'ServiceUnavailable' }],
    ...['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'].map(
      (code): [string, RequestListener, object] => [
        `a ${code}`,
        refuses(prefix + code),
        { name: 'AwsError', code },
      ],
    ),
    ['a ThrottlingException without a prefix', refuses('ThrottlingException'), { name: 'AwsError' }],
  ];

  test.each(passing)('is retried: %s', async (_, failure) => {
    // Prepare
    const { service, received } = await start(DYNAMODB, failure, succeeds);

    // Act
    const answer = await service.call('PutItem', { Item: 'of the call' }, forever());

    // Assess
    expect(answer).toEqual({ Item: 'found' });
    expect(received.map(({ body }) => body)).toEqual(Array(2).fill('{"Item":"of the call"}'));
  });

  test.each(passing)('is retried until the third attempt: %s', async (_, failure, expected) => {
    // Prepare
    const { service, received } = await start(DYNAMODB, failure);

    // Act
    const outcome = await outcomeOf(service.call('Any', {}, forever()));

    // Assess
    expect(outcome).toMatchObject(expected);
    expect(received).toHaveLength(3);
  });

  test('is retried even if the failed response takes more than a second', async () => {
    // Prepare
    stopTimers();
    const asked = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    const { service, received } = await start(
      DYNAMODB,
      ({ socket }) => {
        asked.resolve();
        socket.once('close', () => cut.resolve());
      },
      succeeds,
    );

    // Act
    const calling = service.call('Any', {}, forever());
    await asked.promise;
    vi.advanceTimersByTime(999);
    const timers = [vi.getTimerCount()];
    vi.advanceTimersByTime(1);
    timers.push(vi.getTimerCount());
    await cut.promise;
    // Skips the longest possible wait before the second attempt.
    vi.advanceTimersByTime(200);
    const answer = await calling;

    // Assess
    expect(answer).toEqual({ Item: 'found' });
    expect(received).toHaveLength(2);
    // The two timers at first are the limit of the call and the limit of the running attempt.
    expect(timers).toEqual([2, 1]);
  });

  test('of one kept-alive connection closes all kept-alive connections', async () => {
    // Prepare
    const dead = new Set<number | undefined>();
    const { service, received } = await start(DYNAMODB, (request, response) => {
      if (dead.has(request.socket.remotePort)) isLost(request, response);
      // Because of this delay, all requests run at the same time.
      else setTimeout(() => succeeds(request, response), 50);
    });
    await Promise.all(Array.from({ length: 4 }, () => service.call('Any', {}, forever())));
    for (const { clientPort } of received) dead.add(clientPort);

    // Act
    const answer = await service.call('Any', {}, forever());

    // Assess
    expect(dead.size).toBe(4);
    expect(answer).toEqual({ Item: 'found' });
    expect(received).toHaveLength(6);
  });
});

test.each([
  ['a ValidationException', refuses('com.amazon.coral.validate#ValidationException'), 'ValidationException'],
  ['an AccessDeniedException', refuses('AccessDeniedException'), 'AccessDeniedException'],
  [
    'a failed condition',
    refuses('com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException'),
    'ConditionalCheckFailedException',
  ],
  ['status 400 without an error name', answers(400, { message: 'Of the service.' }), ''],
  ['status 400 without a body', answers(400, ''), ''],
  ['status 403 with a body that is not JSON', answers(403, '<html>ThrottlingException</html>'), ''],
  ['status 404', refuses('ResourceNotFoundException', 404), 'ResourceNotFoundException'],
  [
    'a redirect',
    (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    '',
  ] satisfies [string, RequestListener, string],
])('an error is final and not retried: %s', async (_, refusal, code) => {
  // Prepare
  stopTimers();
  const { service, received } = await start(DYNAMODB, refusal, succeeds);

  // Act
  const outcome = await outcomeOf(service.call('Any', {}, forever()));

  // Assess
  expect(outcome).toBeInstanceOf(AwsError);
  expect(outcome).toMatchObject({ code });
  expect(received).toHaveLength(1);
});

describe('AwsError', () => {
  const long = 'A'.repeat(100);

  test.each([
    ['ThrottlingException', 'ThrottlingException'],
    ['com.amazonaws.dynamodb.v20120810#ThrottlingException', 'ThrottlingException'],
    ['aws.protocoltests.json#FooError:http://internal.amazon.com/coral/validate/', 'FooError'],
    ['FooError:http://internal.amazon.com/coral/validate/', 'FooError'],
    [long, long],
    [`${long}A`, ''],
    ['com.amazon.coral#', ''],
    ['#Of the user ada', ''],
    ['User: arn:aws:iam::123456789012:role/tools', ''],
    ['FooError\nFaked log line', ''],
    ['', ''],
    [undefined, ''],
    [null, ''],
    [['ThrottlingException'], ''],
    [{ name: 'ThrottlingException' }, ''],
    [{ toString: 'ThrottlingException' }, ''],
  ])('reads the error type %j as the code %j', (type, expected) => {
    // Act
    const { code, message } = new AwsError(400, { __type: type });

    // Assess
    expect(code).toBe(expected);
    expect(message).toBe(`AWS answers 400 ${expected}`.trim());
  });

  test.each([[undefined], [null], ['ThrottlingException'], [[]], [7]])(
    'has no code for the body %j',
    (body) => {
      expect(new AwsError(500, body)).toMatchObject({ code: '', message: 'AWS answers 500', body });
    },
  );

  test('leaves the text of the service out of its message', async () => {
    // Prepare
    const secret = 'User: arn:aws:sts::123456789012:assumed-role/tools/ada is not authorized';
    const body = { __type: 'AccessDeniedException', message: secret, Message: secret };
    const { service } = await start(SECRETS_MANAGER, answers(400, body));

    // Act
    const outcome = await outcomeOf(service.call('GetSecretValue', { SecretId: 'of-ada' }, forever()));

    // Assess
    expect(outcome).toBeInstanceOf(AwsError);
    expect(outcome).toMatchObject({ message: 'AWS answers 400 AccessDeniedException', body });
    expect(outcome).toHaveProperty('stack', expect.not.stringMatching(/123456789012|ada/));
  });
});

describe('an aborted call', () => {
  // This time is enough for steps of a few milliseconds on a busy machine. Another attempt would take a second.
  const SOON_MS = 900;
  // This time is longer than the wait before a second attempt.
  const LATER_MS = 300;
  const aborted = { name: 'TransportError', failure: 'aborted' };

  test('sends nothing if it was aborted before it started', async () => {
    // Prepare
    const { service, received } = await start(DYNAMODB, succeeds);

    // Act
    const outcome = await outcomeOf(service.call('Any', {}, AbortSignal.abort()));

    // Assess
    expect(outcome).toMatchObject(aborted);
    expect(received).toEqual([]);
  });

  test('ends while it waits for the response, and closes the connection', async () => {
    // Prepare
    const controller = new AbortController();
    const { promise: cut, resolve } = Promise.withResolvers<void>();
    const { service, received } = await start(DYNAMODB, ({ socket }) => {
      socket.once('close', () => resolve());
      controller.abort();
    });
    const startedAtMs = performance.now();

    // Act
    const [outcome] = await Promise.all([outcomeOf(service.call('Any', {}, controller.signal)), cut]);

    // Assess
    expect(outcome).toMatchObject(aborted);
    expect(performance.now() - startedAtMs).toBeLessThan(SOON_MS);
    await wait(LATER_MS);
    expect(received).toHaveLength(1);
  });

  test('ends between two attempts, and starts no new attempt', async () => {
    // Prepare
    const controller = new AbortController();
    const { service, received } = await start(
      DYNAMODB,
      (request, response) => {
        response.once('close', () => setTimeout(() => controller.abort(), 5));
        answers(500, {})(request, response);
      },
      // The wait before the second attempt has a random length. The second attempt may have started already.
      hangs,
    );

    // Act
    const outcome = await outcomeOf(service.call('Any', {}, controller.signal));

    // Assess
    const sent = received.length;
    expect(outcome).toMatchObject(aborted);
    await wait(LATER_MS);
    expect(received).toHaveLength(sent);
  });
});

test.each([
  ['a success', succeeds],
  ['an error', refuses('ValidationException')],
])('a call leaves no timer after %s', async (_, step) => {
  // Prepare
  stopTimers();
  const { service } = await start(DYNAMODB, step);

  // Act
  const calling = outcomeOf(service.call('Any', {}, forever()));
  const during = vi.getTimerCount();
  await calling;

  // Assess
  expect([during, vi.getTimerCount()]).toEqual([1, 0]);
});

describe('a call without a response', () => {
  beforeEach(() => {
    // The AWS credentials of the developer's machine must not affect the tests.
    for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_')))
      vi.stubEnv(name, undefined);
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
      vi.stubEnv(name, '/nowhere/to/be/found');
  });

  /**
   * Starts a service whose caller has no credentials in its environment variables. The caller requests its
   * credentials from `machine`.
   */
  async function startOn(machine: RequestListener) {
    const { url, close } = await startRecordingServer(machine);
    closing.push(close);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${url}/credentials`);
    const { variables, received } = await start(DYNAMODB, succeeds);
    for (const name of Object.keys(KEYS)) delete variables[name];
    // Loads a new copy of the module. In the old copy, the AWS SDK would still wait for the request of the previous
    // test.
    vi.resetModules();
    const { AwsService: Anew } = await import('../../../lib/aws/aws-service.ts');
    return { service: new Anew(DYNAMODB, variables), received };
  }

  const drips: RequestListener = (_request, response) => {
    response.writeHead(200);
    const dripping = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(dripping));
  };

  test('ends before its deadline if the service or the source of the credentials does not respond', async () => {
    // Prepare
    const started = [await start(DYNAMODB, hangs), await start(DYNAMODB, drips), await startOn(hangs)];
    const startedAtMs = performance.now();

    // Act
    const ends = started.map(async ({ service }) => {
      const outcome = await outcomeOf(service.call('Any', {}, forever()));
      return { outcome, tookMs: performance.now() - startedAtMs };
    });
    const ended = await Promise.all(ends);

    // Assess
    expect(ended.map(({ outcome }) => outcome)).toEqual(
      Array(3).fill(expect.objectContaining({ name: 'TransportError' })),
    );
    // Each call has three seconds. The rest is a margin for a busy machine.
    expect(Math.max(...ended.map(({ tookMs }) => tookMs))).toBeLessThan(3_900);
    expect(started.map(({ received }) => received.length)).toEqual([3, 3, 0]);
  });

  test('ends when it is aborted while it requests credentials from the container', async () => {
    // Prepare
    const controller = new AbortController();
    let abortedAtMs = 0;
    const { service, received } = await startOn(() => {
      abortedAtMs = performance.now();
      controller.abort();
    });

    // Act
    const outcome = await outcomeOf(service.call('Any', {}, controller.signal));

    // Assess
    expect(outcome).toMatchObject({ name: 'TransportError', failure: 'aborted' });
    expect(performance.now() - abortedAtMs).toBeLessThan(900);
    expect(received).toEqual([]);
  });
});
