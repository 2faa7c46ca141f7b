declare module 'unbzip2-stream' {
  /** Through-stream that unpacks bzip2; works synchronously inside `write` and `end`. */
  export default function unbzip2Stream(): {
    on(event: 'data', listener: (chunk: Uint8Array) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    write(chunk: Uint8Array): void;
    end(): void;
  };
}
