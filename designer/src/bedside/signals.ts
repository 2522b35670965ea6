let audio: AudioContext | undefined;

function beep(frequencyHz: number, startS: number, lengthS: number): void {
  audio ??= new AudioContext();
  const start = audio.currentTime + startS;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequencyHz;
  gain.gain.setValueAtTime(0.25, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + lengthS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + lengthS);
}

function buzz(pattern: number[]): void {
  // Absent in Safari and Firefox: never the only signal.
  if (typeof navigator.vibrate === 'function') navigator.vibrate(pattern);
}

/** One high beep and one buzz. */
export function signalMatch(): void {
  beep(1_760, 0, 0.16);
  buzz([80]);
}

/** Two low beeps and three buzzes. */
export function signalMismatch(): void {
  beep(220, 0, 0.28);
  beep(220, 0.36, 0.28);
  buzz([180, 80, 180, 80, 180]);
}
