CREATE TABLE "prompt_mails" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "prompt_mails_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"prompt_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"prompt_name" text NOT NULL,
	"reason" text,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"sends" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now(),
	"settled_at" timestamp (3) with time zone,
	"provider_ref" text,
	"cause" text
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "prompts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"name" text NOT NULL,
	"tags" text[] NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"reason" text,
	"format" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"duration_ms" integer NOT NULL,
	"original_key" text NOT NULL,
	"telephone_key" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompt_mails_due" ON "prompt_mails" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "prompt_mails_prompt" ON "prompt_mails" USING btree ("account_id","prompt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_name" ON "prompts" USING btree ("account_id","name");--> statement-breakpoint
CREATE INDEX "prompts_status" ON "prompts" USING btree ("status","id");