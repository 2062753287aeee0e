/** The fields of an HTTP API event that the baseline reads. */
export interface HttpEvent {
  requestContext: { authorizer: { jwt: { claims: { sub: string } } } };
  body: string;
}

export function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
