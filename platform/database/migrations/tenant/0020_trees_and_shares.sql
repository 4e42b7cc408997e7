CREATE TABLE "_below" (
	"above" uuid NOT NULL,
	"below" uuid NOT NULL,
	CONSTRAINT "_below_above_below_pk" PRIMARY KEY("above","below")
);
--> statement-breakpoint
CREATE TABLE "_share" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"grantee" text NOT NULL,
	"access" text NOT NULL,
	"reason" text NOT NULL,
	"by" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "_below_below" ON "_below" USING btree ("below","above");--> statement-breakpoint
CREATE UNIQUE INDEX "_share_grantee" ON "_share" USING btree ("grantee","object","record");--> statement-breakpoint
CREATE INDEX "_share_record" ON "_share" USING btree ("record");--> statement-breakpoint
CREATE FUNCTION _keep_below() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent uuid := to_jsonb(new) ->> tg_argv[0];
  former uuid := CASE WHEN tg_op = 'UPDATE' THEN to_jsonb(old) ->> tg_argv[0] END;
  is_circle boolean;
BEGIN
  IF tg_op = 'UPDATE' AND parent IS NOT DISTINCT FROM former THEN
    RETURN NULL;
  END IF;
  -- Two moves at the same time could make a circle that neither of them sees.
  IF parent IS NOT NULL OR tg_op = 'UPDATE' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(tg_table_schema || '._below', 0));
  END IF;
  -- What stands above a new row is read from the table: rows of the same statement may come in any order.
  EXECUTE format(CASE tg_op
      WHEN 'INSERT' THEN 'with recursive up (id) as (select $2 where $2 is not null union select t.%3$I from %1$I.%2$I t '
        'join up on up.id = t.id where t.%3$I is not null) select exists (select 1 from up where id = $1)'
      ELSE 'select exists (select 1 from %1$I._below where above = $1 and below = $2)' END,
    tg_table_schema, tg_table_name, tg_argv[0]) INTO is_circle USING new.id, parent;
  IF is_circle THEN
    RAISE EXCEPTION 'The record would stand below itself.'
      USING ERRCODE = 'TS001', SCHEMA = tg_table_schema, TABLE = tg_table_name, COLUMN = tg_argv[0];
  END IF;
  IF tg_op = 'INSERT' THEN
    EXECUTE format('with recursive up (id) as (select $1 union select t.%3$I from %1$I.%2$I t '
        'join up on up.id = t.id where t.%3$I is not null) '
        'insert into %1$I._below (above, below) select id, $1 from up on conflict do nothing',
      tg_table_schema, tg_table_name, tg_argv[0]) USING new.id;
    RETURN NULL;
  END IF;
  EXECUTE format('delete from %1$I._below b using %1$I._below moved where moved.above = $1 and b.below = moved.below '
    'and not exists (select 1 from %1$I._below kept where kept.above = $1 and kept.below = b.above)', tg_table_schema)
    USING new.id;
  IF parent IS NOT NULL THEN
    EXECUTE format('insert into %1$I._below (above, below) select a.above, moved.below from %1$I._below a '
      'cross join %1$I._below moved where a.below = $1 and moved.above = $2 on conflict do nothing', tg_table_schema)
      USING parent, new.id;
  END IF;
  RETURN NULL;
END $$;
