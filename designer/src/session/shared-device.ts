const key = 'careloop.sharedDevice';

/** Whether this device was set up as one that several people use. */
export function isSharedDevice(): boolean {
  try {
    return window.localStorage.getItem(key) === '1';
  } catch {
    return false;
  }
}

/** Holds from the next sign-in on. */
export function setSharedDevice(isShared: boolean): void {
  if (isShared) window.localStorage.setItem(key, '1');
  else window.localStorage.removeItem(key);
}

/** What a sign-in says of the device: sessions on a shared one end sooner when nobody works. */
export function sharedDeviceMark(): Record<string, string> {
  return isSharedDevice() ? { 'x-careloop-shared-device': '1' } : {};
}
