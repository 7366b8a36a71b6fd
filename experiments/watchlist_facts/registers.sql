-- What the raw registers say on the day: of each key the newest row known by then, outcomes only from the day they were
-- learned, payments only from the day they were made. The variables day, due_days, newest_ended and newest_due are set
-- before; the tables raw_NAME are the files as delivered, `asked` the employers of the list.

CREATE MACRO ended(month, n) AS month > getvariable('newest_ended') - to_months(n) AND month <= getvariable('newest_ended');
CREATE MACRO fallen_due(month, n) AS month > getvariable('newest_due') - to_months(n) AND month <= getvariable('newest_due');
CREATE MACRO lately(happened, n) AS happened > getvariable('day') - to_months(n) AND happened <= getvariable('day');
CREATE MACRO by_the_day(learned) AS coalesce(learned <= getvariable('day'), false);

CREATE TABLE employers AS
SELECT * REPLACE (CASE WHEN by_the_day(closed_on) THEN closed_on END AS closed_on)
FROM (SELECT *, coalesce(known_on, registered_on) AS known FROM raw_employers)
WHERE known IS NULL OR known <= getvariable('day')
QUALIFY row_number() OVER (PARTITION BY employer_id ORDER BY known DESC NULLS LAST) = 1;

CREATE TABLE payroll AS
SELECT employer_id, worker_id, month, known, coalesce(wage_due, 0) AS due,
    CASE WHEN by_the_day(paid_on) THEN coalesce(wage_paid, 0) ELSE 0 END AS paid, greatest(due - paid, 0) AS unpaid,
    CASE WHEN by_the_day(paid_on) THEN paid_on END AS paid_on, CASE WHEN paid > 0 THEN greatest(datediff('day', last_day(month), paid_on) - getvariable('due_days'), 0) END AS days_late
FROM (SELECT *, coalesce(known_on, last_day(month)) AS known FROM raw_payroll)
WHERE known <= getvariable('day')
QUALIFY row_number() OVER (PARTITION BY employer_id, worker_id, month ORDER BY known DESC) = 1;

CREATE TABLE contributions AS
SELECT employer_id, worker_id, month, scheme, known, coalesce(due, 0) AS due,
    CASE WHEN by_the_day(paid_on) THEN coalesce(paid, 0) ELSE 0 END AS paid, greatest(due - paid, 0) AS unpaid,
    CASE WHEN by_the_day(paid_on) THEN paid_on END AS paid_on, CASE WHEN paid > 0 THEN greatest(datediff('day', last_day(month), paid_on) - getvariable('due_days'), 0) END AS days_late
FROM (SELECT *, coalesce(known_on, last_day(month)) AS known FROM raw_contributions SEMI JOIN asked USING (employer_id))
WHERE known <= getvariable('day')
QUALIFY row_number() OVER (PARTITION BY employer_id, worker_id, month, scheme ORDER BY known DESC) = 1;

CREATE TABLE complaints AS
SELECT employer_id, complaint_id, filed_on, topic, coalesce(workers, 1) AS workers, amount_claimed, known, by_the_day(decided_on) AS decided,
    CASE WHEN decided THEN decided_on END AS decided_on, CASE WHEN decided THEN outcome END AS outcome,
    CASE WHEN decided AND outcome = 'proven' THEN amount_proven END AS owed, CASE WHEN decided THEN coalesce(amount_recovered, 0) END AS recovered
FROM (SELECT *, coalesce(known_on, filed_on) AS known FROM raw_complaints)
WHERE known <= getvariable('day')
QUALIFY row_number() OVER (PARTITION BY complaint_id ORDER BY known DESC) = 1;

CREATE TABLE inspections AS
SELECT employer_id, inspection_id, opened_on, known, by_the_day(closed_on) AS closed,
    CASE WHEN closed THEN closed_on END AS closed_on, CASE WHEN closed THEN finding END AS finding,
    CASE WHEN closed THEN workers_owed END AS workers_owed, CASE WHEN closed THEN amount_owed END AS owed,
    CASE WHEN closed THEN coalesce(amount_recovered, 0) END AS recovered
FROM (SELECT *, coalesce(known_on, opened_on) AS known FROM raw_inspections)
WHERE known <= getvariable('day')
QUALIFY row_number() OVER (PARTITION BY inspection_id ORDER BY known DESC) = 1;

-- The rows of the employer asked about, named by the variable `employer`.
CREATE VIEW pay AS SELECT * FROM payroll WHERE employer_id = getvariable('employer');
CREATE VIEW dues AS SELECT * FROM contributions WHERE employer_id = getvariable('employer');
CREATE VIEW complained AS SELECT * FROM complaints WHERE employer_id = getvariable('employer');
CREATE VIEW inspected AS SELECT * FROM inspections WHERE employer_id = getvariable('employer');
CREATE VIEW cases AS
SELECT filed_on AS happened, outcome = 'proven' AS found, owed, recovered FROM complained
UNION ALL SELECT opened_on, finding = 'arrears', owed, recovered FROM inspected;
CREATE VIEW proven AS
SELECT employer_id FROM complaints WHERE outcome = 'proven' UNION SELECT employer_id FROM inspections WHERE finding = 'arrears';

-- Of every employer, for comparisons: workers in a month, and who left between two months that were both filed.
CREATE VIEW sizes AS
SELECT employer_id, count(*) / count(DISTINCT month) AS workers FROM payroll WHERE ended(month, 3) GROUP BY employer_id;
CREATE VIEW leaving AS
WITH filed AS (SELECT DISTINCT employer_id, month FROM payroll),
    there AS (
        SELECT p.employer_id, p.worker_id, f.month FROM payroll p
        JOIN filed f ON f.employer_id = p.employer_id AND f.month = p.month + INTERVAL 1 MONTH WHERE ended(f.month, 12)
    )
SELECT t.employer_id, t.month, count(*) AS before, count(*) FILTER (WHERE p.worker_id IS NULL) AS gone
FROM there t LEFT JOIN payroll p ON p.employer_id = t.employer_id AND p.worker_id = t.worker_id AND p.month = t.month
GROUP BY t.employer_id, t.month;
