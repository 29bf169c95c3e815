-- Loans whose borrower is named in words, and the members of the club who may be meant: three at
-- most for each loan.
WITH lent AS (
    SELECT
        code.code, l.club_code, r.borrower_words AS name, person(r.borrower_words) AS folded,
        r.lent_on, r.amount, s.commune_code, l._source, l._id, l._root_uuid
    FROM loan_said l
    JOIN issued_code code ON code.kind = 'loan' AND code.key = l.key
    JOIN loan_record r USING (_source, _id)
    JOIN submission s ON s.form = 'loan_record' AND s._source = l._source AND s._id = l._id
    WHERE l.counts AND l.event = 'lent' AND r.borrower IS NULL AND fold(r.borrower_words) <> ''
),
compared AS (
    SELECT
        l.*, m.code AS member_code, m AS m,
        CASE WHEN m.folded = l.folded AND marks_agree(marked(m.name), marked(l.name))
                THEN 'name_same'
            WHEN m.folded = l.folded THEN 'name_marks'
            WHEN one_letter(m.folded, l.folded) THEN 'name_letter'
            WHEN l.folded = m.given OR (
                ends_with(l.folded, ' ' || m.given)
                AND starts_with(m.folded, regexp_extract(l.folded, '^[^ ]+ '))
                AND len(string_split(l.folded, ' ')) = 2
            ) THEN 'name_part' END AS alike,
        EXISTS (
            SELECT 1 FROM decided d
            WHERE d.kind = 'borrower' AND d.left_code = l.code AND d.right_code = m.code
        ) AS ruled
    FROM lent l
    JOIN member_face m ON m.club_code = l.club_code
),
-- a person who is listed twice, by decision, is one
reasoned AS (
    SELECT *, reasons_of([
        alike,
        CASE WHEN count(DISTINCT coalesce(same.same_as, member_code)) OVER (PARTITION BY c.code) = 1
            THEN 'only_one' END,
        CASE WHEN m.left_on < lent_on THEN 'left_before' END
    ]) AS reasons
    FROM compared c
    LEFT JOIN same_as same ON same.kind = 'member' AND same.code = member_code
    WHERE alike IS NOT NULL OR ruled
)
SELECT
    'borrower' AS kind, r.code AS left_code, member_code AS right_code, reasons,
    score('borrower', reasons) AS score, club_code, commune_code, 'loan_record' AS form, _source,
    _id, _root_uuid,
    {'name': name, 'commune_code': commune_code, 'on_date': lent_on, 'amount': amount,
        'club_code': club_code} AS left_shown,
    {'name': m.name, 'commune_code': m.commune_code, 'on_date': m.joined_on,
        'birth_year': m.birth_year, 'club_code': m.club_code} AS right_shown
FROM reasoned r
WHERE ruled OR (score('borrower', reasons) >= least_score('borrower') AND NOT EXISTS (
    SELECT 1 FROM same_as s WHERE s.kind = 'member' AND s.code = member_code))
QUALIFY ruled OR row_number() OVER (
    PARTITION BY r.code ORDER BY score('borrower', reasons) DESC, member_code
) <= 3
