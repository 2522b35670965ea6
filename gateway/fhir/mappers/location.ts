import type { LocalizedText } from '#engine';
import { fhirIdOf, systems } from '../ids.ts';
import type { Language } from '../../graphql/language.ts';
import type { LocationResource } from '../resources.ts';
import { physicalType } from './encounter.ts';

/** R4 §8.6 Location: a ward, by its name in the language that was asked for; the other one is its alias. */
export function locationResource({ id, name }: { readonly id: string; readonly name: LocalizedText }, language: Language): LocationResource {
  const fhirId = fhirIdOf(id);
  const other = name[language === 'en' ? 'zh-CN' : 'en'];
  return {
    resourceType: 'Location',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    identifier: [{ system: systems.ward, value: id }],
    status: 'active',
    name: name[language],
    ...(other === name[language] ? {} : { alias: [other] }),
    mode: 'instance',
    physicalType: physicalType('wa', 'Ward'),
  };
}
