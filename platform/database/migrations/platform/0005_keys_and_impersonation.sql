CREATE TABLE "platform"."impersonation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session" text NOT NULL,
	"tenant" text NOT NULL,
	"impersonator" uuid NOT NULL,
	"member" uuid NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "platform"."api_key" ADD COLUMN "last_used_from" text;--> statement-breakpoint
ALTER TABLE "platform"."impersonation" ADD CONSTRAINT "impersonation_session_session_id_fk" FOREIGN KEY ("session") REFERENCES "platform"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."impersonation" ADD CONSTRAINT "impersonation_tenant_tenant_name_fk" FOREIGN KEY ("tenant") REFERENCES "platform"."tenant"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "impersonation_session" ON "platform"."impersonation" USING btree ("session","tenant");--> statement-breakpoint
UPDATE "platform"."api_key" SET "expires_at" = now() + interval '1 year' WHERE "expires_at" IS NULL;
