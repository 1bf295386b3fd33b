DROP INDEX "attempts_request";--> statement-breakpoint
DROP INDEX "attempts_flow";--> statement-breakpoint
DROP INDEX "requests_recent";--> statement-breakpoint
DROP INDEX "requests_flow";--> statement-breakpoint
DROP INDEX "requests_created";--> statement-breakpoint
CREATE INDEX "attempts_request_kind" ON "attempts" USING btree ("account_id","request_id","medium","outcome","reserved_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attempts_flow_kind" ON "attempts" USING btree ("account_id","flow_id","direction","medium","outcome","reserved_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_newest" ON "requests" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_kind" ON "requests" USING btree ("account_id","flow_id","status","source","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_files" ON "requests" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST,"file_name") WHERE file_name is not null;