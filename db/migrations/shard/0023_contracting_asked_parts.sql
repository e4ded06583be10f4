ALTER TABLE `passport_copies` ADD `has_employment` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `passport_copies` ADD `has_cheque` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- What the content of older copies holds is noted by the hour (`name-missing-documents.ts`); until then it counts as missing.
UPDATE `passport_copies` SET `documents_named` = 0;
