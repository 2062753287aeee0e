import * as z from 'zod';

/** The response header that an emulated provider sends if it lacks the route, not only the requested thing. */
export const EMULATOR_HEADER = 'x-emulator';

/** The headers for an emulator's own answer to an unknown route. */
export const NO_ROUTE = { [EMULATOR_HEADER]: 'no route' };

// The answers of the package `emulate` to an unknown route, those of its own services and those of defineEmulator.
const UnknownRoute = z.union([
  z.strictObject({ error: z.literal('Not Found') }),
  z.strictObject({
    message: z.literal('Not Found'),
    documentation_url: z.url({ hostname: /^emulate\.dev$/ }),
  }),
]);

/** True if the body of a 404 is the answer of `emulate` to a route that it does not know. */
export function isUnknownRoute(body: unknown): boolean {
  return UnknownRoute.safeParse(body).success;
}

/** Says which route is missing, and where to add it. */
export function describeMissingRoute(connector: string, method: string, url: string): string {
  const [path = ''] = url.split('?');
  return `The emulated provider has no route ${method} ${path}. Check the path, or add the route in functions/${connector}/local/.`;
}
