import { wholeAmounts } from './whole-amounts.ts';

it('lets no line end between a number and its unit', () => {
  expect(wholeAmounts('阿莫西林胶囊 0.5 g')).toBe('阿莫西林胶囊 0.5\u00a0g');
  expect(wholeAmounts('Potassium chloride injection 10 mL:1.5 g')).toBe('Potassium chloride injection 10\u00a0mL:1.5\u00a0g');
  expect(wholeAmounts('每日 3 次')).toBe('每日 3\u00a0次');
});
