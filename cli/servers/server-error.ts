/** A server could not be had. The message is one sentence for a person, with the remedy; no stack is worth showing. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: 'POSTGRES_UNAVAILABLE' | 'TEMPORAL_UNAVAILABLE' | 'DATA_FOLDER_DAMAGED' | 'DATA_FOLDER_UNREACHABLE';

  constructor(code: ServerError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
