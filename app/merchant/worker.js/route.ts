/**
 * What a browser keeps running for a shop's desk: it shows what the push service brings, and a tap opens the page it is about; and while
 * the network is gone it shows the counter's pages as they were last seen, a day old at most. The network always comes first. Plain
 * JavaScript: it runs outside of every page, below /merchant/ only.
 */
const script = `
const PAGES = 'halles-desk-pages';
const PARTS = 'halles-desk-parts';
const OLDEST_MS = 24 * 3600 * 1000;
const MOST_PARTS = 300;
// What reads bar codes where the browser cannot is a megabyte: kept once a camera asked for it.
const isPart = (url) => url.pathname.startsWith('/_next/static/') || url.pathname === '/merchant/scanner.wasm';
const isImmutable = (answer) => /immutable/.test(answer.headers.get('cache-control') || '');
const isDesk = (url) => /^\\/merchant\\/[^/]+\\/(counter|handover|stock)(\\/|$)/.test(url.pathname);

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isDesk(url)) event.respondWith(networkFirst(PAGES, request));
  else if (isPart(url)) event.respondWith(partOf(request));
});

// A part that says it never changes is not asked for twice: its name carries what is in it.
async function partOf(request) {
  const kept = await (await caches.open(PARTS)).match(request.url, { ignoreVary: true });
  return kept && isImmutable(kept) ? kept : networkFirst(PARTS, request);
}

async function networkFirst(name, request) {
  try {
    const answer = await fetch(request);
    // Whoever is not let in any more, or signed out elsewhere, finds nothing here afterwards either.
    if (name === PAGES && (answer.type === 'opaqueredirect' || answer.status === 404)) await caches.delete(PAGES);
    await keep(name, request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await (await caches.open(name)).match(request.url, { ignoreVary: true });
    if (!kept || (name === PAGES && Date.now() - Date.parse(kept.headers.get('date')) > OLDEST_MS)) throw error;
    return kept;
  }
}

async function keep(name, url, answer) {
  if (!answer.ok || answer.redirected || answer.type !== 'basic') return;
  const cache = await caches.open(name);
  await cache.put(url, answer).catch(() => {});
  if (name !== PARTS) return;
  const urls = await cache.keys();
  for (const old of urls.slice(0, Math.max(0, urls.length - MOST_PARTS))) await cache.delete(old);
}

// A page is dead without the scripts, styles and letters it names; those came before this worker heard of them, or are wanted only later.
async function keepPartsOf(answer, base) {
  const text = await answer.text().catch(() => '');
  const names = new Set(text.match(/(?:\\/_next\\/static|static|\\.\\.)\\/[\\w./~-]+\\.(?:js|css|woff2)/g) || []);
  const cache = await caches.open(PARTS);
  for (const name of names) {
    const url = new URL(name.startsWith('static/') ? '/_next/' + name : name, base);
    if (!isPart(url) || (await cache.match(url.href, { ignoreVary: true }))) continue;
    const part = await fetch(url).catch(() => undefined);
    if (!part) return;
    const written = part.clone();
    await keep(PARTS, url.href, part);
    if (url.pathname.endsWith('.css')) await keepPartsOf(written, url);
  }
}

self.addEventListener('message', (event) => {
  const { keepPages = [], forget = false } = event.data || {};
  if (forget) event.waitUntil(Promise.all([caches.delete(PAGES), caches.delete(PARTS)]));
  event.waitUntil(
    (async () => {
      for (const path of keepPages.slice(0, 40)) {
        const url = new URL(path, self.location.origin);
        if (!isDesk(url)) continue;
        const answer = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined);
        if (!answer) continue;
        const page = answer.clone();
        await keep(PAGES, url.href, answer);
        if (page.ok && !page.redirected) await keepPartsOf(page, url);
      }
    })(),
  );
});

self.addEventListener('push', (event) => {
  const words = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(words.title || 'Halles', {
      body: words.body,
      tag: words.tag,
      icon: '/icon.svg',
      requireInteraction: true,
      data: { path: words.path || '/merchant' },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.path, self.location.origin);
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (windows) => {
      const open = windows.find((one) => new URL(one.url).pathname.startsWith('/merchant/'));
      if (!open) return self.clients.openWindow(target);
      await open.focus();
      return open.navigate(target).catch(() => self.clients.openWindow(target));
    }),
  );
});
`.trimStart();

export function GET(): Response {
  return new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' } });
}
