ALTER TABLE "accounts" ADD COLUMN "contacts_per_day" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "contact_gap_ms" integer;