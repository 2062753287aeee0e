import * as z from 'zod';
import { StoredSecret } from '../aws/stored-secret.ts';
import type { Handler } from '../create-handler.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError } from '../errors/tool-error.ts';
import { createHttpFunction, type HttpInvocation } from '../http-function.ts';
import { LeaseTable } from '../leases/lease-table.ts';
import { invocationDeadline } from '../runtime/invocation-deadline.ts';
import type { Environment } from '../settings/environment.ts';
import { readWebhookSettings } from '../settings/webhook-settings.ts';
import { httpAnswer } from '../surfaces/http-answer.ts';
import { type CountLeftActive, createLeftActiveMetric } from '../telemetry/accounts-left-active.ts';
import { contained } from '../telemetry/contained.ts';
import { errorClass } from '../telemetry/error-class.ts';
import type { Log } from '../telemetry/log.ts';
import { createPowertoolsLog } from '../telemetry/powertools-log.ts';
import { parseJson } from '../text/parse-json.ts';
import type { Deadline } from '../time/deadline.ts';
import { type AccountStatusDetail, AccountStatusUpdated, STATUS_UPDATED } from './account-status-event.ts';
import { type Delivery, readDelivery } from './delivery.ts';
import { createPutAccountStatus } from './event-bus.ts';
import { createOncePerDelivery } from './once-per-delivery.ts';
import { SignatureCheck } from './signature-check.ts';

export interface WebhookOptions {
  variables?: Environment;
  log?: Log;
  /** By default a metric in CloudWatch's embedded format on stdout. */
  countLeftActive?: CountLeftActive;
}

const NAME = 'webhook';
const ROUTE = 'POST /webhooks/scalekit';
const PATH = '/webhooks/scalekit';
const ACTIVE = 'ACTIVE';

const Typed = z.object({ type: z.string() });

/**
 * Makes the handler of `POST /webhooks/scalekit`, a route without authorizer: Scalekit's signature alone says who calls.
 * A changed status of an account becomes one event on EventBridge.
 * https://docs.scalekit.com/reference/webhooks/overview/
 * @throws SettingsError
 */
export function createWebhookFunction({
  variables = process.env,
  log: writeLog = createPowertoolsLog(),
  countLeftActive = createLeftActiveMetric(),
}: WebhookOptions = {}): Handler {
  const log = contained(writeLog);
  const count = contained(countLeftActive);
  const settings = readWebhookSettings(variables);
  const check = new SignatureCheck(
    new StoredSecret({
      secret: settings.SCALEKIT_WEBHOOK_SECRET,
      arn: settings.SCALEKIT_WEBHOOK_SECRET_ARN,
    }),
  );
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  if (variables.AWS_LAMBDA_FUNCTION_NAME) check.prime();
  const putAccountStatus = createPutAccountStatus(settings.EVENT_BUS, variables);
  const oncePerDelivery = createOncePerDelivery(deliveries(settings.IDEMPOTENCY_TABLE));

  return createHttpFunction(
    NAME,
    async (invocation) => {
      const { event, context } = invocation;
      const deadline = invocationDeadline(context);
      try {
        const delivery = readDelivery(event);
        await check.assertSigned(delivery, deadline.signal);
        if (event.routeKey !== ROUTE) throw unknownRoute();
        await take(delivery, invocation, deadline);
        return httpAnswer(200, '{}', context.awsRequestId ?? null);
      } finally {
        deadline.end();
      }
    },
    log,
  );

  async function take(delivery: Delivery, { report, context }: HttpInvocation, deadline: Deadline) {
    const payload = parseJson(delivery.body);
    if (Typed.safeParse(payload).data?.type !== STATUS_UPDATED) return;
    const { success, data: detail, error } = AccountStatusUpdated.safeParse(payload);
    if (!success) {
      // Answered with 200: the same bytes would come again for days, and the ERROR line is what calls the operator.
      report(
        new ToolError('internal_error', {
          cause: new SchemaMismatch(AccountStatusUpdated.in, error),
          upstream: { status: null, pathTemplate: PATH },
        }),
      );
      return;
    }
    await oncePerDelivery(
      delivery.id,
      () => pass(detail, deadline),
      deadline,
      (message, failure) =>
        log('WARN', message, {
          tool: NAME,
          request_id: context.awsRequestId ?? null,
          ...(failure instanceof Error && { error_class: errorClass(failure) }),
        }),
    );
  }

  async function pass(detail: AccountStatusDetail, { signal }: Deadline): Promise<void> {
    await putAccountStatus(detail, signal);
    if (detail.old_status === ACTIVE && detail.status !== ACTIVE) count(detail.connection);
  }

  function deliveries(table: string): LeaseTable | undefined {
    if (table !== 'none') return new LeaseTable(table, variables);
    log('WARN', 'IDEMPOTENCY_TABLE is none: repeated deliveries are not guarded against', { tool: NAME });
    return undefined;
  }
}

function unknownRoute(): ToolError {
  return new ToolError('internal_error', {
    message: `This function serves ${ROUTE} alone. Report this to the operator.`,
  });
}
