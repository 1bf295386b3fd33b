CREATE TABLE "request_slots" (
	"request_id" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"attempt_no" smallint NOT NULL,
	"outcome" "outcome" NOT NULL,
	"shard" smallint NOT NULL,
	"account_id" integer NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "request_slots_request_id_at_attempt_no_outcome_shard_pk" PRIMARY KEY("request_id","at","attempt_no","outcome","shard")
);
