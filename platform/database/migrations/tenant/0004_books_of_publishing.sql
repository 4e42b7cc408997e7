CREATE TABLE IF NOT EXISTS "_retired" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "_retired_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" integer NOT NULL,
	"object" text NOT NULL,
	"field" text,
	"names" jsonb NOT NULL,
	"spec" jsonb NOT NULL,
	"retired_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"restored_version" integer
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "_unsettled" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "_unsettled_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"step" jsonb NOT NULL
);
