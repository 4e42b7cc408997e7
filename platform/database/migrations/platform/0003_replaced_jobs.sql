-- A job that is replaced gets another number. A node that was given up while it ran the job takes it out of the queue by
-- its number when it wakes, and would take away what has replaced it.
CREATE OR REPLACE FUNCTION platform.add_job(
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
  IF add_job.job_key IS NOT NULL THEN
    PERFORM graphile_worker.remove_job(caller || ':' || add_job.job_key);
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
