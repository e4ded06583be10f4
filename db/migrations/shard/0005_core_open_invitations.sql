DROP INDEX `invitations_email`;--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_email_open` ON `invitations` (`tenant_id`,`email_index`) WHERE accepted_at IS NULL AND revoked_at IS NULL;