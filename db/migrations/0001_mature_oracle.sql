CREATE TYPE "public"."mail_state" AS ENUM('RESERVED', 'SENT', 'FAILED', 'UNKNOWN');--> statement-breakpoint
CREATE TABLE "request_mails" (
	"request_id" bigint NOT NULL,
	"recipient" text NOT NULL,
	"kind" text NOT NULL,
	"account_id" integer NOT NULL,
	"state" "mail_state" NOT NULL,
	"sends" smallint DEFAULT 0 NOT NULL,
	"reserved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"provider_ref" text,
	"cause" text,
	CONSTRAINT "request_mails_request_id_recipient_kind_pk" PRIMARY KEY("request_id","recipient","kind")
);
--> statement-breakpoint
CREATE INDEX "request_mails_account" ON "request_mails" USING btree ("account_id","reserved_at" DESC NULLS LAST);