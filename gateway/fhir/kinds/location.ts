import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';
import { systems } from '../ids.ts';
import { doorOf } from '../kind.ts';
import { locationResource } from '../mappers/location.ts';
import { idParameter, tokenParameter } from '../search/parameters.ts';

export const locationDoor = doorOf<Prisma.WardWhereInput, Prisma.WardGetPayload<object>>({
  type: 'Location',
  searchOperation: 'Query.wards',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: [...keys] } })),
    identifier: tokenParameter({ [systems.ward]: (code) => (code === undefined ? {} : { id: code }) }),
    status: tokenParameter({ 'http://hl7.org/fhir/location-status': (code) => (code === undefined || code === 'active' ? {} : undefined) }),
  },
  // Wards are no patient's.
  visible: () => ({}),
  byKey: (id) => ({ id }),
  count: (where, { database }) => database.prisma.ward.count({ where }),
  page: (where, { after, take }, { database }) => database.prisma.ward.findMany({ where: { AND: [where, after === undefined ? {} : { id: { gt: after } }] }, orderBy: { id: 'asc' }, take }),
  placeOf: ({ id }) => id,
  // The column holds a LocalizedText.
  write: async ({ id, name }, { language }) => locationResource({ id, name: name as unknown as LocalizedText }, language),
});
