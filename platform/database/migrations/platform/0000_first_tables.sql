CREATE SCHEMA IF NOT EXISTS "platform";
--> statement-breakpoint
CREATE TABLE "platform"."account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"member" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "platform"."member" (
	"user_id" text NOT NULL,
	"tenant" text NOT NULL,
	"member" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_user_id_tenant_pk" PRIMARY KEY("user_id","tenant")
);
--> statement-breakpoint
CREATE TABLE "platform"."node" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."published_version" (
	"tenant" text NOT NULL,
	"number" integer NOT NULL,
	"hash" text NOT NULL,
	"documents" text NOT NULL,
	"plan" text NOT NULL,
	"note" text,
	"published_by" text,
	"published_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "published_version_tenant_number_pk" PRIMARY KEY("tenant","number")
);
--> statement-breakpoint
CREATE TABLE "platform"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "platform"."sign_in_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"ip_address" text,
	"succeeded" boolean NOT NULL,
	"reason" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."tenant" (
	"name" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"schema" text NOT NULL,
	"role_name" text NOT NULL,
	"role_password" text NOT NULL,
	"active_version" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_schema_unique" UNIQUE("schema"),
	CONSTRAINT "tenant_role_name_unique" UNIQUE("role_name")
);
--> statement-breakpoint
CREATE TABLE "platform"."user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "platform"."verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "platform"."account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "platform"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."api_key" ADD CONSTRAINT "api_key_tenant_tenant_name_fk" FOREIGN KEY ("tenant") REFERENCES "platform"."tenant"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "platform"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."member" ADD CONSTRAINT "member_tenant_tenant_name_fk" FOREIGN KEY ("tenant") REFERENCES "platform"."tenant"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."published_version" ADD CONSTRAINT "published_version_tenant_tenant_name_fk" FOREIGN KEY ("tenant") REFERENCES "platform"."tenant"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "platform"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "platform"."account" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_provider" ON "platform"."account" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "api_key_member" ON "platform"."api_key" USING btree ("tenant","member");--> statement-breakpoint
CREATE UNIQUE INDEX "member_row" ON "platform"."member" USING btree ("tenant","member");--> statement-breakpoint
CREATE INDEX "session_user" ON "platform"."session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempt_email" ON "platform"."sign_in_attempt" USING btree ("email","at");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "platform"."verification" USING btree ("identifier");