interface Part {
  close(): Promise<void> | void;
}

/** A port of the stack that something else has. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** What runs of a stack, each part at its place after the first port. */
export class StackParts {
  readonly #firstPort: number;
  readonly #parts: Part[] = [];

  /** @param firstPort 0 for any free ones */
  constructor(firstPort: number) {
    this.#firstPort = firstPort;
  }

  /**
   * Starts one at its port; it is closed with the others.
   * @param name for the message where its port is taken
   * @throws PortTakenError
   */
  async start<Started extends Part>(
    name: string,
    offset: number,
    part: (port: number) => Promise<Started>,
  ): Promise<Started> {
    const started = await this.at(name, offset, part);
    this.add(started);
    return started;
  }

  /** The same for what its caller closes. @throws PortTakenError */
  async at<Started>(
    name: string,
    offset: number,
    part: (port: number) => Promise<Started>,
  ): Promise<Started> {
    const port = this.#firstPort && this.#firstPort + offset;
    return part(port).catch((cause: unknown) => {
      const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      throw taken ? new PortTakenError(`Port ${port}, for ${name}, is taken.`, { cause }) : cause;
    });
  }

  add(part: Part): void {
    this.#parts.push(part);
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.close()));
  }
}
