-- What the raw registers say on the day: of each key the newest row known by then, outcomes only from the day they were
-- learned, payments only from the day they were made. The variables day, due_days, newest_ended and newest_due are set
-- before; the tables raw_NAME are the files as delivered.

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
SELECT employer_id, worker_id, month, scheme, known, coalesce(base, 0) AS base, coalesce(due, 0) AS due,
    CASE WHEN by_the_day(paid_on) THEN coalesce(paid, 0) ELSE 0 END AS paid, greatest(due - paid, 0) AS unpaid,
    CASE WHEN by_the_day(paid_on) THEN paid_on END AS paid_on, CASE WHEN paid > 0 THEN greatest(datediff('day', last_day(month), paid_on) - getvariable('due_days'), 0) END AS days_late
FROM (SELECT *, coalesce(known_on, last_day(month)) AS known FROM raw_contributions)
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

-- Who has had what in common with whom; a thing that more have had than are no hub ties nobody.
CREATE TABLE held AS
SELECT employer_id, tie, value, bool_or(until IS NULL OR until >= getvariable('day')) AS today
FROM (
    SELECT * FROM (SELECT *, coalesce(known_on, since) AS known FROM raw_employer_ties) WHERE known IS NULL OR known <= getvariable('day')
    QUALIFY row_number() OVER (PARTITION BY employer_id, tie, value, since ORDER BY known DESC) = 1)
WHERE since IS NULL OR since <= getvariable('day')
GROUP BY employer_id, tie, value
QUALIFY count(*) OVER (PARTITION BY tie, value) BETWEEN 2 AND 20;

-- The rows of the employer asked about, named by the variable `employer`.
CREATE VIEW pay AS SELECT * FROM payroll WHERE employer_id = getvariable('employer');
CREATE VIEW dues AS SELECT * FROM contributions WHERE employer_id = getvariable('employer');
CREATE VIEW complained AS SELECT * FROM complaints WHERE employer_id = getvariable('employer');
CREATE VIEW inspected AS SELECT * FROM inspections WHERE employer_id = getvariable('employer');
CREATE VIEW cases AS
SELECT filed_on AS happened, outcome = 'proven' AS found, owed, recovered FROM complained
UNION ALL SELECT opened_on, finding = 'arrears', owed, recovered FROM inspected;
CREATE VIEW proven AS
SELECT employer_id FROM complaints WHERE outcome = 'proven' AND coalesce(topic, 'wages') = 'wages' UNION SELECT employer_id FROM inspections WHERE finding = 'arrears';

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

-- Peers are open: of the same industry, region and size; where they are fewer than 20, of industry and size, of the
-- industry, or everybody. `figures` names a view of (employer_id, value).
CREATE VIEW described AS
SELECT e.employer_id, e.industry, e.region, e.ownership, CASE
    WHEN s.workers IS NULL THEN 'unknown' WHEN s.workers < 10 THEN '1' WHEN s.workers < 50 THEN '10'
    WHEN s.workers < 250 THEN '50' ELSE '250' END AS size
FROM employers e LEFT JOIN sizes s USING (employer_id) WHERE e.closed_on IS NULL;
CREATE MACRO among_peers(figures) AS TABLE
WITH named AS ( -- one third is one third, however its sum was rounded
        SELECT * REPLACE (round(value, 9) AS value) FROM described JOIN query_table(figures) USING (employer_id) WHERE value IS NOT NULL),
    me AS (FROM named WHERE employer_id = getvariable('employer')),
    circles AS (
        SELECT 1 AS wide, n.value FROM named n JOIN me USING (industry, region, size)
        UNION ALL SELECT 2, n.value FROM named n JOIN me USING (industry, size)
        UNION ALL SELECT 3, n.value FROM named n JOIN me USING (industry)
        UNION ALL SELECT 4, value FROM named),
    peers AS (
        SELECT wide, coalesce(count(*) FILTER (WHERE value < (SELECT value FROM me)) / nullif(count(*) - 1, 0), 0) AS below
        FROM circles GROUP BY wide HAVING count(*) >= 20 OR wide = 4)
SELECT arg_min(below, wide) FROM peers WHERE EXISTS (FROM me);
CREATE VIEW leaving_lately AS SELECT employer_id, sum(gone) / sum(before) AS value FROM leaving WHERE ended(month, 3) GROUP BY employer_id;
CREATE VIEW wages_unpaid_lately AS
SELECT employer_id, sum(unpaid) / nullif(sum(due), 0) AS value FROM payroll WHERE fallen_due(month, 3) GROUP BY employer_id;
CREATE VIEW contributions_unpaid_lately AS
SELECT employer_id, sum(unpaid) / nullif(sum(due), 0) AS value FROM contributions WHERE fallen_due(month, 3) GROUP BY employer_id;
CREATE VIEW days_late_lately AS SELECT employer_id, avg(days_late) AS value FROM payroll WHERE fallen_due(month, 12) GROUP BY employer_id;
CREATE VIEW wages_lately AS SELECT employer_id, sum(due) / count(*) AS value FROM payroll WHERE ended(month, 3) GROUP BY employer_id;
CREATE VIEW complaints_lately AS
SELECT e.employer_id, count(c.complaint_id) AS value FROM employers e
LEFT JOIN complaints c ON c.employer_id = e.employer_id AND lately(c.filed_on, 12) GROUP BY e.employer_id;
CREATE MACRO complaint_rate(kind) AS TABLE -- of few employers drawn towards everybody's
WITH counts AS (
        SELECT employer_id, value AS n, CASE kind WHEN 'region' THEN region WHEN 'industry' THEN industry ELSE ownership END AS its
        FROM described JOIN complaints_lately USING (employer_id)),
    own AS (FROM counts WHERE its = (SELECT its FROM counts WHERE employer_id = getvariable('employer')))
SELECT ((SELECT sum(n) FROM own) + 50 * avg(n)) / ((SELECT count(*) FROM own) + 50) / nullif(avg(n), 0) FROM counts;
CREATE VIEW complaints_by_size AS
SELECT c.employer_id, 100 * c.value / w.workers AS value FROM complaints_lately c
JOIN (SELECT employer_id, count(*) / count(DISTINCT month) AS workers FROM payroll WHERE ended(month, 12) GROUP BY employer_id) w USING (employer_id);
CREATE VIEW claimed_lately AS
SELECT e.employer_id, coalesce(sum(c.amount_claimed), 0) AS value FROM employers e
LEFT JOIN complaints c ON c.employer_id = e.employer_id AND lately(c.filed_on, 36) GROUP BY e.employer_id;

-- Ties: things in common, or a large part of a workforce that came from one other; whoever is that other for too many lends
-- workers out and ties nobody.
CREATE VIEW came AS
SELECT p.employer_id, o.employer_id AS source, count(DISTINCT (p.worker_id, p.month)) AS workers
FROM payroll p
ANTI JOIN payroll b ON b.employer_id = p.employer_id AND b.worker_id = p.worker_id
    AND b.month BETWEEN p.month - to_months(3) AND p.month - to_months(1)
JOIN payroll o ON o.worker_id = p.worker_id AND o.employer_id <> p.employer_id
    AND o.month BETWEEN p.month - to_months(3) AND p.month - to_months(1)
WHERE ended(p.month, 24)
GROUP BY ALL;
CREATE VIEW large_moves AS
SELECT c.employer_id, c.source FROM came c JOIN sizes s USING (employer_id)
WHERE c.workers >= 5 AND c.workers / s.workers >= 0.3
QUALIFY count(*) OVER (PARTITION BY c.source) <= 20;
CREATE VIEW tied AS
SELECT o.employer_id FROM held m JOIN held o USING (tie, value)
WHERE m.employer_id = getvariable('employer') AND o.employer_id <> m.employer_id
UNION SELECT source FROM large_moves WHERE employer_id = getvariable('employer')
UNION SELECT employer_id FROM large_moves WHERE source = getvariable('employer');
CREATE MACRO sharing(one, another) AS TABLE
SELECT count(DISTINCT o.employer_id) FROM held m JOIN held o USING (tie, value)
WHERE m.employer_id = getvariable('employer') AND o.employer_id <> m.employer_id AND m.today AND o.today AND tie IN (one, another);
