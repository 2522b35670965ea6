import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Something that a simulated system really did, as its own log would have it. */
export interface Effect {
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly system: 'his' | 'cabinet';
  /** `ORM^O01`, `RAS^O17`, `dispense`, … */
  readonly kind: string;
  /** Control id of the message or number of the job. */
  readonly id: string;
  /** The same id was carried out before. */
  readonly isRepeat: boolean;
  readonly detail: { readonly [name: string]: string | number };
}

export interface EffectLog {
  append(effect: Pick<Effect, 'system' | 'kind' | 'id' | 'detail'>): Effect;
  all(): readonly Effect[];
}

/** Keeps effects in a file of JSON lines, appended only; what an earlier run did is still there. */
export function openEffectLog(file: string): EffectLog {
  mkdirSync(dirname(file), { recursive: true });
  const effects = existsSync(file) ? readEffects(file) : [];
  return {
    append(done) {
      const isRepeat = effects.some(({ system, id }) => system === done.system && id === done.id);
      const effect: Effect = { sequence: effects.length + 1, at: new Date().toISOString(), isRepeat, ...done };
      appendFileSync(file, `${JSON.stringify(effect)}\n`);
      effects.push(effect);
      return effect;
    },
    all: () => effects,
  };
}

/** A last line that a kill has cut off is no effect that anybody heard of. */
function readEffects(file: string): Effect[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rest = lines.pop();
  if (rest) appendFileSync(file, '\n');
  return lines.filter((line) => line !== '').flatMap((line) => {
    try {
      return [JSON.parse(line) as Effect];
    } catch {
      return [];
    }
  });
}
