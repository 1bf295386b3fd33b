CREATE TABLE "splits" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "splits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"name" text,
	"salt" text NOT NULL,
	"arms" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "from_request_id" bigint;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "from_outcomes" "outcome"[];--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "split_id" bigint;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "split_arm" smallint;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "spread_plan" jsonb;--> statement-breakpoint
CREATE INDEX "splits_recent" ON "splits" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_split_id_splits_id_fk" FOREIGN KEY ("split_id") REFERENCES "public"."splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "requests_from" ON "requests" USING btree ("account_id","from_request_id") WHERE from_request_id is not null;--> statement-breakpoint
CREATE INDEX "requests_split" ON "requests" USING btree ("split_id","split_arm") WHERE split_id is not null;