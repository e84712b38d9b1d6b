import { createHash } from 'node:crypto';

/** Entry ids do not contain a URL, so that a new address does not make an entry appear as new. */
export function urnOf(uuid: string): string {
  return `urn:uuid:${uuid}`;
}

/** The feed of a tag is a feed of its own, and needs its own id. */
export function feedId(newsletterId: string, tag: string | undefined): string {
  return urnOf(tag === undefined ? newsletterId : nameUuid(newsletterId, `tag:${tag}`));
}

/** A UUID of version 5: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
function nameUuid(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
