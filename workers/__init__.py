"""The RQ edge: processes, schedules and jobs."""
