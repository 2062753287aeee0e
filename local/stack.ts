import type { ToolModule } from '../lib/deploy/discover-tools.ts';
import type { McpCatalogue } from '../lib/mcp/mcp-catalogue.ts';
import type { InvokeTool } from '../lib/mcp/tool-invoker.ts';
import type { Environment } from '../lib/settings/environment.ts';
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
  /** The first of the ports that the parts have, the providers last; 0, the default, takes any free ones. */
  firstPort?: number;
  /** Settings besides those of the stack itself. */
  variables?: Environment;
  /** A real Scalekit environment in place of the emulator and the providers behind it. */
  scalekit?: Environment;
  /** Starts what stands between the tools and Scalekit, whose URL it gets; the tools then use its own. */
  inFrontOfScalekit?: (scalekitUrl: string) => Promise<{ url: string; close(): Promise<void> }>;
  log?: Log;
  /** By default those of this project. */
  tools?: (faultOf: Stack['faultOf']) => Promise<readonly ToolModule[]>;
}

export interface Stack {
  gateway: Gateway;
  /** What invokes a function without the gateway. */
  lambda: InvokeApi;
  dynamoDb: LocalDynamoDb;
  issuer: Issuer;
  /** The pages at CONNECT_URL and USER_VERIFY_URL; undefined where a real environment is used. */
  application: Application | undefined;
  /** Undefined where a real environment is used. */
  scalekit: ScalekitEmulator | undefined;
  readonly providers: LocalProvider[];
  /** The settings of the functions. */
  variables: Environment;
  /** The tools that are served, with their files. */
  readonly tools: readonly ToolModule[];
  readonly functions: readonly ToolFunction[];
  readonly catalogue: McpCatalogue;
  /** Every call of a tool, with what it did. */
  calls: CallRecorder;
  /** Invokes the function of a tool, as the MCP function does. */
  invoke: InvokeTool;
  /**
   * From now on these are the tools; calls that are under way end as they began.
   * @throws SettingsError, AuthoringError; then nothing has changed
   */
  deploy(tools: readonly ToolModule[]): void;
  /** Why a tool cannot be among them; undefined where it can. */
  faultOf(tool: ToolModule): Error | undefined;
  /** Starts the emulated providers that are new or have changed, and makes them known to Scalekit; their connectors. */
  takeProviders(): Promise<string[]>;
  close(): Promise<void>;
}
