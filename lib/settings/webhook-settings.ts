import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { Environment } from './environment.ts';
import { parseSettings } from './parse-settings.ts';
import { idempotencyTable } from './settings.ts';

const SECRET = /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/;

/** Whether a text is a secret with which deliveries are signed: `whsec_` and at least 16 bytes in base64. */
export function isWebhookSecret(text: string): boolean {
  if (!SECRET.test(text)) return false;
  try {
    return Boolean(new Webhook(text));
  } catch {
    return false;
  }
}

const Webhooks = z
  .object({
    SCALEKIT_WEBHOOK_SECRET: z
      .string()
      .refine(isWebhookSecret)
      .optional()
      .describe('the signing secret of the webhook, whsec_… (or set SCALEKIT_WEBHOOK_SECRET_ARN)'),
    SCALEKIT_WEBHOOK_SECRET_ARN: z
      .string()
      .regex(/^arn:[^:]+:secretsmanager:/)
      .optional()
      .describe('the ARN of the Secrets Manager secret that holds the signing secret of the webhook'),
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
    EVENT_BUS: z
      .string()
      .regex(/^(?:[\w.-]{1,256}|arn:[^:]+:events:[\w./:-]+)$/)
      .default('default')
      .describe('the name or the ARN of the EventBridge bus that gets what happens to accounts'),
    IDEMPOTENCY_TABLE: idempotencyTable(),
  })
  // Told together with the other faults, so that one start shows them all.
  .refine((values) => Boolean(values.SCALEKIT_WEBHOOK_SECRET || values.SCALEKIT_WEBHOOK_SECRET_ARN), {
    path: ['SCALEKIT_WEBHOOK_SECRET'],
    when: () => true,
  });

/** What the webhook needs, or a `SettingsError`. */
export function readWebhookSettings(environment: Environment): z.output<typeof Webhooks> {
  return parseSettings(Webhooks, environment);
}
