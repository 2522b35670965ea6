import { countdown } from './countdown.ts';

describe('countdown', () => {
  it('tells minutes and seconds, and hours where there are some', () => {
    expect([3_599_500, 61_000, 1, 0, -5_000, 7_325_000].map(countdown)).toEqual(['1:00:00', '01:01', '00:01', '00:00', '00:00', '2:02:05']);
  });
});
