CREATE TYPE "public"."file_rejection" AS ENUM('NOT_CSV', 'NO_PHONE_COLUMN', 'EMPTY_FILE', 'FILE_TOO_LARGE', 'ZIP_TOO_LARGE', 'ZIP_UNSAFE', 'BAD_ENCODING', 'FLOW_NOT_RUNNABLE');--> statement-breakpoint
CREATE TYPE "public"."flow_type" AS ENUM('outbound', 'dialer', 'inbound', 'notification');--> statement-breakpoint
CREATE TYPE "public"."medium" AS ENUM('voice', 'sms', 'email');--> statement-breakpoint
CREATE TYPE "public"."outcome" AS ENUM('ANSWERED', 'BUSY', 'NO_ANSWER', 'DECLINED', 'INVALID', 'FAILED', 'MACHINE', 'ABANDONED', 'BLOCKED', 'CANCELLED', 'EXPIRED', 'UNKNOWN', 'SENT', 'DELIVERED', 'UNDELIVERED', 'REJECTED', 'BOUNCED', 'COMPLAINED');--> statement-breakpoint
CREATE TYPE "public"."request_status" AS ENUM('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED');--> statement-breakpoint
CREATE TYPE "public"."row_result" AS ENUM('ACCEPTED', 'MALFORMED_ROW', 'MISSING_NUMBER', 'INVALID_NUMBER', 'DUPLICATE', 'BLACKLISTED', 'DO_NOT_CALL', 'MISSING_VARIABLE', 'TOO_LATE');--> statement-breakpoint
CREATE TYPE "public"."mail_state" AS ENUM('RESERVED', 'SENT', 'FAILED', 'UNKNOWN');--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"default_country" text NOT NULL,
	"holder_email" text NOT NULL,
	"max_concurrent_calls" integer DEFAULT 1000 NOT NULL,
	"max_calls_per_second" integer DEFAULT 1000 NOT NULL,
	"transactional_contract" boolean DEFAULT false NOT NULL,
	"plain_http_webhooks" boolean DEFAULT false NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"account_id" integer NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer,
	"body" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"user_id" integer NOT NULL,
	"account_id" integer NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "memberships_user_id_account_id_pk" PRIMARY KEY("user_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"operations" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"request_id" bigint NOT NULL,
	"row" integer NOT NULL,
	"attempt_no" smallint NOT NULL,
	"step" smallint DEFAULT 0 NOT NULL,
	"medium" "medium" NOT NULL,
	"flow_id" bigint NOT NULL,
	"flow_version" integer NOT NULL,
	"policy_version" integer NOT NULL,
	"address" text NOT NULL,
	"sender" text,
	"provider" text NOT NULL,
	"provider_ref" text,
	"reserved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"outcome" "outcome",
	"cause" text,
	"keys" text,
	"evidence" jsonb
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"entries" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" jsonb,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_attempts" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"request_id" bigint NOT NULL,
	"flow_id" bigint NOT NULL,
	"medium" "medium" NOT NULL,
	"reserved_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pace_gates" (
	"key" text PRIMARY KEY NOT NULL,
	"account_id" integer NOT NULL,
	"next_at_ms" double precision DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_versions" (
	"flow_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"account_id" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"published_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_by" text NOT NULL,
	CONSTRAINT "flow_versions_flow_id_version_pk" PRIMARY KEY("flow_id","version")
);
--> statement-breakpoint
CREATE TABLE "flows" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flows_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"name" text NOT NULL,
	"type" "flow_type" NOT NULL,
	"draft" jsonb NOT NULL,
	"published_version" integer,
	"transactional" boolean DEFAULT false NOT NULL,
	"approved_version" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "records" (
	"request_id" bigint NOT NULL,
	"row" integer NOT NULL,
	"account_id" integer NOT NULL,
	"result" "row_result" NOT NULL,
	"given" text NOT NULL,
	"number" text,
	"region" text,
	"variables" jsonb,
	"detail" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"outcome" "outcome",
	"last_attempt_id" uuid,
	"due_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "records_request_id_row_pk" PRIMARY KEY("request_id","row")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"request_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "request_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"request_id" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"type" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_policies" (
	"request_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"account_id" integer NOT NULL,
	"policy" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_policies_request_id_version_pk" PRIMARY KEY("request_id","version")
);
--> statement-breakpoint
CREATE TABLE "request_tallies" (
	"request_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"shard" smallint NOT NULL,
	"account_id" integer NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "request_tallies_request_id_kind_value_shard_pk" PRIMARY KEY("request_id","kind","value","shard")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"flow_id" bigint NOT NULL,
	"flow_version" integer NOT NULL,
	"flow_type" "flow_type" NOT NULL,
	"source" text NOT NULL,
	"file_name" text,
	"upload_key" text,
	"upload_format" text,
	"phone_column" text,
	"status" "request_status" DEFAULT 'RECEIVED' NOT NULL,
	"rejection" "file_rejection",
	"rejection_detail" text,
	"start_at" timestamp (3) with time zone,
	"end_at" timestamp (3) with time zone,
	"open" boolean DEFAULT false NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"status_emails" text[] DEFAULT '{}' NOT NULL,
	"policy_version" integer DEFAULT 1 NOT NULL,
	"loaded" integer DEFAULT 0 NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"next_due_at" timestamp (3) with time zone,
	"ingested_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blacklist_emails" (
	"account_id" integer NOT NULL,
	"email" text NOT NULL,
	"reason" text,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blacklist_emails_account_id_email_pk" PRIMARY KEY("account_id","email")
);
--> statement-breakpoint
CREATE TABLE "blacklist_phones" (
	"account_id" integer NOT NULL,
	"number" text NOT NULL,
	"reason" text,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blacklist_phones_account_id_number_pk" PRIMARY KEY("account_id","number")
);
--> statement-breakpoint
CREATE TABLE "register_numbers" (
	"account_id" integer NOT NULL,
	"number" bigint NOT NULL,
	"version_id" integer NOT NULL,
	CONSTRAINT "register_numbers_account_id_number_pk" PRIMARY KEY("account_id","number")
);
--> statement-breakpoint
CREATE TABLE "register_versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "register_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"file_name" text NOT NULL,
	"numbers" integer NOT NULL,
	"rejected" integer NOT NULL,
	"current" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whitelist_emails" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_emails_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whitelist_phones" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_phones_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"number" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_versions" ADD CONSTRAINT "flow_versions_flow_id_flows_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flows" ADD CONSTRAINT "flows_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_policies" ADD CONSTRAINT "request_policies_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_flow_id_flows_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_log_account" ON "audit_log" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "attempts_recent" ON "attempts" USING btree ("account_id","reserved_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attempts_address" ON "attempts" USING btree ("account_id","address","reserved_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attempts_request" ON "attempts" USING btree ("account_id","request_id","row");--> statement-breakpoint
CREATE INDEX "attempts_flow" ON "attempts" USING btree ("account_id","flow_id","reserved_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "open_attempts_flow" ON "open_attempts" USING btree ("flow_id","medium");--> statement-breakpoint
CREATE INDEX "open_attempts_account" ON "open_attempts" USING btree ("account_id","medium");--> statement-breakpoint
CREATE INDEX "open_attempts_request" ON "open_attempts" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "flow_versions_account" ON "flow_versions" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flows_name" ON "flows" USING btree ("account_id","name");--> statement-breakpoint
CREATE INDEX "request_mails_account" ON "request_mails" USING btree ("account_id","reserved_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "records_number" ON "records" USING btree ("account_id","number") WHERE number is not null;--> statement-breakpoint
CREATE INDEX "outbox_created" ON "outbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "request_events_request" ON "request_events" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "requests_recent" ON "requests" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_status" ON "requests" USING btree ("account_id","status","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_flow" ON "requests" USING btree ("account_id","flow_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_created" ON "requests" USING btree ("account_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "register_versions_account" ON "register_versions" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "whitelist_emails_email" ON "whitelist_emails" USING btree ("account_id","email");--> statement-breakpoint
CREATE INDEX "whitelist_phones_number" ON "whitelist_phones" USING btree ("account_id","number");