import type { RuleTable, TableColumn } from '#rule-table';
import type { Text } from '../../i18n/use-text.ts';

/** What a column is called, and beside it in small: the fact's own name, unit and type. */
export interface ColumnWords {
  readonly name: string;
  readonly detail: string;
}

export function columnWords(column: TableColumn, { inputs }: Pick<RuleTable['head'], 'inputs'>, { t, of }: Pick<Text, 't' | 'of'>): ColumnWords {
  switch (column.kind) {
    case 'input': {
      const path = (column.path ?? '$').slice(1);
      const fact = column.fact + path;
      const description = of(inputs.find(({ name }) => name === column.fact)?.description);
      const name = description === '' ? fact : path === '' ? description : `${description} ${path}`;
      return { name, detail: detailOf(name === fact ? '' : fact, column.unit, t(`ruleTable.type.${column.type}`)) };
    }
    case 'output': {
      const { name, description, unit, type } = column.output;
      const words = of(description, name);
      return { name: words, detail: detailOf(t('ruleTable.output'), words === name ? '' : name, unit, t(`ruleTable.type.${type}`)) };
    }
    case 'message':
      return { name: t(column.language === 'en' ? 'ruleTable.message.en' : 'ruleTable.message.zh'), detail: '' };
    case 'source':
      return { name: t(`ruleTable.source.${column.part}`), detail: t(`ruleTable.source.${column.part}.detail`) };
    case 'annotation':
      return { name: column.name, detail: t('ruleTable.annotation') };
    default:
      return { name: t(`ruleTable.column.${column.kind}`), detail: t(`ruleTable.column.${column.kind}.detail`) };
  }
}

function detailOf(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
