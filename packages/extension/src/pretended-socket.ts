import { Socket } from 'node:net'

/** A socket that is connected to nothing: what is written to it is dropped, and answered with always the same bytes. */
export class PretendedSocket extends Socket {
  readonly #answer: Buffer

  constructor(answer: Buffer) {
    super()
    this.#answer = answer
  }

  override _write(_chunk: unknown, _encoding: string, written: () => void): void {
    written()
    this.push(this.#answer)
    // A stream tells its reader a turn later, when INIT may be over.
    queueMicrotask(() => this.emit('readable'))
  }

  override _read(): void {}
}
