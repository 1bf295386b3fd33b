CREATE TABLE "tariff_rates" (
	"account_id" integer NOT NULL,
	"prefix" text NOT NULL,
	"pulse_seconds" integer NOT NULL,
	"per_pulse_micros" bigint NOT NULL,
	"set_up_micros" bigint NOT NULL,
	CONSTRAINT "tariff_rates_account_id_prefix_pk" PRIMARY KEY("account_id","prefix")
);
--> statement-breakpoint
CREATE TABLE "tariffs" (
	"account_id" integer PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"per_sms_micros" bigint NOT NULL,
	"per_mail_micros" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
