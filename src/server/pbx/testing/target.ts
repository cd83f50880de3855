/** A phone system that the conformance suite may treat as it likes: simulated or real, on loopback. */
export interface ConformanceTarget {
  /** Form values that work. */
  settings: Record<string, unknown>;
  /** Form values that are refused for their credentials alone. */
  badSettings: Record<string, unknown>;
  /** Texts that must never be written to a log or an error, of both. */
  secrets: readonly string[];
  /** How many users the directory holds at least. */
  users: number;
  /** Places a call between two parties, answered and hung up. Resolves when it is over. */
  call(): Promise<void>;
  /** Breaks every connection; the PBX goes on and takes new ones. */
  cut(): void;
  /** Ends this run of the PBX, with whatever calls there are, and begins another. */
  restart(): Promise<void>;
  /** Sets the PBX's clock `ms` ahead of ours. */
  skew(ms: number): void;
  /** What in the bytes that were written to the PBX is not plainly reading, in words; empty when all is well. */
  harm(written: string): readonly string[];
  stop(): Promise<void>;
}

/** What a connector's folder exports from `testing.ts`. */
export interface ConformanceKit {
  startTarget(): Promise<ConformanceTarget>;
}
