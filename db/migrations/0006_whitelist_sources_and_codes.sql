CREATE TABLE "whitelist_addresses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_addresses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"network" "cidr" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whitelist_domains" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_domains_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"domain" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whitelist_codes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_codes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"phone_id" bigint NOT NULL,
	"number" text NOT NULL,
	"by" text NOT NULL,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"code_hash" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"asked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now(),
	"expires_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"cause" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "whitelist_addresses_network" ON "whitelist_addresses" USING btree ("account_id","network");--> statement-breakpoint
CREATE UNIQUE INDEX "whitelist_domains_domain" ON "whitelist_domains" USING btree ("account_id","domain");--> statement-breakpoint
CREATE INDEX "whitelist_codes_account" ON "whitelist_codes" USING btree ("account_id","asked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "whitelist_codes_number" ON "whitelist_codes" USING btree ("number","asked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "whitelist_codes_phone" ON "whitelist_codes" USING btree ("phone_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "whitelist_codes_due" ON "whitelist_codes" USING btree ("due_at");