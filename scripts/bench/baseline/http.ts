/** The fields that the baseline reads from an HTTP API event. */
export interface HttpEvent {
  requestContext: { authorizer: { jwt: { claims: { sub: string } } } };
  body: string;
}

export function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
