-- A dozen representative features of employers, written by hand against the raw rows, for every day of `days`
-- (as_of; m3, m6, m12: first month of the look-back; due: newest month whose wages have fallen due; due3, due6, due12:
-- first month of the look-back that ends there). Corrections stand from the day they are known.
WITH pay AS (
    SELECT *, lead(known_on) OVER (PARTITION BY employer_id, worker_id, month ORDER BY known_on) AS known_until
    FROM read_parquet($payroll)
),
contribution AS (
    SELECT *, lead(known_on) OVER (PARTITION BY employer_id, worker_id, month, scheme ORDER BY known_on) AS known_until
    FROM read_parquet($contributions)
),
pay_cells AS (
    SELECT employer_id, month, known_on, known_until, paid_on,
           count(*) AS workers,
           count(*) FILTER (wage_due > 0) AS owed_workers,
           sum((wage_due * 100)::BIGINT) AS due_cents,
           sum((least(wage_due, coalesce(wage_paid, 0)) * 100)::BIGINT) AS paid,
           count(*) FILTER (wage_paid > 0) AS paid_workers,
           count(*) FILTER (wage_paid >= wage_due AND wage_due > 0) AS paid_whole,
           count(*) FILTER (wage_paid > 0 AND paid_on > month + INTERVAL 1 MONTH + INTERVAL 29 DAY) AS late_workers,
           sum(greatest(paid_on - (month + INTERVAL 1 MONTH + INTERVAL 29 DAY)::DATE, 0)) FILTER (wage_paid > 0) AS late_days
    FROM pay GROUP BY ALL
),
contribution_cells AS (
    SELECT employer_id, month, known_on, known_until, paid_on,
           count(*) FILTER (scheme = 'pension') AS insured,
           sum((base * 100)::BIGINT) FILTER (scheme = 'pension') AS base,
           sum((due * 100)::BIGINT) AS due_cents,
           sum((least(due, coalesce(paid, 0)) * 100)::BIGINT) AS paid
    FROM contribution GROUP BY ALL
),
pay_month AS (
    SELECT as_of, m3, m12, due, due3, due6, due12, employer_id, month,
           sum(workers) AS workers, sum(owed_workers) AS owed_workers, sum(due_cents) AS due_cents,
           sum(paid) FILTER (made) AS paid, sum(paid_workers) FILTER (made) AS paid_workers,
           sum(paid_whole) FILTER (made) AS paid_whole, sum(late_workers) FILTER (made) AS late_workers,
           sum(late_days) FILTER (made) AS late_days
    FROM (SELECT *, coalesce(greatest(paid_on, known_on), known_on) <= as_of AS made
          FROM pay_cells, days
          WHERE known_on <= as_of AND (known_until IS NULL OR known_until > as_of) AND month >= due12)
    GROUP BY ALL
),
contribution_month AS (
    SELECT as_of, m3, due, due3, employer_id, month, sum(insured) AS insured, sum(base) AS base, sum(due_cents) AS due_cents,
           sum(paid) FILTER (coalesce(greatest(paid_on, known_on), known_on) <= as_of) AS paid
    FROM contribution_cells, days
    WHERE known_on <= as_of AND (known_until IS NULL OR known_until > as_of) AND month >= due3
    GROUP BY ALL
),
pay_features AS (
    SELECT as_of, employer_id,
           1 - coalesce(sum(paid) FILTER (month BETWEEN due3 AND due), 0) / nullif(sum(due_cents) FILTER (month BETWEEN due3 AND due), 0) AS unpaid_share_3m,
           1 - coalesce(sum(paid) FILTER (month <= due), 0) / nullif(sum(due_cents) FILTER (month <= due), 0) AS unpaid_share_12m,
           (coalesce(sum(due_cents) FILTER (month <= due), 0) - coalesce(sum(paid) FILTER (month <= due), 0)) / 100 AS unpaid_amount_12m,
           coalesce(sum(owed_workers) FILTER (month BETWEEN due6 AND due), 0) - coalesce(sum(paid_whole) FILTER (month BETWEEN due6 AND due), 0) AS unpaid_worker_months_6m,
           sum(late_workers) FILTER (month <= due) / nullif(sum(paid_workers) FILTER (month <= due), 0) AS late_share_12m,
           sum(late_days) FILTER (month <= due) / nullif(sum(paid_workers) FILTER (month <= due), 0) AS mean_days_late_12m,
           count(*) FILTER (month >= m12) AS payroll_months_12m,
           sum(workers) FILTER (month >= m3) AS workers_of_3m,
           count(*) FILTER (month >= m3) AS months_of_3m,
           sum(due_cents) FILTER (month >= m3) AS due_of_3m
    FROM pay_month GROUP BY ALL
),
contribution_features AS (
    SELECT as_of, employer_id,
           1 - coalesce(sum(paid) FILTER (month <= due), 0) / nullif(sum(due_cents) FILTER (month <= due), 0) AS contributions_unpaid_share_3m,
           sum(insured) FILTER (month >= m3) AS insured_of_3m,
           sum(base) FILTER (month >= m3) AS base_of_3m
    FROM contribution_month GROUP BY ALL
)
SELECT as_of, employer_id, unpaid_share_3m, unpaid_share_12m, unpaid_amount_12m, unpaid_worker_months_6m,
       late_share_12m, mean_days_late_12m, payroll_months_12m,
       workers_of_3m / nullif(months_of_3m, 0) AS workers_3m,
       due_of_3m / 100 / nullif(workers_of_3m, 0) AS mean_wage_3m,
       contributions_unpaid_share_3m,
       insured_of_3m / nullif(workers_of_3m, 0) AS insured_share_3m,
       base_of_3m / nullif(due_of_3m, 0) AS base_to_wages_3m
FROM pay_features LEFT JOIN contribution_features USING (as_of, employer_id)
ORDER BY as_of, employer_id
