CREATE TABLE "incoming_mail_answers" (
	"mail_id" bigint NOT NULL,
	"to" text NOT NULL,
	"account_id" integer NOT NULL,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"sends" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now(),
	"settled_at" timestamp (3) with time zone,
	"provider_ref" text,
	"cause" text,
	CONSTRAINT "incoming_mail_answers_mail_id_to_pk" PRIMARY KEY("mail_id","to")
);
--> statement-breakpoint
CREATE TABLE "incoming_mails" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incoming_mails_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"receiver" text NOT NULL,
	"receiver_ref" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"envelope_from" text,
	"helo" text,
	"client_address" text,
	"spf_result" text,
	"bytes" integer,
	"raw_key" text,
	"remote" jsonb,
	"verdict" text DEFAULT 'WAITING' NOT NULL,
	"reason" text,
	"detail" text,
	"sender" text,
	"subject" text,
	"message_id" text,
	"authentication" jsonb,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fingerprint" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"judged_at" timestamp (3) with time zone,
	"purged_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mail_in_addresses" (
	"account_id" integer PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incoming_mail_answers" ADD CONSTRAINT "incoming_mail_answers_mail_id_incoming_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."incoming_mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incoming_mail_answers_due" ON "incoming_mail_answers" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "incoming_mails_ref" ON "incoming_mails" USING btree ("receiver","receiver_ref","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "incoming_mails_fingerprint" ON "incoming_mails" USING btree ("account_id","fingerprint") WHERE fingerprint is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "incoming_mails_message_id" ON "incoming_mails" USING btree ("account_id","sender","message_id") WHERE verdict = 'ACCEPTED' and message_id is not null;--> statement-breakpoint
CREATE INDEX "incoming_mails_recent" ON "incoming_mails" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "incoming_mails_received" ON "incoming_mails" USING btree ("account_id","received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "incoming_mails_due" ON "incoming_mails" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "incoming_mails_kept" ON "incoming_mails" USING btree ("judged_at") WHERE raw_key is not null and judged_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mail_in_addresses_token" ON "mail_in_addresses" USING btree ("token");