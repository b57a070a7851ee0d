/**
 * What a browser keeps running for a shop's desk: it shows what the push service brings, and a tap opens the page it is about. Plain
 * JavaScript: it runs outside of every page, below /merchant/ only.
 */
const script = `
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
