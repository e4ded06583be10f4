// Loaded before any module: zod asks once whether it may compile its checks, and under our policy the asking alone is a
// violation that the browser reports. Its documented switch `jitless`, set where zod keeps it before it is loaded.
globalThis.__zod_globalConfig = { jitless: true }
