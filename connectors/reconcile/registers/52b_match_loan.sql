-- Loans that may be recorded twice, and why: one club, one borrower, one amount, up to 3 days apart.
WITH lent AS (
    SELECT
        code.code, l.club_code, coalesce(a.member_code, r.borrower, 'words|' || person(r.borrower_words))
            AS whose,
        r.lent_on, r.loan_kind, r.amount, fold(r.goods_words) AS goods,
        coalesce(r.purpose, '') || '/' || coalesce(CAST(r.interest_percent_month AS VARCHAR), '')
            || '/' || coalesce(CAST(r.term_months AS VARCHAR), '') AS terms,
        coalesce(m.member_name, r.borrower_words) AS name, s.commune_code, l._source, l._id,
        l._root_uuid
    FROM loan_said l
    JOIN issued_code code ON code.kind = 'loan' AND code.key = l.key
    JOIN loan_record r USING (_source, _id)
    JOIN submission s ON s.form = 'loan_record' AND s._source = l._source AND s._id = l._id
    LEFT JOIN member_alias a ON a.code = r.borrower
    LEFT JOIN member m ON m.member_code = coalesce(a.member_code, r.borrower)
    WHERE l.counts AND l.event = 'lent'
),
pair AS (
    SELECT a.code AS one, b.code AS other
    FROM lent a
    JOIN lent b
        ON b.club_code = a.club_code AND b.whose = a.whose AND b.loan_kind = a.loan_kind
        AND b.code > a.code AND abs(date_diff('day', a.lent_on, b.lent_on)) <= 3
    UNION
    SELECT left_code, right_code FROM decided WHERE kind = 'loan'
),
reasoned AS (
    SELECT
        a.code AS left_code, b.code AS right_code, a, b, reasons_of([
            CASE WHEN a.whose = b.whose THEN 'borrower_same' END,
            CASE WHEN a.amount = b.amount THEN 'amount_same' WHEN a.goods = b.goods THEN 'goods_same'
            END,
            CASE WHEN a.lent_on = b.lent_on THEN 'day_same'
                WHEN abs(date_diff('day', a.lent_on, b.lent_on)) <= 3
                THEN with_figure('day_near', abs(date_diff('day', a.lent_on, b.lent_on))) END,
            CASE WHEN a.terms = b.terms THEN 'terms_same' ELSE 'terms_differ' END
        ]) AS reasons
    FROM pair
    JOIN lent a ON a.code = pair.one
    JOIN lent b ON b.code = pair.other
)
SELECT
    'loan' AS kind, left_code, right_code, reasons, score('loan', reasons) AS score,
    b.club_code, b.commune_code, 'loan_record' AS form, b._source, b._id, b._root_uuid,
    {'name': a.name, 'commune_code': a.commune_code, 'on_date': a.lent_on, 'amount': a.amount,
        'club_code': a.club_code} AS left_shown,
    {'name': b.name, 'commune_code': b.commune_code, 'on_date': b.lent_on, 'amount': b.amount,
        'club_code': b.club_code} AS right_shown
FROM reasoned
WHERE score('loan', reasons) >= least_score('loan') OR EXISTS (
    SELECT 1 FROM decided d
    WHERE d.kind = 'loan' AND d.left_code = reasoned.left_code
        AND d.right_code = reasoned.right_code
)
