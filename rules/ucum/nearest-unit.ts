import { isUcumUnit } from './parse-unit.ts';

/** What people write in place of UCUM's symbols, with what UCUM has. */
const spellings: ReadonlyMap<string, string> = new Map(Object.entries({
  mmhg: 'mm[Hg]', cmh2o: 'cm[H2O]', iu: '[IU]', bpm: '/min', sec: 's', hr: 'h', hrs: 'h', hour: 'h', hours: 'h', day: 'd', days: 'd', week: 'wk', weeks: 'wk', month: 'mo', months: 'mo', year: 'a', years: 'a', yr: 'a', mins: 'min',
  gm: 'g', mcg: 'ug', mcl: 'uL', cc: 'mL', kgs: 'kg', liter: 'L', litre: 'L', ph: '[pH]', degc: 'Cel', '°c': 'Cel', '℃': 'Cel', '°f': '[degF]', c: 'Cel', ppm: '[ppm]', meq: 'meq', x10: '10*', mosmol: 'mosm',
  毫克: 'mg', 克: 'g', 千克: 'kg', 公斤: 'kg', 微克: 'ug', 毫升: 'mL', 升: 'L', 毫摩尔: 'mmol', 摩尔: 'mol', 微摩尔: 'umol', 单位: 'U', 国际单位: '[IU]', 小时: 'h', 时: 'h', 分钟: 'min', 分: 'min', 秒: 's', 天: 'd', 日: 'd', 周: 'wk', 月: 'mo', 岁: 'a', 年: 'a', 毫米汞柱: 'mm[Hg]', 摄氏度: 'Cel', 次: '{count}', 毫米: 'mm', 厘米: 'cm', 米: 'm',
}));

/** Units of clinical data, commonest first: what a misspelt unit is compared with. */
const commonUnits: readonly string[] = 'mg g kg ug ng mL L uL dL mmol/L umol/L nmol/L pmol/L mg/L mg/dL g/L g/dL ug/L ug/mL ng/mL ng/L pg/mL U/L U/mL [IU]/L [IU]/mL mU/L m[IU]/L m[IU]/mL 10*9/L 10*12/L 10*6/L % /min h min s d wk mo a mm[Hg] cm[H2O] kPa Cel [degF] cm mm m kg/m2 m2 mL/min mL/h mL/min/{1.73_m2} L/min mg/kg mg/kg/d mg/d mg/h ug/kg/min mmol mmol/h mmol/kg meq/L mosm/kg mg/g mg/mmol fL pg ng/dL /uL 1 [pH] ms mV Gy mSv MBq {score}'.split(' ');

/** The unit of UCUM that a text most likely means: other letters, signs or words for the same (`mmol/l`, `毫克`, `µg`), else one letter off; undefined where none is near. */
export function nearestUcumUnit(written: string): string | undefined {
  const plain = written.normalize('NFKC').replace(/[µμ]/g, 'u').replace(/[·⋅×]/g, '.').replace(/[²³]/g, (sign) => (sign === '²' ? '2' : '3')).replace(/每/g, '/').replace(/^x\s*(?=10)/i, '').replace(/\s+/g, '').slice(0, 64);
  if (plain === '') return undefined;
  const candidates = [plain, plain.replace(/per/gi, '/'), plain.replace(/^1\//, '/'), plain.replace(/^\.?10\^?(\d+)/, '10*$1')].flatMap((text) => [text, respelt(text)]);
  const exact = candidates.find(isUcumUnit);
  if (exact !== undefined) return exact;
  const bare = (text: string): string => text.toLowerCase().replace(/[[\]*^]/g, '');
  const sameLetters = commonUnits.find((unit) => candidates.some((text) => bare(text) === bare(unit)));
  return sameLetters ?? commonUnits.find((unit) => plain.length > 2 && distance(bare(respelt(plain)), bare(unit)) === 1);
}

/** Each part between the signs by its spelling, `l` as the `L` that cannot be taken for a one. */
function respelt(text: string): string {
  return text.split(/([./()])/).map((part) => {
    const [, word = part, rest = ''] = /^(.*?)([+-]?\d*)$/u.exec(part) ?? [];
    const known = spellings.get(part.toLowerCase()) ?? (spellings.has(word.toLowerCase()) ? `${spellings.get(word.toLowerCase()) ?? ''}${rest}` : undefined);
    if (known !== undefined) return known;
    return commonUnits.find((unit) => unit.toLowerCase() === part.toLowerCase()) ?? part;
  }).join('');
}

/** Levenshtein's distance, told apart only as far as one change. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 1) return 2;
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const [restLeft, restRight] = [left.slice(same), right.slice(same)];
  if (restLeft === restRight) return 0;
  return restLeft.slice(1) === restRight.slice(1) || restLeft.slice(1) === restRight || restLeft === restRight.slice(1) ? 1 : 2;
}
