import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import {
  type AuthorizationDetails,
  type ConnectedAccountService,
  ConnectorStatus,
  ConnectorType,
  type ListConnectedAccountsRequest,
} from '@scalekit-sdk/node/lib/pkg/grpc/scalekit/v1/connected_accounts/connected_accounts_pb.js';
import type { MagicLinks } from './magic-links.ts';
import type { Account, ScalekitState } from './scalekit-state.ts';

const DEFAULT_PAGE_SIZE = 30;

export interface ConnectedAccountServiceOptions {
  readonly url: string;
  readonly state: ScalekitState;
  readonly links: MagicLinks;
}

/**
 * The RPC methods that are emulated. The router responds to all other methods with the code Unimplemented.
 */
export function createConnectedAccountService({
  url,
  state,
  links,
}: ConnectedAccountServiceOptions): Partial<ServiceImpl<typeof ConnectedAccountService>> {
  const describe = (account: Account) => ({
    id: account.id,
    identifier: account.identifier,
    connector: account.connection,
    connectionId: `conn_${account.connection}`,
    provider: state.connection(account.connection).connector.toUpperCase(),
    status: ConnectorStatus[account.status],
    authorizationType: ConnectorType.OAUTH,
    updatedAt: timestampFromDate(account.updatedAt),
  });
  const describeWithCredentials = (account: Account) => ({
    ...describe(account),
    authorizationDetails: {
      details: { case: 'oauthToken' as const, value: { accessToken: account.accessToken ?? '' } },
    },
  });

  return {
    listConnectedAccounts: (request) => {
      const found = state.accounts.filter((account) =>
        isListed(request, account, state.connection(account.connection).connector),
      );
      const start = readPageToken(request.pageToken);
      const end = start + (request.pageSize || DEFAULT_PAGE_SIZE);
      return {
        connectedAccounts: found.slice(start, end).map(describe),
        totalSize: found.length,
        nextPageToken: end < found.length ? String(end) : '',
      };
    },

    createConnectedAccount: ({ connector, identifier, connectedAccount }) => {
      if (!connector || !identifier) {
        throw new ConnectError('connector and identifier are required', Code.InvalidArgument);
      }
      const accessToken = accessTokenIn(connectedAccount?.authorizationDetails);
      return {
        connectedAccount: describeWithCredentials(state.createAccount(connector, identifier, accessToken)),
      };
    },

    updateConnectedAccount: (request) => {
      const { connection, identifier } = state.selectAccount(selectorOf(request));
      const accessToken = accessTokenIn(request.connectedAccount?.authorizationDetails);
      const change = accessToken ? { status: 'ACTIVE' as const, accessToken } : {};
      return { connectedAccount: describeWithCredentials(state.setAccount(connection, identifier, change)) };
    },

    deleteConnectedAccount: (request) => {
      const { connection, identifier } = state.selectAccount(selectorOf(request));
      state.deleteAccount(connection, identifier);
      return {};
    },

    getMagicLinkForConnectedAccount: (request) => {
      const { connection, identifier } = state.selectAccount(selectorOf(request));
      const { state: opaqueState, userVerifyUrl } = request;
      const link = links.create({ connection, identifier, state: opaqueState, userVerifyUrl });
      return { link: `${url}/magicLink/${link.id}`, expiry: timestampFromDate(link.expiresAt) };
    },

    getConnectedAccountAuth: (request) => ({
      connectedAccount: describeWithCredentials(state.selectAccount(selectorOf(request))),
    }),

    getConnectedAccountDetails: (request) => ({
      connectedAccount: describe(state.selectAccount(selectorOf(request))),
    }),

    verifyConnectedAccountUser: (request) => {
      const { connection, identifier } = links.verify(request.authRequestId, request.identifier);
      const account = state.selectAccount({ connection, identifier });
      if (account.status !== 'PENDING_VERIFICATION') {
        throw new ConnectError('connected account awaits no verification', Code.FailedPrecondition);
      }
      state.setAccount(connection, identifier, { status: 'ACTIVE' });
      return {};
    },
  };
}

/** Scalekit's requests contain the name of the connection in the field `connector`. */
function selectorOf(request: {
  id?: string | undefined;
  connector?: string | undefined;
  identifier?: string | undefined;
}) {
  return { id: request.id, connection: request.connector, identifier: request.identifier };
}

function accessTokenIn(authorization: AuthorizationDetails | undefined): string | undefined {
  const details = authorization?.details;
  return details?.case === 'oauthToken' && details.value.accessToken !== ''
    ? details.value.accessToken
    : undefined;
}

function isListed(request: ListConnectedAccountsRequest, account: Account, connector: string): boolean {
  const { connectionNames, provider, query } = request;
  return (
    (!request.connector || request.connector === account.connection) &&
    (!request.identifier || request.identifier === account.identifier) &&
    (connectionNames.length === 0 || connectionNames.includes(account.connection)) &&
    (provider === '' || provider === connector.toUpperCase()) &&
    account.identifier.includes(query)
  );
}

function readPageToken(pageToken: string): number {
  if (pageToken === '') return 0;
  if (!/^\d{1,9}$/.test(pageToken)) {
    throw new ConnectError('page_token is not one of this service', Code.InvalidArgument);
  }
  return Number(pageToken);
}
