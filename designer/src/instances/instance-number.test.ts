import { instanceNumber } from './instance-number.ts';

describe('the number of a case', () => {
  const processInstanceId = '277027e4-53aa-82f2-a743-a09a37f7cef0';

  it('is the hospital’s own, else the beginning of the id', () => {
    expect(instanceNumber({ businessKey: 'ORDER-7', processInstanceId })).toBe('ORDER-7');
    expect(instanceNumber({ businessKey: null, processInstanceId })).toBe('277027e4');
    expect(instanceNumber({ businessKey: 'd7af863c-94ca-40e8-839c-44479fad060a:e10', processInstanceId })).toBe('277027e4');
  });
});
