/// <reference path="./xmpp-xml.d.ts" />
import parse from '@xmpp/xml/lib/parse.js';
import type { XmlElement } from '../xml/index.js';

/** The text as an element of `@xmpp/xml`, as stanzas come from that library. */
export const fromLtx = (source: string): XmlElement => parse(source);
