CREATE TABLE "recordings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recordings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"widget" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'RECORDING' NOT NULL,
	"duration_ms" integer,
	"bytes" bigint,
	"storage_key" text,
	"cause" text,
	"at_trunk" boolean DEFAULT true NOT NULL,
	"next_try_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_name" ON "recordings" USING btree ("account_id","name");--> statement-breakpoint
CREATE INDEX "recordings_attempt" ON "recordings" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_call" ON "recordings" USING btree ("attempt_id") WHERE "recordings"."kind" = 'CALL';--> statement-breakpoint
CREATE INDEX "recordings_at_trunk" ON "recordings" USING btree ("next_try_at") WHERE "recordings"."at_trunk";