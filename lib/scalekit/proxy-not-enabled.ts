import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import type { ProviderAnswer, ProviderErrors, Refusal } from '../provider/provider-errors.ts';

// The only known text of the proxy itself. The field that contains it is not documented.
const TEXT = /^\W*proxy not enabled for provider\b/i;
const ProxyError = lazily(() => z.object({ message: z.string().optional(), error: z.string().optional() }));

/** Returns the proxy's own refusal if it is not enabled for the provider, or undefined for any other response. */
export function proxyNotEnabled(answer: ProviderAnswer, errors: ProviderErrors): Refusal | undefined {
  const { status, body } = answer;
  const { message = '', error = '' } = (status >= 400 && ProxyError().safeParse(body).data) || {};
  // A provider may repeat our values. A response with the provider's error name comes from the provider.
  if (!(TEXT.test(message) || TEXT.test(error)) || errors.reason(answer) !== undefined) return undefined;
  return {
    code: 'not_configured',
    message: 'Scalekit has not enabled its proxy for this provider. Report this to the operator of the tool.',
    recognised: true,
  };
}
