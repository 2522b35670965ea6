/** A surgery that waits for a called process, a message and a service at once; `suffix`: what the ids of these steps end with in this version. */
export const surgery = (version: string, suffix: string) => {
  const flow = (sourceRef: string, targetRef: string) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef });
  const id = (name: string) => `${name}${suffix}`;
  return {
    format: 'careloop-process/1', key: 'surgery', version, name: { 'zh-CN': '手术', en: 'Surgery' }, variables: [],
    flowElements: [
      { id: 'start', type: 'startEvent' }, { id: 'fork', type: 'parallelGateway' }, { id: 'join', type: 'parallelGateway' }, { id: 'end', type: 'endEvent' },
      { id: id('lab'), type: 'callActivity', name: { 'zh-CN': '检验', en: 'Lab' }, calledElement: 'measuring', inputs: [], outputs: [] },
      { id: id('blood'), type: 'intermediateCatchEvent', name: { 'zh-CN': '血液', en: 'Blood' }, event: { kind: 'message', message: 'bloodArrived', correlationKey: '"theatre"' } },
      { id: id('prepare'), type: 'serviceTask', name: { 'zh-CN': '准备', en: 'Prepare' }, activity: 'test.prepare' },
    ],
    sequenceFlows: [flow('start', 'fork'), flow('join', 'end'), ...['lab', 'blood', 'prepare'].flatMap((name) => [flow('fork', id(name)), flow(id(name), 'join')])],
  };
};

/** What the surgery calls. */
export const measuring = { format: 'careloop-process/1', key: 'measuring', version: '1', name: { 'zh-CN': '测量', en: 'Measuring' }, variables: [], flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'measure', type: 'userTask', candidateRoles: ['operator'], form: 'measure', outputs: [] }, { id: 'end', type: 'endEvent' }], sequenceFlows: [{ id: 'a', sourceRef: 'start', targetRef: 'measure' }, { id: 'b', sourceRef: 'measure', targetRef: 'end' }] };
