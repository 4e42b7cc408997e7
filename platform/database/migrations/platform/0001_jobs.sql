-- Tenants add and remove background jobs through these two functions alone. They run with the rights of the
-- platform, so they stamp each job with the tenant that asks and keep the names of tenants apart.
-- Everybody who may connect may call them; they refuse whoever is not the role of a tenant.
CREATE FUNCTION platform.current_tenant() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found text;
BEGIN
  SELECT name INTO found FROM platform.tenant WHERE role_name = session_user;
  IF found IS NULL THEN
    RAISE EXCEPTION 'The role % belongs to no tenant', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN found;
END $$;
--> statement-breakpoint
CREATE FUNCTION platform.add_job(
  identifier text,
  payload jsonb DEFAULT '{}',
  run_at timestamptz DEFAULT NULL,
  job_key text DEFAULT NULL,
  queue_name text DEFAULT NULL,
  max_attempts integer DEFAULT NULL,
  priority integer DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  caller text := platform.current_tenant();
  job_id bigint;
BEGIN
  IF identifier LIKE 'platform.%' THEN
    RAISE EXCEPTION 'The job "%" belongs to the platform; a tenant cannot add it', identifier
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF jsonb_typeof(payload) IS DISTINCT FROM 'object' THEN
    RAISE EXCEPTION 'The payload of a job is an object, not %', coalesce(jsonb_typeof(payload), 'null')
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT job.id INTO job_id FROM graphile_worker.add_job(
    identifier := add_job.identifier,
    payload := (add_job.payload || jsonb_build_object('tenant', caller))::json,
    queue_name := caller || ':' || add_job.queue_name,
    run_at := add_job.run_at,
    max_attempts := add_job.max_attempts,
    job_key := caller || ':' || add_job.job_key,
    priority := add_job.priority
  ) AS job;
  RETURN job_id;
END $$;
--> statement-breakpoint
CREATE FUNCTION platform.remove_job(job_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.remove_job(platform.current_tenant() || ':' || remove_job.job_key);
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL TABLES IN SCHEMA platform FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA platform TO PUBLIC;
