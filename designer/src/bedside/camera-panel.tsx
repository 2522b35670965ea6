import { Button } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { startCamera, type StopCamera } from './camera.ts';

const slowAfterMs = 5_000;
const sameCodeMs = 2_000;

/** The camera as a scanner, with an aiming frame; says what to do when nothing is read in 5 s. */
export function CameraPanel({ onCode, onClose }: { readonly onCode: (code: string) => void; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<'denied' | 'slow' | undefined>();
  const read = useEffectEvent(onCode);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let stop: StopCamera | undefined;
    let closed = false;
    let last = { code: '', atMs: 0 };
    let slow = setTimeout(() => setTrouble('slow'), slowAfterMs);
    startCamera(element, (code) => {
      const now = Date.now();
      if (code === last.code && now - last.atMs < sameCodeMs) return;
      last = { code, atMs: now };
      clearTimeout(slow);
      setTrouble(undefined);
      slow = setTimeout(() => setTrouble('slow'), slowAfterMs * 3);
      read(code);
    }).then(
      (stopper) => {
        if (closed) stopper();
        else stop = stopper;
      },
      () => {
        clearTimeout(slow);
        setTrouble('denied');
      },
    );
    return () => {
      closed = true;
      clearTimeout(slow);
      stop?.();
    };
  }, []);
  return (
    <section className="camera" aria-label={t('bedside.cameraLabel')}>
      <div className="camera-frame">
        <video ref={video} muted playsInline />
      </div>
      {trouble === undefined ? null : (
        <p role="status">
          <StateMark state="attention">{t(trouble === 'denied' ? 'bedside.cameraDenied' : 'bedside.cameraTimeout')}</StateMark>
        </p>
      )}
      <Button onClick={onClose}>{t('bedside.cameraStop')}</Button>
    </section>
  );
}
