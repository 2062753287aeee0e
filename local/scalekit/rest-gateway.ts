import {
  type DescMessage,
  type DescMethodUnary,
  type DescService,
  fromJson,
  type JsonObject,
  toJson,
} from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import * as z from 'zod';
import { Router } from '../router.ts';
import { type HttpExchange, readJson, sendJson, sendRpcError } from './http-exchange.ts';
import { httpRulesOf } from './http-rules.ts';

const JsonObjectSchema = z.record(z.string(), z.json());

/** Serves a gRPC service as a REST API. The routes come from the service's `google.api.http` annotations. */
export function createRestGateway(service: DescService, transport: Transport) {
  const router = new Router(httpRulesOf(service).map(({ route, rpc }) => [route, rpc]));

  return async (exchange: HttpExchange): Promise<void> => {
    const { request, response, pathname } = exchange;
    const found = router.find(request.method, pathname);
    if (!found) {
      // If the path exists only with another method, grpc-gateway sends this response.
      if (router.hasPath(pathname)) sendRpcError(response, Code.Unimplemented, 'Method Not Allowed');
      else sendRpcError(response, Code.NotFound, 'Not Found');
      return;
    }
    const { target: rpc, pathParameters } = found;
    const input = parseMessage(rpc.input, { ...(await readInput(rpc, exchange)), ...pathParameters });
    const { authorization } = request.headers;
    const headers = authorization === undefined ? {} : { authorization };
    const { message } = await transport.unary(rpc, undefined, undefined, headers, input);
    sendJson(
      response,
      200,
      toJson(rpc.output, message, { useProtoFieldName: true, alwaysEmitImplicit: true }),
    );
  };
}

async function readInput(rpc: DescMethodUnary, { request, target }: HttpExchange): Promise<JsonObject> {
  const hasBody = request.method !== 'GET' && request.method !== 'DELETE';
  return hasBody ? readJsonObject(request) : readQuery(rpc.input, target);
}

async function readJsonObject(request: HttpExchange['request']): Promise<JsonObject> {
  const parsed = JsonObjectSchema.safeParse(await readJson(request));
  if (!parsed.success) {
    throw new ConnectError('the body is not a JSON object', Code.InvalidArgument);
  }
  return parsed.data;
}

function readQuery(schema: DescMessage, target: string): JsonObject {
  const query = new URLSearchParams(target.split('?').slice(1).join('?'));
  const json: JsonObject = {};
  for (const field of schema.fields) {
    const values = [
      ...query.getAll(field.name),
      ...(field.jsonName === field.name ? [] : query.getAll(field.jsonName)),
    ];
    const last = values.at(-1);
    if (last === undefined) continue;
    json[field.name] = field.fieldKind === 'list' ? values : last;
  }
  return json;
}

function parseMessage(schema: DescMessage, json: JsonObject) {
  try {
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'the request does not fit';
    throw new ConnectError(reason, Code.InvalidArgument, undefined, undefined, cause);
  }
}
