import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';

/**
 * The response header in which an emulated provider explains an error to the author of a tool. The
 * explanation is a missing route of the emulator, or another reason in plain text. A 404 without the header
 * means that the requested object does not exist.
 */
export const EMULATOR_HEADER = 'x-emulator';

const NO_ROUTE_VALUE = 'no route';

/** The headers with which an emulator reports an unknown route. */
export const NO_ROUTE = { [EMULATOR_HEADER]: NO_ROUTE_VALUE };

/** True if the headers of an emulator's response report an unknown route. */
export function reportsNoRoute(headers: IncomingHttpHeaders): boolean {
  return headers[EMULATOR_HEADER] === NO_ROUTE_VALUE;
}

// The responses of the package `emulate` to an unknown route. The first format comes from the package's own
// services, the second from emulators that use its function defineEmulator.
const UnknownRoute = z.union([
  z.strictObject({ error: z.literal('Not Found') }),
  z.strictObject({
    message: z.literal('Not Found'),
    documentation_url: z.url({ hostname: /^emulate\.dev$/ }),
  }),
]);

/** True if the body of a 404 is the response of `emulate` to an unknown route. */
export function isUnknownRoute(body: unknown): boolean {
  return UnknownRoute.safeParse(body).success;
}

/** Returns a text that names the missing route, and where to add it. */
export function describeMissingRoute(connector: string, method: string, url: string): string {
  const [path = ''] = url.split('?');
  return `The emulated provider has no route ${method} ${path}. Check the path, or add the route in functions/${connector}/local/.`;
}
