import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { readableOutput } from './match-text.ts';

export interface SessionOptions {
  /** The working directory at the start. */
  directory: string;
  /** A folder for the files of this session. */
  scratch: string;
  variables: Readonly<Record<string, string>>;
}

const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 20_000;
const READY = /Ctrl-C ends/;
const ENDED = 'The command has ended, with ';

/** A shell that stays open, so that a variable that one block sets is still set in the next block. */
export class ShellSession {
  readonly #shell: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #scratch: string;
  #blockCount = 0;
  #started: { output: string; readLength: number } | undefined;

  constructor({ directory, scratch, variables }: SessionOptions) {
    this.#scratch = scratch;
    // The shell has its own process group, so that all its processes can be ended together.
    this.#shell = spawn('bash', ['--noprofile', '--norc'], {
      cwd: directory,
      env: variables,
      detached: true,
    });
    this.#lines = createInterface({ input: this.#shell.stdout })[Symbol.asyncIterator]();
    this.#shell.stdin.write('set -euo pipefail\n');
  }

  /**
   * Runs commands until one of them fails.
   * @param fails true if a command must fail
   * @returns the output of the commands
   * @throws Error with the output, if a command fails; if `fails` is true, if no command fails
   */
  async run(commands: string, fails = false): Promise<string> {
    const { block, output } = await this.#block(commands);
    const source = `source '${block}' >'${output}' 2>&1 </dev/null`;
    this.#shell.stdin.write(fails ? `if ${source}; then echo 0; else echo 1; fi\n` : `${source}; echo 0\n`);
    const { value } = await this.#lines.next();
    const printed = readFileSync(output, 'utf8');
    if (value !== (fails ? '1' : '0'))
      throw new Error(
        `${fails ? 'It should fail' : 'It failed'}:\n${commands}\n${readableOutput(printed).slice(-6_000)}`,
      );
    return printed;
  }

  /**
   * Starts a command that keeps running, and waits until it is ready.
   * @throws Error with the output, if the command ends
   */
  async start(command: string): Promise<void> {
    const { output } = await this.#block(command);
    const line = command.trim();
    this.#shell.stdin.write(`{ set +e; ${line}; echo "${ENDED}$?"; } >'${output}' 2>&1 </dev/null &\n`);
    this.#started = { output, readLength: 0 };
    const isReadyOrEnded = (printed: string) => READY.test(printed) || printed.includes(ENDED);
    const printed = await this.#waitFor(isReadyOrEnded, START_TIMEOUT_MS);
    if (printed.includes(ENDED)) throw new Error(printed);
  }

  /**
   * Waits until the running command has printed an expected output.
   * @param isThere receives the output since the last wait, and returns true if it contains the expected output
   * @throws Error with the actual output, after the time-out
   */
  async waitForOutput(isThere: (printed: string) => boolean, timeoutMs: number): Promise<void> {
    const printed = await this.#waitFor(isThere, timeoutMs);
    if (this.#started) this.#started.readLength += printed.length;
  }

  /** Ends the shell and every process that runs in it. */
  async close(): Promise<void> {
    const { pid } = this.#shell;
    if (pid === undefined) return;
    const exited =
      this.#shell.exitCode === null && this.#shell.signalCode === null && once(this.#shell, 'exit');
    if (isAlive(pid)) process.kill(-pid, 'SIGTERM');
    await exited;
    // The processes that the shell started may end a little later than the shell.
    await vi.waitFor(() => {
      if (isAlive(pid)) throw new Error('Something that the document started does not end.');
    }, END_TIMEOUT_MS);
  }

  async #waitFor(isThere: (printed: string) => boolean, timeoutMs: number): Promise<string> {
    const started = this.#started;
    if (!started) throw new Error('Nothing has been started.');
    return vi.waitFor(
      () => {
        const printed = readFileSync(started.output, 'utf8').slice(started.readLength);
        if (!isThere(printed)) throw new Error(`It printed this instead:\n${printed.slice(-6_000)}`);
        return printed;
      },
      { timeout: timeoutMs, interval: 50 },
    );
  }

  async #block(commands: string) {
    this.#blockCount += 1;
    const block = join(this.#scratch, `block-${this.#blockCount}.sh`);
    const output = join(this.#scratch, `block-${this.#blockCount}.txt`);
    await Promise.all([writeFile(block, commands), writeFile(output, '')]);
    return { block, output };
  }
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
