import { ToolError } from '../errors/tool-error.ts';
import type { HttpResponse } from '../http-client/http-client.ts';
import { retryAfterSeconds } from '../http-client/retry-after.ts';

/**
 * Returns the error for a failed response from Scalekit's own endpoints.
 * @param doing the request, as the end of the sentence "Scalekit refuses …"
 */
export function scalekitError({ status, headers }: HttpResponse, doing: string): ToolError {
  if (status === 429) {
    return new ToolError('rate_limited', {
      message: 'Scalekit limits the rate of calls. Repeat this one after retry_after_seconds.',
      retryAfterSeconds: retryAfterSeconds(headers),
    });
  }
  if (status >= 400 && status < 500) {
    return new ToolError('not_configured', {
      message: `Scalekit refuses ${doing}. Report this to the operator of the tool.`,
    });
  }
  return new ToolError('scalekit_unavailable');
}

/**
 * Returns `scalekit_unavailable` if the signal ended a wait for Scalekit. Any other error is returned unchanged,
 * because a programming error must not look like an outage.
 */
export function endedWaitError(error: unknown, { reason }: AbortSignal): unknown {
  return error !== undefined && error === reason
    ? new ToolError('scalekit_unavailable', { cause: error })
    : error;
}
