import { AsyncLocalStorage } from 'node:async_hooks';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import type { AccessTokens } from './access-tokens.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { httpStatusOf } from './rpc-status.ts';

/** The record of the current request, for gRPC and REST. */
export const currentRecord = new AsyncLocalStorage<RecordedRequest>();

/** Rejects calls without a valid token, and notes the name of the method in the record. */
export function createRpcInterceptor(tokens: AccessTokens): Interceptor {
  return (next) => async (request) => {
    const record = currentRecord.getStore();
    if (record === undefined) throw new Error('A procedure was called outside a recorded request.');
    record.rpc = request.method.name;
    if (!request.stream) noteSubject(record, request.message);
    record.authorization = await tokens.check(request.header.get('authorization'));
    try {
      if (record.authorization !== 'valid') {
        throw new ConnectError('the access token is missing, invalid or expired', Code.Unauthenticated);
      }
      const response = await next(request);
      record.status = 200;
      return response;
    } catch (reason) {
      record.status = httpStatusOf(ConnectError.from(reason, Code.Internal).code);
      throw reason;
    }
  };
}

function noteSubject(record: RecordedRequest, message: object): void {
  if ('connector' in message && typeof message.connector === 'string') record.connection = message.connector;
  if ('identifier' in message && typeof message.identifier === 'string')
    record.identifier = message.identifier;
}
