import { Button } from 'antd';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import './styles/processes.css';

export interface DropZoneProps {
  /** Endings of names, as the dialog of the system filters them. */
  readonly accept: string;
  /** What may be dropped, or which file was taken. */
  readonly hint: string;
  readonly stage: string;
  /** Nothing was chosen yet. */
  readonly isEmpty: boolean;
  /** Takes less room, beside what was read. */
  readonly isSmall: boolean;
  readonly onFile: (file: File) => void;
}

/** Takes one file, dropped or chosen. */
export function DropZone({ accept, hint, stage, isEmpty, isSmall, onFile }: DropZoneProps): ReactNode {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) onFile(file);
  }
  return (
    <section
      className={`drop-zone${isSmall ? ' drop-zone-small' : ''}`}
      data-over={isOver}
      data-stage={stage}
      aria-label={t('check.choose')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again after it was mended.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <Button type={isEmpty ? 'primary' : 'default'} onClick={() => input.current?.click()}>
        {isEmpty ? t('check.choose') : t('check.other')}
      </Button>
      <span className="muted">{hint}</span>
    </section>
  );
}
