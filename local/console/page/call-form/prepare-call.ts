import type { CallRequest, CataloguedTool, ConsoleErrorBody, RecordedCall } from '../../console-api.ts';
import { isJsonObject, jsonFault, parseJsonObject } from '../shared/json.ts';
import type { CallSettings, SurfaceChoice } from './call-settings.ts';
import { type Draft, readDraft } from './draft.ts';
import { formFields } from './form-fields.ts';

export interface PreparedCall {
  request: CallRequest;
  /** Why the call cannot be sent; empty if the call is ready. */
  inputFaults: ConsoleErrorBody['details'];
  claimsFault: string | null;
}

/** Creates the request from a draft. */
export function prepareCall(
  tool: CataloguedTool,
  draft: Draft,
  settings: CallSettings,
  surface: SurfaceChoice | undefined,
): PreparedCall {
  const { input, faults } = readDraft(formFields(tool.inputSchema), draft);
  const { claims, fault } = surface?.takesClaims ? readClaims(settings.claims) : NO_CLAIMS;
  const key = surface?.takesKey ? settings.idempotencyKey : '';
  return {
    request: {
      tool: tool.name,
      surface: settings.surface,
      identifier: settings.identifier,
      input,
      ...(claims && { claims }),
      ...(key !== '' && { idempotencyKey: key }),
    },
    inputFaults: faults,
    claimsFault: fault,
  };
}

interface ReadClaims {
  claims: Record<string, unknown> | null;
  fault: string | null;
}

const NO_CLAIMS: ReadClaims = { claims: null, fault: null };

function readClaims(text: string): ReadClaims {
  if (text.trim() === '') return NO_CLAIMS;
  try {
    return { claims: parseJsonObject(text), fault: null };
  } catch (error) {
    return { claims: null, fault: jsonFault(error) };
  }
}

/** Creates the call for the next page; null if the tool is not a list or this was the last page. */
export function nextPage(
  tool: CataloguedTool,
  { idempotencyKey: _, ...request }: CallRequest,
  { result }: RecordedCall,
): CallRequest | null {
  const cursor = isJsonObject(result) ? result.next_cursor : undefined;
  if (typeof cursor !== 'string' || !('cursor' in tool.inputSchema.properties)) return null;
  return { ...request, input: { ...request.input, cursor } };
}
