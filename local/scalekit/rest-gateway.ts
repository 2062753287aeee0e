import { type DescMessage, type DescService, fromJson, type JsonObject, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import * as z from 'zod';
import { type HttpExchange, readJson, sendJson, sendRpcError } from './http-exchange.ts';
import { type HttpRule, httpRulesOf } from './http-rules.ts';

const jsonObjectSchema = z.record(z.string(), z.json());

/** Serves the procedures of a service as REST, by their `google.api.http` annotations. */
export function createRestGateway(service: DescService, transport: Transport) {
  const rules = httpRulesOf(service);

  return async (exchange: HttpExchange): Promise<void> => {
    const { request, response, pathname } = exchange;
    const samePath = rules.filter(({ pattern }) => pattern.test(pathname));
    const rule = samePath.find(({ httpMethod }) => httpMethod === request.method);
    if (rule === undefined) {
      // As grpc-gateway answers a path that exists under another method.
      if (samePath.length > 0) sendRpcError(response, Code.Unimplemented, 'Method Not Allowed');
      else sendRpcError(response, Code.NotFound, 'Not Found');
      return;
    }
    const { rpc } = rule;
    const input = parseMessage(rpc.input, await readInput(rule, exchange));
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

async function readInput(rule: HttpRule, { request, target, pathname }: HttpExchange): Promise<JsonObject> {
  const values = rule.pattern.exec(pathname)?.slice(1) ?? [];
  const fromPath = Object.fromEntries(
    rule.pathFields.map((name, index) => [name, decodePathValue(values[index] ?? '')]),
  );
  const hasBody = rule.httpMethod !== 'GET' && rule.httpMethod !== 'DELETE';
  const rest = hasBody ? await readBody(request) : readQuery(rule.rpc.input, target);
  return { ...rest, ...fromPath };
}

async function readBody(request: HttpExchange['request']): Promise<JsonObject> {
  const parsed = jsonObjectSchema.safeParse(await readJson(request));
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

function decodePathValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new ConnectError('the path is not URL-encoded', Code.InvalidArgument, undefined, undefined, cause);
  }
}
