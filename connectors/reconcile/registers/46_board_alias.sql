-- Every board code that a report may name, and the person's code now.
SELECT own_code AS code, min(code) AS board_code
FROM board_said
WHERE own_code IS NOT NULL
GROUP BY own_code
UNION
SELECT DISTINCT code, code FROM board_said
WHERE code NOT IN (SELECT own_code FROM board_said WHERE own_code IS NOT NULL)
