import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import { actingParty } from '../identity/identify.ts';
import type { Handler } from '../lambda-handler.ts';
import { LeaseTable } from '../leases/lease-table.ts';
import { inputFaults } from '../runtime/input-faults.ts';
import { createScalekit } from '../scalekit/scalekit.ts';
import type { Environment } from '../settings/parse-settings.ts';
import { callerRules, readSettings, readWriteSettings } from '../settings/settings.ts';
import { createRoutedFunction, type SharedFunctionInvocation } from '../shared-function.ts';
import { type ApiGatewayEvent, apiGatewayCaller, apiGatewayInput } from '../surfaces/api-gateway-event.ts';
import { errorClass } from '../telemetry/failure-fields.ts';
import { partyFields } from '../telemetry/identifier-hash.ts';
import { bestEffort, createPowertoolsLog, type Log } from '../telemetry/log.ts';
import type { Deadline } from '../time/deadline.ts';
import type { AccountsCatalogue } from './accounts-catalogue.ts';
import { accountsOfCaller } from './accounts-of-caller.ts';
import { ACCOUNTS } from './declaration.ts';
import { createVerifyAccount } from './verify-account.ts';

interface AccountsOptions {
  variables?: Environment;
  log?: Log;
}

const AUTH_REQUEST_ID = /^[\x21-\x7e]{1,512}$/;

const Nothing = z.strictObject({});
const VerificationInput = z.strictObject({
  auth_request_id: z.string().regex(AUTH_REQUEST_ID, 'must be the ID that came with the user, unchanged'),
  state: z.string(),
});

/**
 * Makes the handler of `GET /accounts`, `POST /accounts/{connector}/authorize` and `POST /accounts/verify`. An
 * application calls these routes to let its user connect accounts. A caller sees and connects only their own
 * accounts.
 * @throws SettingsError
 */
export function createAccountsFunction(
  { connectors }: AccountsCatalogue,
  { variables = process.env, log: writeLog = createPowertoolsLog() }: AccountsOptions = {},
): Handler {
  const log = bestEffort(writeLog);
  const settings = readSettings(variables);
  const rules = callerRules(settings);
  const accounts = accountsOfCaller(connectors, rules, variables);
  const used = usedStates(variables, log);
  const { accountsApi: api, secret, token } = createScalekit(settings);
  const verifyAccount = createVerifyAccount({ api, secret, used });
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  if (variables.AWS_LAMBDA_FUNCTION_NAME) token.prime();

  return createRoutedFunction(
    ACCOUNTS,
    {
      'GET /accounts': list,
      'POST /accounts/{connector}/authorize': authorize,
      'POST /accounts/verify': verify,
    },
    ({ event, describe }) =>
      describe(partyFields(actingParty(apiGatewayCaller(event).caller, rules), '', secret.known)),
    log,
  );

  async function list({ event }: SharedFunctionInvocation, deadline: Deadline) {
    const statuses = accounts.all(apiGatewayCaller(event)).map(async ([connector, own]) => {
      const status = own && (await api.find(own.account, deadline));
      return { connector, status: status ?? null };
    });
    return { accounts: await Promise.all(statuses) };
  }

  async function authorize(invocation: SharedFunctionInvocation, deadline: Deadline) {
    const { event } = invocation;
    const { connector, account } = accounts.on(
      event.pathParameters?.connector ?? '',
      apiGatewayCaller(event),
    );
    parseInput(Nothing, event);
    await api.status(account, deadline);
    const { url, state, endsAtMs } = await api.createLink(account, deadline);
    report(invocation, 'consent started', connector, account.identifier);
    return { connector, authorization_url: url, state, expires_at: isoTime(endsAtMs) };
  }

  async function verify(invocation: SharedFunctionInvocation, deadline: Deadline) {
    const { event, context } = invocation;
    const own = accounts.all(apiGatewayCaller(event)).flatMap(([, account]) => account ?? []);
    const verified = await verifyAccount(
      parseInput(VerificationInput, event),
      own,
      deadline,
      (message, error) =>
        log('WARN', message, {
          tool: ACCOUNTS.name,
          request_id: context.awsRequestId ?? null,
          ...(error instanceof Error && { error_class: errorClass(error) }),
        }),
    );
    const account = own.find(({ connector }) => connector === verified.connector);
    report(invocation, 'account verified', verified.connector, account?.account.identifier ?? '');
    return verified;
  }

  function report(
    { event, describe, log: logSuccess }: SharedFunctionInvocation,
    message: string,
    connector: string,
    identifier: string,
  ): void {
    const acting = actingParty(apiGatewayCaller(event).caller, rules);
    describe({ ...partyFields(acting, identifier, secret.known), connector });
    logSuccess(message, ACCOUNTS.name);
  }
}

/** @throws SettingsError */
function usedStates(variables: Environment, log: Log): LeaseTable | undefined {
  const { IDEMPOTENCY_TABLE: table } = readWriteSettings(variables);
  if (table !== 'none') return new LeaseTable(table, variables);
  log('WARN', 'IDEMPOTENCY_TABLE is none: repeated verifications are not guarded against', {
    tool: ACCOUNTS.name,
  });
  return undefined;
}

function parseInput<Schema extends z.ZodType>(schema: Schema, event: ApiGatewayEvent): z.output<Schema> {
  const result = schema.safeParse(apiGatewayInput(event));
  if (result.success) return result.data;
  throw new ToolError('invalid_input', {
    message: 'The body does not fit this route. Correct the fields named in details and call again.',
    details: inputFaults(result.error.issues),
    cause: result.error,
  });
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : `${new Date(ms).toISOString().slice(0, -'.000Z'.length)}Z`;
}
