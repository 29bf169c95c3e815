-- Codes of people that lead to another one: the same person had two, or people decided so.
SELECT DISTINCT own_code AS code, member_code FROM person WHERE own_code <> member_code
UNION
SELECT code, same_as FROM same_as WHERE kind = 'member'
UNION
-- an imported loan names its borrower by a row of an imported roster
SELECT _root_uuid || '/' || _row, member_code FROM person WHERE _source = 'import'
