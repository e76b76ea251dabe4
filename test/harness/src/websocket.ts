import { WebSocket } from 'ws';

/** @xmpp/websocket uses the global `WebSocket`, which Node has since version 22 only. */
export function provideWebSocket(): void {
  if ('WebSocket' in globalThis) return;
  Object.defineProperty(globalThis, 'WebSocket', { value: WebSocket, configurable: true, writable: true });
}
