import { PatientAccessRefusal } from '../../patient-access/index.ts';
import type { RequestContext } from '../context.ts';
import { codedError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';

/** Does an act on who may see a patient; a refusal goes on record and is thrown as its typed error. */
export async function patientAccessAct<Result>(context: RequestContext, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PatientAccessRefusal)) throw error;
    throw await refused(codedError({ code: error.code, place: error.place }), error.patientId === undefined ? {} : { patientId: error.patientId }, context);
  }
}
