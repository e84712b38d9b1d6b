import { createHash } from 'node:crypto';

/** Ids in feeds: of what a thing is, not where it stands, so that no change of an address makes it new. */
export function urnOf(uuid: string): string {
  return `urn:uuid:${uuid}`;
}

/** A tag's feed is another feed. */
export function feedId(newsletterId: string, tag: string | undefined): string {
  return urnOf(tag === undefined ? newsletterId : nameUuid(newsletterId, `tag:${tag}`));
}

/** Version 5: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
function nameUuid(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
