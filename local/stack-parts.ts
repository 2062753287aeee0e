interface Part {
  close(): Promise<void> | void;
}

/** A port of the stack is already in use. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** The running parts of a stack. The port of a part is the first port plus the offset of the part. */
export class StackParts {
  readonly #firstPort: number;
  readonly #parts: Part[] = [];

  /** @param firstPort 0 uses any free ports */
  constructor(firstPort: number) {
    this.#firstPort = firstPort;
  }

  /**
   * Starts a part on its port. `close` also closes this part.
   * @param name the name of the part, which the error message contains
   * @throws PortTakenError if the port is in use
   */
  async start<Started extends Part>(
    name: string,
    offset: number,
    part: (port: number) => Promise<Started>,
  ): Promise<Started> {
    const started = await this.startUnmanaged(name, offset, part);
    this.add(started);
    return started;
  }

  /**
   * Starts a part that the caller must close.
   * @throws PortTakenError if the port is in use
   */
  async startUnmanaged<Started>(
    name: string,
    offset: number,
    part: (port: number) => Promise<Started>,
  ): Promise<Started> {
    const port = this.#firstPort && this.#firstPort + offset;
    return part(port).catch((cause: unknown) => {
      const isInUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      throw isInUse ? new PortTakenError(`Port ${port}, for ${name}, is in use.`, { cause }) : cause;
    });
  }

  add(part: Part): void {
    this.#parts.push(part);
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.close()));
  }
}
