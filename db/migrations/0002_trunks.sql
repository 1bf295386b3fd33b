CREATE TABLE "trunk_health" (
	"worker" text NOT NULL,
	"trunk_id" bigint NOT NULL,
	"account_id" integer NOT NULL,
	"up" boolean NOT NULL,
	"why" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trunk_health_worker_trunk_id_pk" PRIMARY KEY("worker","trunk_id")
);
--> statement-breakpoint
CREATE TABLE "trunks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trunks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"name" text NOT NULL,
	"endpoint" text NOT NULL,
	"max_concurrent_calls" integer NOT NULL,
	"max_calls_per_second" double precision NOT NULL,
	"caller_ids" text[] NOT NULL,
	"codecs" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"priority" smallint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "trunk_id" bigint;--> statement-breakpoint
ALTER TABLE "open_attempts" ADD COLUMN "trunk_id" bigint;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "line_away_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "line_away_why" text;--> statement-breakpoint
CREATE INDEX "trunk_health_trunk" ON "trunk_health" USING btree ("account_id","trunk_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trunks_name" ON "trunks" USING btree ("account_id","name") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "trunks_endpoint" ON "trunks" USING btree ("endpoint") WHERE removed_at is null;