import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, after a prefix by which scanners for leaked secrets can know it. */
export function generateSecret(): string {
  return `mh_${randomBytes(32).toString('base64url')}`;
}

/**
 * SHA-256, hex. A slow hash is for secrets that people choose; these are random, and one is checked in every
 * request.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In constant time. Both are hashes of one length. */
export function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
