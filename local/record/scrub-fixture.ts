import * as z from 'zod';
import type { Tool } from '../../lib/contract/define-tool.ts';
import type { Body, Exchange, Json } from './fixture-schema.ts';
import { placeOfKey } from './json-leaves.ts';
import { Replacements } from './replacements.ts';
import { type ScrubContext, scrubJson, scrubKnownJson, scrubKnownString, scrubString } from './scrub-json.ts';
import { isLimit, kindOfKey } from './scrub-rules.ts';
import { scrubPath } from './scrub-text.ts';
import { isSecretKey } from './secret-patterns.ts';

/** What a recording holds before anything of it is written. */
export interface Recording {
  tool: Tool;
  /** For whom the tool ran. */
  identifier: string;
  /** The input of the first call, without a cursor. */
  input: Record<string, Json>;
  exchanges: readonly Exchange[];
}

export interface Scrubbed {
  input: Record<string, Json>;
  exchanges: Exchange[];
  replacements: Replacements;
}

/**
 * Replaces whatever in a recording may be somebody's, the same value by the same throughout. A credential stays, so that
 * the check afterwards finds it and refuses the recording.
 */
export function scrubRecording(recording: Recording): Scrubbed {
  const replacements = new Replacements();
  const { identifier } = recording;
  replacements.of(identifier.includes('@') ? 'e-mail address' : 'identifier', identifier, 'identifier');
  const context = { replacements, contractValues: contractValuesOf(recording.tool) };
  // Once to learn what there is, and once to find it everywhere.
  scrubOnce(recording, context);
  replacements.forgetTexts();
  return { ...scrubOnce(recording, context), replacements };
}

function scrubOnce(
  { input, exchanges }: Recording,
  context: ScrubContext,
): Pick<Scrubbed, 'input' | 'exchanges'> {
  const { replacements } = context;
  replacements.lookForKnown();
  const scrubbedInput = Object.fromEntries(
    Object.entries(input).map(([key, value]) => [
      key,
      scrubJson(value, placeOfKey('calls[0].input', key), context, key),
    ]),
  );
  replacements.lookForKnown();
  const answers = exchanges.map(({ answer }, index) =>
    scrubAnswer(answer, `exchanges[${index}].answer`, context),
  );
  replacements.lookForKnown();
  const requests = exchanges.map(({ request }, index) =>
    scrubRequest(request, `exchanges[${index}].request`, context),
  );
  return {
    input: scrubbedInput,
    exchanges: requests.flatMap((request, index) => {
      const answer = answers[index];
      return answer ? [{ request, answer }] : [];
    }),
  };
}

function scrubAnswer(answer: Exchange['answer'], place: string, context: ScrubContext): Exchange['answer'] {
  const headers = Object.entries(answer.headers).map(([name, value]) => {
    const spot = { ...context, key: name, place: placeOfKey(`${place}.headers`, name) };
    return [name, isLimit(name, value) ? value : scrubHeader(value, spot)];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body: scrubBody(answer.body, `${place}.body`, context, (value, at, key) =>
      typeof value === 'string'
        ? scrubString(value, { ...context, key, place: at })
        : scrubJson(value, at, context, key),
    ),
  };
}

/** Links and the like are read by their form; a term is one. */
function scrubHeader(value: string, spot: Parameters<typeof scrubString>[1]): string {
  return kindOfKey(spot.key) === undefined
    ? scrubKnownString(value, spot.place, spot)
    : scrubString(value, spot);
}

/** What the code of a tool wrote stays; what it has from the input or from an answer is known by now. */
function scrubRequest(
  request: Exchange['request'],
  place: string,
  context: ScrubContext,
): Exchange['request'] {
  const { replacements } = context;
  return {
    method: request.method,
    path: scrubPath(request.path, `${place}.path`, replacements),
    query: request.query.map(([name, value]) => [
      name,
      scrubParameter(name, value, placeOfKey(`${place}.query`, name), context),
    ]),
    body: scrubBody(request.body, `${place}.body`, context, (value, at) =>
      typeof value === 'string' ? scrubKnownString(value, at, context) : scrubKnownJson(value, at, context),
    ),
  };
}

function scrubParameter(name: string, value: string, place: string, context: ScrubContext): string {
  if (isSecretKey(name)) return value;
  return kindOfKey(name) === 'page token'
    ? scrubString(value, { ...context, key: name, place })
    : scrubKnownString(value, place, context);
}

function scrubBody(
  body: Body,
  place: string,
  { replacements }: ScrubContext,
  scrub: (value: Json, place: string, key: string) => Json,
): Body {
  if (body === null) return null;
  if ('json' in body) return { json: scrub(body.json, `${place}.json`, '') };
  if ('text' in body) return { text: String(scrub(body.text, `${place}.text`, 'text')) };
  return {
    form: body.form.map(([name, value]) => [
      replacements.get(name) ?? name,
      String(scrub(value, placeOfKey(`${place}.form`, name), name)),
    ]),
  };
}

const Values = z.object({ enum: z.array(z.unknown()).default([]), const: z.unknown().optional() });

/** The values that the input of a tool names, such as those of an enum. */
function contractValuesOf(tool: Tool): ReadonlySet<string> {
  const shapes = Object.values(tool.input.shape).map((field) =>
    Values.safeParse(z.toJSONSchema(z.object({ field })).properties?.field),
  );
  return new Set(
    shapes
      .flatMap(({ data }) => [...(data?.enum ?? []), data?.const])
      .filter((value) => typeof value === 'string'),
  );
}
