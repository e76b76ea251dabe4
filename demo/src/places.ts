import { freePort, isFree } from '@xmpp-groups/harness';

/** Where things listen on 127.0.0.1. */
export interface Places {
  readonly c2s: number;
  /** WebSocket, BOSH and the server's API. */
  readonly http: number;
  readonly component: number;
  /** /healthz, /readyz and /metrics of the component. */
  readonly metrics: number;
}

const USUAL: Places = { c2s: 15_222, http: 15_280, component: 15_347, metrics: 15_464 };

/** The ports of every day, so that a client has to be set up once; another one for each that is taken. */
export async function usualPlaces(say: (line: string) => void): Promise<Places> {
  const place = async (port: number, what: string): Promise<number> => {
    if (await isFree(port)) return port;
    const other = await freePort();
    say(`Port ${port} is taken by another program; ${what} is at ${other} this time.`);
    return other;
  };
  return {
    c2s: await place(USUAL.c2s, 'the server'),
    http: await place(USUAL.http, 'its WebSocket'),
    component: await place(USUAL.component, 'the port for the component'),
    metrics: await place(USUAL.metrics, 'the page of metrics'),
  };
}

/** Ports that nobody else has, for a run that is nobody else's business. */
export async function anyPlaces(): Promise<Places> {
  return {
    c2s: await freePort(),
    http: await freePort(),
    component: await freePort(),
    metrics: await freePort(),
  };
}
