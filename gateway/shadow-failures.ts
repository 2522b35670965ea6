import type { Logger } from 'pino';
import type { ShadowFailure } from '#activities';

/** Logs what shadows of rule sets could not read or write: a warning while it is tried again, an error once something is lost. Names no value. */
export function logShadowFailure(logger: Logger): (failure: ShadowFailure) => void {
  return ({ error, tries, lost }) => {
    const fields = { error: error instanceof Error ? error.name : 'unknown', tries, lost };
    if (lost > 0) logger.error(fields, 'the counts of a shadow were given up');
    else logger.warn(fields, 'the work of shadows failed and is tried again');
  };
}
