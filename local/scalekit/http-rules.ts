import type { DescMethod, DescMethodUnary, DescService } from '@bufbuild/protobuf';
import { BinaryReader } from '@bufbuild/protobuf/wire';

// The field numbers of the extension `google.api.http` and of the message `google.api.HttpRule`. The
// generated code does not know this extension, so the annotation of a method is read from the bytes of an
// unknown field.
const HTTP_EXTENSION = 72295728;
const HTTP_METHOD_OF_FIELD: Readonly<Record<number, string>> = {
  2: 'GET',
  3: 'PUT',
  4: 'POST',
  5: 'DELETE',
  6: 'PATCH',
};
const ADDITIONAL_BINDINGS_FIELD = 11;

export interface HttpRule {
  readonly rpc: DescMethodUnary;
  /** For example `GET /api/v1/things/{id}`. The variable `id` is also the name of a field in the message. */
  readonly route: string;
}

/** The REST routes of a service. */
export function httpRulesOf(service: DescService): HttpRule[] {
  return service.methods.flatMap((rpc) => (isUnary(rpc) ? rulesOf(rpc) : []));
}

function isUnary(rpc: DescMethod): rpc is DescMethodUnary {
  return rpc.methodKind === 'unary';
}

function rulesOf(rpc: DescMethodUnary): HttpRule[] {
  const annotations = rpc.proto.options?.$unknown?.filter(({ no }) => no === HTTP_EXTENSION) ?? [];
  return annotations.flatMap(({ data }) => readRule(rpc, new BinaryReader(data).bytes()));
}

function readRule(rpc: DescMethodUnary, bytes: Uint8Array): HttpRule[] {
  const reader = new BinaryReader(bytes);
  const rules: HttpRule[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const httpMethod = HTTP_METHOD_OF_FIELD[field];
    if (httpMethod !== undefined) {
      rules.push({ rpc, route: `${httpMethod} ${reader.string()}` });
    } else if (field === ADDITIONAL_BINDINGS_FIELD) {
      rules.push(...readRule(rpc, reader.bytes()));
    } else {
      // Other fields are not needed. For example, `body` is always "*" if a method has a body.
      reader.skip(wireType, field);
    }
  }
  return rules;
}
