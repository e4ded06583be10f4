import { PLATFORM, type Reach } from '../reach.ts'
import { directoryTriggersOf, inspectedShards, sampleTenants, triggersOf, type Trigger } from '../tenancy/inspect.ts'
import { sha256Hex } from '../vault/digest.ts'

/** Tenants whose logs are looked at each time. */
const LOGS = 5

/** SHA-256 of each trigger as the migrations leave it (see `triggerText`), by name; an architecture test makes them again. */
export const shardTriggers: Readonly<Record<string, string>> = {
  outbox_behind_fence: 'e249ff89d36d431b5f0782896acf0e80e46ac7aac9270b2250209907090d73fc',
  outbox_no_early_delete: '21d5dda5ceed5cc9b0d4535fef349027531cb107576d7d2e2e783d5d1a2ec41d',
  outbox_no_replace: '85b0d0d8b174b682ebb5f42384226005fc560193e69f21dc44b7b8f1c142cb5f',
  outbox_no_update: '63dab8e5622d3c44c18f68d7608badc178b27b30ee3ac87fe007e5ad58f82b45',
  outbox_not_lagging: 'c94075402036d2d3531d9fb295bc94d7978cbd1a5859e707354f510fd03b9a12',
  passport_secrets_kept: 'a167d42af3a3e43bd30be539dc4c37fc8fd81ab6f59e02c468a0598448c6f5f7',
  passport_versions_kept: '04eae4953af3b3e99fe364d0ef6f451c9e97ef1f71bc92fc8be9d5ac07e42102',
  policy_versions_no_update: '4d210715fe2467c163100206e9dc30476f3862cd0309288d0d52a5a9e212162a',
  refusals_refuse: 'd07688264c4c47436a6758f8443107e9d12bc9c7e452cefda0415e60624fd507',
  tenant_fence_no_live_delete: '1cb0f09d5d29a746318c7c6e491c31df358c49bcacb1bdd74c6f61bfc61d310d',
  tenant_fence_only_rises: '1d41837a3e680e91acdfd95884e42dcf7d34d1f9a3608c8706f4d240b0a7cbcc',
}
export const directoryTriggers: Readonly<Record<string, string>> = {
  directory_fence_no_delete: '3539c7df6a5876aae2685078fd9e60c4db7e4910ae0b79eb350cef7a8386ed58',
  directory_fence_only_rises: '37bd2b6805f3eeba49836df9b9b577d2fd9dd559d936fc06b0b4a2914a22518c',
  directory_outbox_no_early_delete: 'e0037bffdb617cf0a911ecc6f3f12645b6816c3d11fa3a53bb3aca8491bd572c',
  directory_outbox_no_replace: '2b40c0c3896ae7df98ce0b9ac45d859d34ad816f87dc9bccf6876e80a054d0a7',
  directory_outbox_no_update: 'e1e72f3f0eb5b192a58f0eb9170d043d83abaa0c115e12e92c39b5799303bd3a',
  directory_outbox_not_lagging: '515830be30da4c4bd7cd507dd83c2ac76568370422ae8117852b3c6e96912abc',
  platform_auth_log_no_early_delete: '127fc3fb3e5cf118c6f7d8d7ec5b445a8d0331fb3719868bcec1e2c0e02220af',
  platform_auth_log_no_replace: '654dec3ed16f2c219f42b17ef6e36f2405b191ac6cd3d775b32873c2f471f950',
  platform_auth_log_no_update: '4813774cd705ddf89d3b746bb5d29b60bcd509ba2c46af2753103aedab40a039',
  refusals_refuse: 'd07688264c4c47436a6758f8443107e9d12bc9c7e452cefda0415e60624fd507',
}

/** The SQL of a trigger without what changes nothing: comments, line breaks and runs of blanks. */
export const triggerText = (sql: string): string => sql.replace(/^\s*--.*$/gm, '').replace(/\s+/g, ' ').trim()

/**
 * How many of the triggers that make outboxes and logs append-only are in place, in every database, the deployment's own log
 * and some tenants'. By their text: one that was replaced by an empty one of the same name is missing.
 */
export async function countTriggers(reach: Reach): Promise<{ there: number; wanted: number }> {
  const logs = [PLATFORM, ...(await sampleTenants(reach, LOGS))]
  const counts = await Promise.all([
    ...inspectedShards(reach).map(async (shard) => inDatabase(await triggersOf(shard), shardTriggers)),
    directoryTriggersOf(reach).then((found) => inDatabase(found, directoryTriggers)),
    ...logs.map(async (log) => inLog(await reach.chain.triggers(log))),
  ])
  return { there: counts.reduce((sum, { there }) => sum + there, 0), wanted: counts.reduce((sum, { wanted }) => sum + wanted, 0) }
}

async function inDatabase(found: readonly Trigger[], expected: Readonly<Record<string, string>>): Promise<{ there: number; wanted: number }> {
  const right = await Promise.all(found.map(async ({ name, sql }) => expected[name] === (await sha256Hex(triggerText(sql)))))
  return { there: right.filter(Boolean).length, wanted: Object.keys(expected).length }
}

const inLog = ({ expected, present }: { expected: readonly string[]; present: readonly string[] }): { there: number; wanted: number } => ({
  there: expected.filter((text) => present.includes(text)).length,
  wanted: expected.length,
})
