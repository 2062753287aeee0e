// The package's public entry point for authors of tools and connectors.

export { onlyMatch } from './contract/candidates.ts';
export { completeness, completenessOutput } from './contract/completeness.ts';
export { type Connector, defineConnector } from './contract/define-connector.ts';
export { defineTool, type Effect, type RunContext, type Tool } from './contract/define-tool.ts';
export { id, text } from './contract/fields.ts';
export {
  emailAddressOf,
  emailInput,
  idInput,
  integerInput,
  readBesideInput,
  readInput,
  textInput,
} from './contract/inputs.ts';
export type { ListResult, Page } from './contract/paging.ts';
export { boundInput, dayInput, momentInput, providerTime, time, utcTime } from './contract/times.ts';
export { createRunner, type Runner } from './create-runner.ts';
export { ERROR_CODES, type ErrorCode } from './errors/error-codes.ts';
export { type Candidate, type ErrorBody, type ErrorDetail, ToolError } from './errors/tool-error.ts';
export { errorRules, type FaultPattern, faultsInText } from './provider/error-rules.ts';
export { lenientList, maybeText } from './provider/lenient.ts';
export { ifReadable } from './provider/optional-read.ts';
export { multiSegment, type ProviderPath, path, slashedSegment } from './provider/path.ts';
export type { ProviderClient, ProviderRequestOptions, ProviderResponse } from './provider/provider-client.ts';
export type {
  ProviderAnswer,
  ProviderErrorRule,
  ProviderErrors,
  ProviderFault,
} from './provider/provider-errors.ts';
export type { RuntimeOptions } from './runtime/runtime.ts';
export { SettingsError } from './settings/settings-error.ts';
export type { Log, LogFields } from './telemetry/log.ts';
export type { CallMeasurements, RecordMetrics } from './telemetry/metrics.ts';
export { cleanText } from './text/clean-text.ts';
export { htmlToText } from './text/html-to-text.ts';
export { parseJson } from './text/json.ts';
