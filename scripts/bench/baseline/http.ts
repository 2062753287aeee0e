/** What the baseline reads of an HTTP API's event. */
export interface HttpEvent {
  requestContext: { authorizer: { jwt: { claims: { sub: string } } } };
  body: string;
}

export function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
