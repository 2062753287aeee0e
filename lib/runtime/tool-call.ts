import type { Position } from '../contract/cursor.ts';
import type { Page } from '../contract/paging.ts';
import type { ActingParty } from '../identity/identify.ts';
import type { ProxyClient } from '../scalekit/proxy-client.ts';
import type { UpstreamStatistics } from '../scalekit/upstream-statistics.ts';
import type { SurfaceCall } from '../surfaces/surface.ts';
import type { Deadline } from '../time/deadline.ts';

/** One call on its way through the chain; each middleware fills in what the next ones need. */
export interface ToolCall {
  readonly surface: SurfaceCall;
  readonly surfaceName: string;
  readonly requestId: string | null;
  readonly deadline: Deadline;
  readonly startedAtMs: number;
  readonly statistics: UpstreamStatistics;
  acting: ActingParty;
  /** For whom the tool runs. */
  identifier: string;
  /** By what the caller tells a repetition of this call from another one. */
  idempotencyKey: string | undefined;
  /** The parsed input without the paging keys. */
  input: Record<string, unknown>;
  /** Whether the answer is that of an earlier call with the same key. */
  replayed: boolean;
  /** What an earlier call gave, in place of what the tool would give now. */
  kept: { output: unknown } | undefined;
  /** Of a list tool: where it goes on. */
  position: Position | undefined;
  /** What `run` gets as its input. */
  runInput: Record<string, unknown> & { page?: Page };
  api: ProxyClient | undefined;
}
