'use client';

import { useRef, useState, type ReactNode } from 'react';

type RingHereProps = {
  readonly publicKey: string;
  readonly slug: string;
  readonly action: (form: FormData) => Promise<void>;
  readonly words: { readonly on: string; readonly unsupported: string; readonly denied: string; readonly failed: string };
  readonly icon: ReactNode;
};

type Trouble = 'unsupported' | 'denied' | 'failed';

/** One tap: the browser asks for permission, subscribes, and the form tells the shop. Asked here, never on load. */
export function RingHere({ publicKey, slug, action, words, icon }: RingHereProps) {
  const form = useRef<HTMLFormElement>(null);
  const [trouble, setTrouble] = useState<Trouble>();
  const [isBusy, setBusy] = useState(false);

  const ring = async () => {
    setBusy(true);
    const subscribed = await subscribe(publicKey);
    setBusy(false);
    if (typeof subscribed === 'string') return setTrouble(subscribed);
    setTrouble(undefined);
    for (const [name, value] of Object.entries(subscribed)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.current?.requestSubmit();
  };

  return (
    <form action={action} ref={form} className="grid justify-items-start gap-3">
      <input type="hidden" name="shop" value={slug} />
      {(['endpoint', 'publicKey', 'secret', 'label'] as const).map((name) => (
        <input key={name} type="hidden" name={name} defaultValue="" />
      ))}
      <button type="button" className="btn btn-primary min-h-[64px]" onClick={() => void ring()} aria-busy={isBusy || undefined}>
        {icon}
        {words.on}
      </button>
      <p role="status">{trouble && words[trouble]}</p>
    </form>
  );
}

type Subscribed = { readonly endpoint: string; readonly publicKey: string; readonly secret: string; readonly label: string };

async function subscribe(publicKey: string): Promise<Subscribed | Trouble> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const worker = await navigator.serviceWorker.register('/merchant/worker.js', { scope: '/merchant/' });
    const ready = worker.active ? worker : await becomesActive(worker);
    const given = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    const { endpoint, keys } = given.toJSON();
    if (endpoint === undefined || keys?.['p256dh'] === undefined || keys['auth'] === undefined) return 'failed';
    return { endpoint, publicKey: keys['p256dh'], secret: keys['auth'], label: browserName(navigator.userAgent) };
  } catch {
    return 'failed';
  }
}

/** Subscribing needs a worker that runs; a page outside of its reach never sees `ready`. */
async function becomesActive(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const worker = registration.installing ?? registration.waiting;
  await new Promise<void>((resolve) => {
    if (!worker || worker.state === 'activated') return resolve();
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
  return registration;
}

/** "Firefox, Android": enough to know which of the shop's devices it is. */
function browserName(agent: string): string {
  const browser = /Edg|Firefox|OPR|Chrome|Safari/.exec(agent)?.[0] ?? '';
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? '';
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
  return [names[browser] ?? browser, system].filter(Boolean).join(', ');
}
