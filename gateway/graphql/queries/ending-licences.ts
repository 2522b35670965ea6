import { endingLicences, type EndingLicence, type LicenceStage } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { EndingLicenceType, LicenceStageEnum } from '../types/ending-licence.ts';

/** How many rows are told at once. */
const mostRows = 200;

const countOf = (licences: readonly EndingLicence[], stage: LicenceStage) => licences.filter((each) => each.stage === stage).length;

/** The warnings of licences that security administrators see, with how many there are of each stage. */
const EndingLicencesType = builder.objectRef<readonly EndingLicence[]>('EndingLicences').implement({
  description: 'Licences of people with an enabled account that end within sixty days or have ended.',
  fields: (t) => ({
    ended: t.int({ description: 'Over: of people whose roles needed it, or within the last sixty days.', resolve: (licences) => countOf(licences, 'ended') }),
    within7Days: t.int({ resolve: (licences) => countOf(licences, 'within7Days') }),
    within30Days: t.int({ description: 'More than seven days ahead.', resolve: (licences) => countOf(licences, 'within30Days') }),
    within60Days: t.int({ description: 'More than thirty days ahead.', resolve: (licences) => countOf(licences, 'within60Days') }),
    licences: t.field({
      type: [EndingLicenceType],
      description: `By their end, at most ${mostRows}.`,
      args: { stage: t.arg({ type: LicenceStageEnum }) },
      resolve: (licences, { stage }) => licences.filter((each) => !stage || each.stage === stage).slice(0, mostRows),
    }),
  }),
});

builder.queryField('endingLicences', (t) => t.field({ type: EndingLicencesType, resolve: async (_root, _args, { database }) => [...(await endingLicences(database))] }));
