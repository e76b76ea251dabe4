import { createHash } from 'node:crypto';
import type { Picture } from '@xmpp-groups/harness';

const sha1 = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('hex');

const base64 =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM4IWeDFTEMLQkAd2xIgbfXr88AAAAASUVORK5CYII=';
const bytes = Buffer.from(base64, 'base64');

/** An image that browsers show: eight by eight red dots. */
export const PNG: Picture = { bytes, base64, sha1: sha1(bytes), textSha1: sha1(base64) };
