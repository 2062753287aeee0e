// Runs the servers that the functions call. They run in a separate process, so that their CPU time is not part of the
// measurement.
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import { startIssuer } from '../../local/issuer/start-issuer.ts';
import { startScalekitEmulator } from '../../local/scalekit/start-scalekit-emulator.ts';
import { SECRET_ARN, startSecretsManager } from '../../local/secrets-manager/start-secrets-manager.ts';
import { ScriptedProvider } from '../../local/testing/scripted-provider.ts';
import type { Addresses, Counts, ServerOptions } from './servers.ts';
import { startDistance } from './start-distance.ts';

const USER = 'user_ada';
const CONNECTORS = ['gmail', 'slack'];

const { filters, internetMs, awsMs }: ServerOptions = JSON.parse(process.argv[2] ?? '');

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/gmail/v1/users/me/settings/filters': {
    filter: Array.from({ length: filters }, (_, number) => ({
      id: `ANe1Bmj${number}`,
      criteria: { from: `news${number}@example.com`, hasAttachment: true },
      // These are labels that every Gmail account has. For a label that a user made, the tool would make another
      // request, but the baseline would not.
      action: { addLabelIds: ['STARRED'], removeLabelIds: ['INBOX'] },
    })),
  },
  '/api/chat.postMessage': { ok: true, channel: 'C024BE91L', ts: '1503435956.000247' },
};

const provider = await ScriptedProvider.start();
provider.script = ({ url = '' }) => {
  provider.requests.length = 0;
  return { body: ANSWERS[url] ?? {} };
};
const scalekit = await startScalekitEmulator({
  seed: {
    connections: CONNECTORS.map((name) => ({ name, connector: name, providerUrl: provider.url })),
    grants: CONNECTORS.map((connector) => ({
      connector,
      identifier: USER,
      label: USER,
      accessToken: `${connector}-token`,
    })),
    accounts: CONNECTORS.map((connection) => ({ connection, identifier: USER, status: 'ACTIVE' })),
  },
});
const secretsManager = await startSecretsManager(scalekit.clientSecret);
const dynamoDb = await startDynamoDb();
const issuer = await startIssuer({ latencyMs: internetMs });

const requestsByPort = new Map<string, number>();
subscribe('http.server.request.start', (message) => {
  const port = portOf(message);
  requestsByPort.set(port, (requestsByPort.get(port) ?? 0) + 1);
});

function portOf(message: unknown): string {
  const { socket }: { socket: Socket } = Object(message);
  return String(socket.localPort);
}

function requestsOf(...urls: string[]): number {
  return urls.reduce((sum, url) => sum + (requestsByPort.get(new URL(url).port) ?? 0), 0);
}

const far = async (url: string, latencyMs: number) => (await startDistance(url, latencyMs)).url;
const addresses: Addresses = {
  scalekit: await far(scalekit.url, internetMs),
  clientId: scalekit.clientId,
  clientSecret: scalekit.clientSecret,
  secretsManager: await far(secretsManager.url, awsMs),
  secretArn: SECRET_ARN,
  dynamoDb: await far(dynamoDb.url, awsMs),
  table: dynamoDb.variables.IDEMPOTENCY_TABLE ?? '',
  issuer: issuer.url,
  audience: issuer.audience,
  token: await issuer.sign({ sub: USER }),
};
process.send?.(addresses);

process.on('message', () => {
  const counts: Counts = {
    scalekit: scalekit.requestCount,
    aws: requestsOf(secretsManager.url, dynamoDb.url),
    issuer: requestsOf(issuer.url),
  };
  process.send?.(counts);
});
process.once('disconnect', () => process.exit());
