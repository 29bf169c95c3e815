-- Cho vay và thu nợ gốc trong báo cáo tháng so với các phiếu vay của tháng; chỉ tiền, chỉ từ tháng
-- có phiếu vay đầu tiên · lent and repaid in the report against the month's loan records; money
-- only, from the month of the first loan record
WITH records AS (
    SELECT e.club_code, strftime(e.on_date, '%Y-%m') AS month,
        CASE e.event WHEN 'lent' THEN 'income_out_lent' ELSE 'income_in_principal' END AS question,
        e.principal
    FROM loan_event e
    JOIN loan l ON l.loan_code = e.loan_code AND l.kind = 'money'
    WHERE e.event IN ('lent', 'repaid')
        -- nợ cũ nhập từ sổ, không phải phiếu của tháng · old loans taken over, no records of a month
        AND e._root_uuid NOT IN (
            SELECT _root_uuid FROM submission WHERE form = 'loan_record' AND _source = 'import'
        )
    UNION ALL
    SELECT club_code, strftime(on_date, '%Y-%m'), 'income_in_principal', principal
    FROM loan_event_unknown
    WHERE event = 'repaid'
),
began AS (SELECT club_code, min(month) AS month FROM records GROUP BY club_code),
summed AS (
    SELECT club_code, month, question, sum(principal) AS expected
    FROM records
    GROUP BY club_code, month, question
),
said AS (
    SELECT m.club_code, m.month, m._source, m._id, m._root_uuid, 'income_out_lent' AS question,
        coalesce(m.income_out_lent, 0) AS found
    FROM club_month m JOIN began ON began.club_code = m.club_code AND began.month <= m.month
    WHERE m._source <> 'import'
    UNION ALL
    SELECT m.club_code, m.month, m._source, m._id, m._root_uuid, 'income_in_principal',
        coalesce(m.income_in_principal, 0)
    FROM club_month m JOIN began ON began.club_code = m.club_code AND began.month <= m.month
    WHERE m._source <> 'import'
)
SELECT said.*, 'monthly_activity_report' AS form, coalesce(summed.expected, 0) AS expected
FROM said
LEFT JOIN summed ON summed.club_code = said.club_code AND summed.month = said.month
    AND summed.question = said.question
WHERE abs(said.found - coalesce(summed.expected, 0)) > $tolerance * 2
