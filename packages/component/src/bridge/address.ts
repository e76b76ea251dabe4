import { hostAndPort } from '../link/problems.js';

/** Where the module inside the server listens: a socket in the file system, or a port. */
export type BridgeAddress = { readonly socket: string } | { readonly host: string; readonly port: number };

/** The address as people write it. */
export const shownAddress = (address: BridgeAddress): string =>
  'socket' in address ? address.socket : hostAndPort(address);
