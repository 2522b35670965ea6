import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let owner: As;

beforeAll(async () => {
  server = await startTestDatabase();
  // No command is given here.
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  owner = await gateway.signIn('process-owner');
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const mutation = `mutation ($input: CheckProcessModelInput!) { checkProcessModel(input: $input) { __typename
  ... on CheckProcessModelPayload { findingCount picture processes { processId isExecutable exploration definition } findings { code severity processId elementId elementName place message { zhCN en } trace } }
  ... on Error { code place message } } }`;
const check = async (input: object, as: As = owner) => (await gateway.graphql(as, mutation, { input })).data?.checkProcessModel;
const definitions = (content: string) => `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c="urn:careloop:bpmn:1" id="defs" targetNamespace="urn:t">${content}</definitions>`;
const line = '<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/>';
const executable = '<userTask id="t" name="审核"><extensionElements><c:fields>{"form":"review","candidateRoles":["pharmacist"]}</c:fields></extensionElements></userTask>';
const processOf = (content: string) => definitions(`<process id="p" isExecutable="true">${content}</process>`);

/** The process with a documentation that makes it as large as the door takes. */
function filled(content: string): string {
  return processOf(`${content}<documentation>${'x'.repeat(4_990_000 - Buffer.byteLength(processOf(content)))}</documentation>`);
}

/** As many elements and bytes as the door takes. */
function atTheLimits(): string {
  const tasks = 1_999;
  const chain = Array.from({ length: tasks }, (_, index) => `<userTask id="t${index}" name="Task ${index}">${'<documentation>What there is to know</documentation>'.repeat(12)}</userTask>${index === 0 ? '' : `<sequenceFlow id="f${index}" sourceRef="t${index - 1}" targetRef="t${index}"/>`}`).join('');
  return filled(chain);
}

/** Sends in a thread of its own, so that only the gateway's work is measured; one message sends, the next is the answer. */
const client = `
  const { parentPort, workerData: { url, headers, body } } = require('node:worker_threads');
  parentPort.on('message', async () => {
    const response = await fetch(url, { method: 'POST', headers, body });
    const { data } = await response.json();
    const { __typename, picture, processes } = data.checkProcessModel;
    parentPort.postMessage({ __typename, elements: picture.elements.length, isWhole: processes[0].definition?.documentation?.length > 3_000_000 });
  });`;

/** The longest time in which the gateway answered nobody, milliseconds, and what was answered. */
async function longestBlock(sender: Worker): Promise<{ readonly ms: number; readonly answer: unknown }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  sender.postMessage('send');
  const [answer]: unknown[] = await once(sender, 'message');
  delay.disable();
  return { ms: delay.max / 1e6, answer };
}

describe('a process model at the door', () => {
  it('comes back as a definition, with its picture, when it can be executed', async () => {
    expect(await check({ bpmnXml: processOf(`${line}${executable}`) })).toMatchObject({
      __typename: 'CheckProcessModelPayload',
      processes: [{ processId: 'p', isExecutable: true, exploration: 'COMPLETE', definition: { format: 'careloop-process/1', key: 'p' } }],
      picture: { elements: [{ id: 's' }, { id: 'e' }, { id: 't', name: '审核' }], flows: [{ source: 's', target: 't' }, { source: 't', target: 'e' }], placed: [] },
    });
    const definition: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../processes/ten-node-example/process.json'), 'utf8'));
    expect(await check({ definition })).toMatchObject({ processes: [{ processId: 'ten-node-example', isExecutable: true }], picture: { placed: ['ten-node-example'] } });
  });

  it('is drawn also when it cannot be executed, with the reason at each element in both languages', async () => {
    const answer = await check({ bpmnXml: processOf(`${line}<userTask id="t" name="审核"/>`) });

    expect(answer.processes).toEqual([{ processId: 'p', isExecutable: false, exploration: 'NONE', definition: null }]);
    expect(answer.picture.elements).toHaveLength(3);
    expect(answer.findings[0]).toEqual({ code: 'FORM_MISSING', severity: 'ERROR', processId: 'p', elementId: 't', elementName: '审核', place: null, trace: [], message: { zhCN: '任务“审核”没有指定表单', en: 'Expected user task t to name a form in careloop:fields, but it names none' } });
  });

  it('is told by its place in the file when it cannot be read, with nothing to draw', async () => {
    expect(await check({ bpmnXml: '<!DOCTYPE x [<!ENTITY a "b">]><definitions/>' })).toMatchObject({ picture: null, processes: [], findings: [{ code: 'XML_DOCTYPE', place: 'line 1, column 1' }] });
    expect(await check({ bpmnXml: '<definitions>\n<process' })).toMatchObject({ picture: null, findings: [{ code: 'XML_MALFORMED', place: expect.stringMatching(/^line 2/) as string }] });
    expect(await check({})).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID' });
  });

  it.each([
    ['DMN', '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', 'FILE_OF_ANOTHER_KIND', /DMN 决策文件.*“规则”页/],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'FILE_OF_ANOTHER_KIND', /SVG 图片/],
    ['a page of sign-in', '<!DOCTYPE html><title>login</title>', 'FILE_OF_ANOTHER_KIND', /HTML 网页/],
    ['JSON', '{"format":"careloop-process/1"}', 'FILE_OF_ANOTHER_KIND', /JSON 流程定义/],
    ['a PDF', '%PDF-1.7\n', 'FILE_NOT_TEXT', /PDF 文档/],
    ['nothing', ' \n', 'FILE_EMPTY', /空的/],
  ])('is refused with what it looks like and what to do when it is %s', async (_what, bpmnXml, code, words) => {
    expect(await check({ bpmnXml })).toMatchObject({ __typename: 'ValidationError', code, place: 'bpmnXml', message: expect.stringMatching(words) as string });
  });

  it('is refused above 5 MB with a typed error, and above what a request may have before it is read', async () => {
    expect(await check({ bpmnXml: 'x'.repeat(5_000_001) })).toMatchObject({ __typename: 'ValidationError', code: 'FILE_TOO_LARGE', place: 'bpmnXml' });
    const large = await gateway.graphql(owner, mutation, { input: { bpmnXml: 'x'.repeat(50_000_000) } }).catch((error: unknown) => error);
    // The door answers and hangs up: a client that is still sending may see either.
    if (large instanceof Error) expect(String(large.cause)).toMatch(/socket|EPIPE|ECONNRESET|closed/);
    else expect(large).toMatchObject({ status: 413, errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] });
  });

  it.each([
    ['with errors and as many elements as are read', atTheLimits(), { elements: 1_999, isWhole: false }],
    ['that comes back as a definition as large as the file', filled(`${line}${executable}`), { elements: 3, isWhole: true }],
  ])('%s keeps nobody else waiting for 200 ms', async (_what, bpmnXml, expected) => {
    const body = JSON.stringify({ query: mutation, variables: { input: { bpmnXml } } });
    const sender = new Worker(client, { eval: true, workerData: { url: `${gateway.url}/graphql`, headers: { ...owner, 'content-type': 'application/json' }, body } });
    const rounds: number[] = [];
    try {
      // The best of five: a busy machine adds to each.
      for (let round = 0; round < 5; round += 1) {
        const { ms, answer } = await longestBlock(sender);
        expect(answer).toEqual({ __typename: 'CheckProcessModelPayload', ...expected });
        rounds.push(ms);
      }
    } finally {
      await sender.terminate();
    }
    if (process.env['CARELOOP_TEST_FIGURES']) process.stderr.write(`longest blocks: ${rounds.map(Math.round).join(', ')} ms\n`);

    expect(Math.min(...rounds)).toBeLessThan(200);
  }, 120_000);

  it('is nothing for those who do not own or operate processes', async () => {
    expect(await check({ bpmnXml: '<x/>' }, await gateway.signIn('nurse'))).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
  });
});
