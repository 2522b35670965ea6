const instants = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/g;

/** The text with each ISO 8601 instant in it as `format` writes it. A process writes UTC; a reader has a zone. */
export function localInstants(text: string, format: (instant: string) => string): string {
  return text.replace(instants, (instant) => format(instant));
}
