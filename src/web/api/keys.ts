/** A new idempotency key: the same work repeated with it is done once. Also where there is no HTTPS, unlike `randomUUID`. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
