-- A carrier's key names its carrier, the tenant's own names none: the id says which it is.
ALTER TABLE `api_keys` ADD `carrier_id` text CHECK ((`carrier_id` IS NOT NULL) = (substr(`id`, 1, 4) = 'cky_'));--> statement-breakpoint
CREATE INDEX `api_keys_carrier` ON `api_keys` (`tenant_id`,`carrier_id`,`created_at`,`id`);