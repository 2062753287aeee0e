// Support for tests of tools: the emulated Scalekit, and behind it a provider that follows a script or
// replays a recording.
export { type Fixture, FixtureSchema } from './testing/fixture-schema.ts';
export { ErrorAnswer, readHttpAnswer } from './testing/http-answer.ts';
export { type Replay, ReplayError, replayFixture } from './testing/replay-fixture.ts';
export type {
  ProviderRequest,
  Script,
  ScriptedAnswer,
  ScriptedProvider,
} from './testing/scripted-provider.ts';
export { startTestBed, type TestBed } from './testing/test-bed.ts';
