import * as z from 'zod';

export const AccountStatusSchema = z.enum([
  'ACTIVE',
  'EXPIRED',
  'PENDING_AUTH',
  'PENDING_VERIFICATION',
  'DISCONNECTED',
]);
/** The status of an account. The proxy accepts only `ACTIVE`. */
export type AccountStatus = z.infer<typeof AccountStatusSchema>;

const ConnectionSchema = z.strictObject({
  name: z.string().min(1),
  connector: z.string().min(1),
  providerUrl: z.url({ protocol: /^https?$/ }),
  proxyEnabled: z.boolean().default(true),
});

const GrantSchema = z.strictObject({
  connector: z.string().min(1),
  identifier: z.string().min(1).optional(),
  label: z.string().min(1),
  accessToken: z.string().min(1),
});

const AccountSchema = z.strictObject({
  connection: z.string().min(1),
  identifier: z.string().min(1),
  status: AccountStatusSchema,
  accessToken: z.string().min(1).optional(),
});

export const ScalekitSeedSchema = z
  .strictObject({
    connections: z.array(ConnectionSchema),
    grants: z.array(GrantSchema),
    accounts: z.array(AccountSchema),
  })
  .check(({ value, issues }) => {
    const refuse = (path: (string | number)[], message: string) =>
      issues.push({ code: 'custom', path, message, input: value });
    const connections = new Map(value.connections.map((connection) => [connection.name, connection]));

    for (const index of repeated(value.connections.map(({ name }) => [name]))) {
      refuse(['connections', index, 'name'], 'This connection name is already used.');
    }
    // The label identifies the grant on the consent page.
    for (const index of repeated(value.grants.map(({ connector, label }) => [connector, label]))) {
      refuse(['grants', index, 'label'], 'This connector already has a grant with this label.');
    }
    for (const index of repeated(value.accounts.map((account) => [account.connection, account.identifier]))) {
      refuse(
        ['accounts', index, 'identifier'],
        'This connection already has an account for this identifier.',
      );
    }
    for (const [index, account] of value.accounts.entries()) {
      const connection = connections.get(account.connection);
      if (connection === undefined) {
        refuse(['accounts', index, 'connection'], 'There is no connection with this name.');
      } else if (
        account.status === 'ACTIVE' &&
        account.accessToken === undefined &&
        findOwnGrant(value.grants, connection.connector, account.identifier) === undefined
      ) {
        refuse(['accounts', index, 'accessToken'], 'An ACTIVE account needs an access token or a grant.');
      }
    }
  });

/** A seed before validation: the initial connections, grants and accounts. Optional fields may be left out. */
export type ScalekitSeed = z.input<typeof ScalekitSeedSchema>;
/** A seed after validation. */
export type ParsedScalekitSeed = z.output<typeof ScalekitSeedSchema>;
export type Connection = ParsedScalekitSeed['connections'][number];
export type Grant = ParsedScalekitSeed['grants'][number];

export function findOwnGrant(grants: readonly Grant[], connector: string, identifier: string) {
  return grants.find((grant) => grant.connector === connector && grant.identifier === identifier);
}

function repeated(keys: readonly string[][]): number[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    const text = JSON.stringify(key);
    const isRepeated = seen.has(text);
    seen.add(text);
    return isRepeated ? [index] : [];
  });
}
