import { isMessageKey } from '../../designer/src/i18n/messages.ts';
import { demoMedications } from '../../gateway/demo-hospital/catalogue.ts';

it('has words for every ingredient and group of the demo catalogue', () => {
  const codes = [...new Set(demoMedications.flatMap(({ ingredient, groups }) => [ingredient, ...groups]))];

  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !isMessageKey(`substance.${code}`))).toEqual([]);
});
