/**
 * Fixed secrets of the test Workers. They protect nothing: a test that needs another value passes it itself.
 * Keys are 32 bytes in base64, as `npm run deploy` makes them.
 */
export function testSecrets(): Record<string, string> {
  return {
    KEK_1: fixedKey(1),
    KEK_2: fixedKey(2),
    SESSION_MAC_KEY: fixedKey(3),
    GATE_MAC_KEY: fixedKey(4),
    OUTBOX_MAC_KEY: fixedKey(5),
    CURSOR_MAC_KEY: fixedKey(6),
    // Ed25519 seed of the log's checkpoints.
    AUDIT_SIGNING_KEY: fixedKey(7),
  }
}

function fixedKey(fill: number): string {
  return Buffer.alloc(32, fill).toString('base64')
}
