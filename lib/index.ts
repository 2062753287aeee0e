// The package's public face: what a tool or a connector is written with.

export { completeness, completenessOutput } from './contract/completeness.ts';
export { type Connector, defineConnector } from './contract/define-connector.ts';
export { defineTool, type Effect, type RunContext, type Tool } from './contract/define-tool.ts';
export { id, text } from './contract/fields.ts';
export { emailAddressOf, emailInput, idInput, readInput, textInput } from './contract/inputs.ts';
export type { ListResult, Page } from './contract/paging.ts';
export { boundInput, dayInput, momentInput, providerTime, time } from './contract/times.ts';
export { createRunner, type Runner } from './create-runner.ts';
export { ERROR_CODES, type ErrorCode } from './errors/error-codes.ts';
export { type Candidate, type ErrorBody, type ErrorDetail, ToolError } from './errors/tool-error.ts';
export type { RuntimeOptions } from './runtime/runtime.ts';
export { errorRules } from './scalekit/error-rules.ts';
export { type FaultPattern, faultsInText } from './scalekit/faults-in-text.ts';
export { lenientList, maybeText } from './scalekit/lenient.ts';
export { multiSegment, type ProviderPath, path, slashedSegment } from './scalekit/path.ts';
export type { ProviderClient, ProviderRequestOptions, ProviderResponse } from './scalekit/provider-client.ts';
export type {
  ProviderAnswer,
  ProviderErrorRule,
  ProviderErrors,
  ProviderFault,
} from './scalekit/provider-errors.ts';
export { SettingsError } from './settings/settings-error.ts';
export type { CallMeasurements, RecordMetrics } from './telemetry/call-measurements.ts';
export type { Log, LogFields } from './telemetry/log.ts';
export { htmlToText } from './text/html-to-text.ts';
export { parseJson } from './text/parse-json.ts';
