import type { Handler } from '../create-handler.ts';
import { createWebhookFunction } from './webhook-function.ts';

export { createWebhookFunction, type WebhookOptions } from './webhook-function.ts';

// Outside Lambda importing this file reads no setting.
const inLambda = process.env.AWS_LAMBDA_FUNCTION_NAME ? createWebhookFunction() : undefined;

/** The Lambda function of `POST /webhooks/scalekit`. */
export const handler: Handler = (event, context) => (inLambda ?? createWebhookFunction())(event, context);
