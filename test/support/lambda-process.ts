// Emulates a Lambda environment in a separate process. It creates the handlers and makes all calls at the same time.
import * as z from 'zod';
import type { Handler } from '../../lib/lambda-handler.ts';
import { anyHandler } from '../../local/testing/any-handler.ts';
import * as tools from './acme.ts';
import { httpEvent, lambdaContext } from './http-event.ts';

const Calls = z.array(
  z.object({ tool: z.string(), user: z.string(), requestId: z.string(), input: z.unknown() }),
);

const handlers = new Map<string, Handler>(
  Object.values(tools).map((tool) => [tool.name, anyHandler(tool)] as const),
);

process.once('message', async (message) => {
  const answers = await Promise.all(
    Calls.parse(message).map(({ tool, user, requestId, input }) => {
      const event = httpEvent({
        claims: { sub: user },
        headers: { authorization: 'canary-jwt' },
        body: input,
      });
      return handlers.get(tool)?.(event, { ...lambdaContext(), awsRequestId: requestId });
    }),
  );
  process.send?.(answers, () => process.disconnect());
});
