-- From an ended club to every club that held its members and loans after it, one after the other;
-- the last one holds them now. Two clubs that name each other hold nothing of each other.
WITH RECURSIVE chain(club_code, holder, step) AS (
    SELECT club_code, heir, 1 FROM club_end WHERE heir IS NOT NULL
    UNION ALL
    SELECT chain.club_code, e.heir, step + 1
    FROM chain JOIN club_end e ON e.club_code = chain.holder
    WHERE e.heir IS NOT NULL AND e.heir <> chain.club_code AND step < 20
)
SELECT
    club_code, holder, min(step) AS step,
    min(step) = max(min(step)) OVER (PARTITION BY club_code) AS now
FROM chain
GROUP BY club_code, holder
