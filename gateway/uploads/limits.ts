/** Largest file, bytes of UTF-8: with its quotes escaped it fits the body of a request. */
export const maximumUploadBytes = 5_000_000;
