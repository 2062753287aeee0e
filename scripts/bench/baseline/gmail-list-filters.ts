// The baseline of the benchmark: a custom tool with the whole SDK, as in Scalekit's documentation.
// https://docs.scalekit.com/agentkit/overview
import { ScalekitClient } from '@scalekit-sdk/node';
import { ConnectorStatus } from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import { answer, type HttpEvent } from './http.ts';

const { SCALEKIT_ENV_URL = '', SCALEKIT_CLIENT_ID = '', SCALEKIT_CLIENT_SECRET = '' } = process.env;
const { actions } = new ScalekitClient(SCALEKIT_ENV_URL, SCALEKIT_CLIENT_ID, SCALEKIT_CLIENT_SECRET);

export async function handler({ requestContext }: HttpEvent) {
  const user = { connectionName: 'gmail', identifier: requestContext.authorizer.jwt.claims.sub };
  const { connectedAccount } = await actions.getOrCreateConnectedAccount(user);
  if (connectedAccount?.status !== ConnectorStatus.ACTIVE) {
    const { link } = await actions.getAuthorizationLink(user);
    return answer(403, { authorization_url: link });
  }
  const { data } = await actions.request({
    ...user,
    method: 'GET',
    path: '/gmail/v1/users/me/settings/filters',
  });
  return answer(200, { filters: data.filter });
}
