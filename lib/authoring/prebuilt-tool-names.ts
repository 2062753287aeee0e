import names from './prebuilt-tool-names.json' with { type: 'json' };

/**
 * The names of Scalekit's own tools for the connectors here, as its documentation lists them in November 2026.
 * https://docs.scalekit.com/agentkit/connectors/
 */
export const PREBUILT_TOOL_NAMES: ReadonlySet<string> = new Set(Object.values(names).flat());
