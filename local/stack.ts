import type { ToolModule } from '../lib/deploy/discover-tools.ts';
import type { McpCatalogue } from '../lib/mcp/mcp-catalogue.ts';
import type { InvokeTool } from '../lib/mcp/tool-invoker.ts';
import type { Environment } from '../lib/settings/parse-settings.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { Application } from './application/start-application.ts';
import type { CallRecorder } from './calls/call-recorder.ts';
import type { LocalDynamoDb } from './dynamodb/start-dynamodb.ts';
import type { Gateway } from './gateway/start-gateway.ts';
import type { Issuer } from './issuer/start-issuer.ts';
import type { ToolFunction } from './lambda/stack-functions.ts';
import type { InvokeApi } from './lambda/start-invoke-api.ts';
import type { LocalProvider } from './providers/local-provider.ts';
import type { ScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';

export interface StackOptions {
  /**
   * The port of the first server. The other servers have fixed offsets from this port. 0, the default, uses
   * any free ports.
   */
  firstPort?: number;
  /** Settings in addition to the settings of the stack. */
  variables?: Environment;
  /** The settings of a real Scalekit environment. If they are set, no Scalekit and no providers are emulated. */
  scalekit?: Environment;
  /**
   * Starts a proxy between the tools and Scalekit. The function receives Scalekit's URL and returns the
   * proxy's URL, which the tools then use.
   */
  inFrontOfScalekit?: (scalekitUrl: string) => Promise<{ url: string; close(): Promise<void> }>;
  log?: Log;
  /** Returns the tools; by default the tools of this project. */
  tools?: (faultOf: Stack['faultOf']) => Promise<readonly ToolModule[]>;
}

export interface Stack {
  gateway: Gateway;
  /** The Lambda API, which invokes functions directly. */
  lambda: InvokeApi;
  dynamoDb: LocalDynamoDb;
  issuer: Issuer;
  /** The pages at CONNECT_URL and USER_VERIFY_URL; undefined for a real Scalekit environment. */
  application: Application | undefined;
  /** Undefined for a real Scalekit environment. */
  scalekit: ScalekitEmulator | undefined;
  readonly providers: LocalProvider[];
  /** The settings of the functions. */
  variables: Environment;
  /** The deployed tools and their files. */
  readonly tools: readonly ToolModule[];
  readonly functions: readonly ToolFunction[];
  readonly catalogue: McpCatalogue;
  /** The latest calls of tools, with their traces. */
  calls: CallRecorder;
  /** Invokes the function of a tool, in the same way as the MCP function. */
  invoke: InvokeTool;
  /**
   * Replaces the tools. Calls that are running use the earlier tools until they end.
   * @throws SettingsError or AuthoringError. In both cases, the earlier tools stay.
   */
  deploy(tools: readonly ToolModule[]): void;
  /** Returns why a tool cannot be deployed, or undefined if it can. */
  faultOf(tool: ToolModule): Error | undefined;
  /** Starts new and changed emulated providers and adds them to Scalekit. Returns the names of their connectors. */
  reloadProviders(): Promise<string[]>;
  close(): Promise<void>;
}
