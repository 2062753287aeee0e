import type { TokenRefusal } from '../../../local/providers/token-guard.ts';

/** https://developers.google.com/workspace/gmail/api/guides/handle-errors */
function googleError(code: number, status: string, reason: string, message: string): TokenRefusal {
  const errors = [{ message, domain: 'global', reason }];
  return { status: code, body: { error: { code, message, errors, status } } };
}

export const invalidCredentials = (): TokenRefusal =>
  googleError(
    401,
    'UNAUTHENTICATED',
    'authError',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
  );
export const insufficientPermissions = (): TokenRefusal =>
  googleError(
    403,
    'PERMISSION_DENIED',
    'insufficientPermissions',
    'Request had insufficient authentication scopes.',
  );
export const notFound = (): TokenRefusal =>
  googleError(404, 'NOT_FOUND', 'notFound', 'Requested entity was not found.');
