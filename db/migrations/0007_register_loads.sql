CREATE TABLE "register_answers" (
	"number" bigint PRIMARY KEY NOT NULL,
	"registered" boolean NOT NULL,
	"categories" smallint DEFAULT 1 NOT NULL,
	"from_minute" smallint,
	"to_minute" smallint,
	"days" smallint,
	"failed" boolean DEFAULT false NOT NULL,
	"version" text,
	"answered_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "register_numbers" DROP CONSTRAINT "register_numbers_account_id_number_pk";--> statement-breakpoint
-- Numbers of all loads so far are those of the version in force, on which further loads stand.
UPDATE "register_numbers" n SET "version_id" = v."id" FROM "register_versions" v
  WHERE v."account_id" = n."account_id" AND v."current" AND n."version_id" <> v."id";--> statement-breakpoint
ALTER TABLE "register_numbers" ADD CONSTRAINT "register_numbers_account_id_version_id_number_pk" PRIMARY KEY("account_id","version_id","number");--> statement-breakpoint
ALTER TABLE "register_numbers" ADD COLUMN "categories" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "register_numbers" ADD COLUMN "from_minute" smallint;--> statement-breakpoint
ALTER TABLE "register_numbers" ADD COLUMN "to_minute" smallint;--> statement-breakpoint
ALTER TABLE "register_numbers" ADD COLUMN "days" smallint;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "mode" text DEFAULT 'UPDATE' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "status" text DEFAULT 'DONE' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "base_id" integer;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "operation" text DEFAULT 'ADD' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "allow_shrink" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "upload_key" text;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "bytes" bigint;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "bytes_read" bigint;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "added" integer;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "removed" integer;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "unclear" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "total" integer;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "faults" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "finished_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "register_versions" ADD COLUMN "cleared_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "register_answers_expiry" ON "register_answers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "register_versions_current" ON "register_versions" USING btree ("account_id") WHERE "register_versions"."current";--> statement-breakpoint
CREATE INDEX "register_versions_waiting" ON "register_versions" USING btree ("id") WHERE "register_versions"."status" in ('QUEUED', 'LOADING');