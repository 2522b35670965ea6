/** The record cannot be written or read, and trying again will not help. Recognised by `code`. */
export class RecordError extends Error {
  readonly code: 'INSTANCE_NOT_FOUND' | 'KEY_NOT_FOUND' | 'KEY_DESTROYED' | 'PAYLOAD_DAMAGED';

  constructor(code: RecordError['code'], message: string) {
    super(message);
    this.name = 'RecordError';
    this.code = code;
  }
}
