import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import type { ProviderAnswer, ProviderErrors, Refusal } from '../provider/provider-errors.ts';

// The one text of the proxy's own that is known; in which field it comes is not.
const TEXT = /^\W*proxy not enabled for provider\b/i;
const ProxyError = lazily(() => z.object({ message: z.string().optional(), error: z.string().optional() }));

/** The refusal of the proxy itself where it is not enabled for the provider; undefined for any other answer. */
export function proxyNotEnabled(answer: ProviderAnswer, errors: ProviderErrors): Refusal | undefined {
  const { status, body } = answer;
  const { message = '', error = '' } = (status >= 400 && ProxyError().safeParse(body).data) || {};
  // A provider may repeat what it was sent; one that names its error has answered itself.
  if (!(TEXT.test(message) || TEXT.test(error)) || errors.reason(answer) !== undefined) return undefined;
  return {
    code: 'not_configured',
    message: 'Scalekit has not enabled its proxy for this provider. Report this to the operator of the tool.',
    recognised: true,
  };
}
