import { isMessageKey, messages } from '../i18n/messages.ts';
import { codeWord } from './code-word.ts';

const lookup = (key: string, fallback: string): string => (isMessageKey(key) ? messages[key]['zh-CN'] : fallback);
const word = (name: string, value: string | number): string => codeWord(name, value, { lookup });

it('says codes of drugs, routes and frequencies in words', () => {
  expect(['nsaid', 'antiplatelet'].map((code) => word('groups', code))).toEqual(['非甾体抗炎药', '抗血小板药']);
  expect([word('ingredient', 'aspirin'), word('route', 'PO'), word('orderedRoute', 'IV'), word('frequency', 'qd'), word('priority', 'stat')]).toEqual(['阿司匹林', '口服', '静脉', '每日 1 次', '立即']);
});

it('says rule sets, failed checks and ways out in words', () => {
  expect([word('ruleSet', 'allergy'), word('checkCode', 'WRONG_DRUG'), word('resolution', 'skip')]).toEqual(['过敏核对', '药品不匹配', '跳过']);
});

it('leaves what has no words as it stands', () => {
  expect([word('orderId', 'STORY-2'), word('route', 'XYZ'), word('doses', 3)]).toEqual(['STORY-2', 'XYZ', '3']);
});
