import { actorOf } from '../../identity/viewer.ts';
import { PeopleRefusal } from '../../people/index.ts';
import type { Actor } from '#engine';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { codedError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { PersonType } from '../types/person.ts';

/** Does an act on people; a refusal goes on record and is thrown as its typed error. */
export async function peopleAct<Result>(context: RequestContext, work: (actor: Actor) => Promise<Result>): Promise<Result> {
  try {
    return await work(actorOf(context.viewer));
  } catch (error) {
    if (!(error instanceof PeopleRefusal)) throw error;
    throw await refused(codedError({ code: error.code, place: error.place, checkMessage: error.words, detail: error.detail }), {}, context);
  }
}

/** The payload of an act that leaves a person as they are after it. */
export const personPayload = (name: string) =>
  builder.objectRef<{ readonly personId: string }>(name).implement({
    fields: (t) => ({ person: t.prismaField({ type: PersonType, resolve: (query, { personId }, _args, { database }) => database.prisma.user.findUniqueOrThrow({ ...query, where: { id: personId } }) }) }),
  });
