import { describe, expect, it } from 'vitest';
import { isAvatarId, isNamedByHash, mediaTypeOf } from './avatar.js';

const base64 = (...bytes: readonly (string | number)[]): string =>
  Buffer.concat(
    bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
  ).toString('base64');

describe('the media type of an image', () => {
  it.each([
    ['image/png', base64(0x89, 'PNG\r\n', 0x1a, '\n', 'IHDR')],
    ['image/jpeg', base64(0xff, 0xd8, 0xff, 0xe0, 'JFIF')],
    ['image/gif', base64('GIF89a', 1)],
    ['image/gif', base64('GIF87a', 1)],
    ['image/webp', base64('RIFF', 0xff, 0, 1, 2, 'WEBPVP8 ')],
    ['image/avif', base64(0, 0, 0, 0x1c, 'ftypavif', 0)],
    [undefined, base64('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [undefined, base64('<html><script>1</script></html>')],
    [undefined, base64('RIFF', 1, 2, 3, 4, 'WAVEfmt ')],
    [undefined, base64(0, 0, 0, 0x1c, 'ftypmp42', 0)],
    [undefined, ''],
  ])('%s', (type, image) => {
    expect(mediaTypeOf(image)).toBe(type);
  });
});

describe('the id of an avatar', () => {
  it.each([
    ['9f1c0a', true],
    ['A_b-9', true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['', false],
    ['juliet@example.com', false],
    ['../x', false],
    ['a/b', false],
    ['a.png', false],
    ['a\n', false],
  ])('%j: %s', (id, fits) => {
    expect(isAvatarId(id)).toBe(fits);
  });

  it.each([
    ['AB', true],
    ['cd', true],
    ['ef', false],
  ])('%s is a hash: %s', (id, named) => {
    expect(isNamedByHash(id, { bytes: 1, sha1: 'ab', textSha1: 'cd' })).toBe(named);
  });
});
