-- Tổng không bằng các phần; phiếu điền trên điện thoại luôn đúng, phiếu sửa trên máy chủ có thể sai
-- sums that are not those of their parts: right on a phone, wrong perhaps after an edit on the server
WITH sums AS (
    SELECT club_code, month, _source, _id, _root_uuid, 'loans_outstanding' AS question,
        coalesce(loans_opening, 0) + coalesce(income_out_lent, 0)
            - coalesce(income_in_principal, 0) - coalesce(loans_written_off, 0) AS expected,
        loans_outstanding AS found
    FROM club_month
    UNION ALL
    SELECT club_code, month, _source, _id, _root_uuid, 'goods_outstanding',
        coalesce(goods_opening, 0) + coalesce(goods_lent, 0) - coalesce(goods_repaid, 0),
        goods_outstanding
    FROM club_month
    UNION ALL
    SELECT club_code, month, _source, _id, _root_uuid, 'income_fund_total',
        coalesce(income_closing_cash, 0) + coalesce(income_closing_bank, 0)
            + coalesce(loans_outstanding, 0) + coalesce(goods_outstanding, 0),
        income_fund_total
    FROM club_month
    UNION ALL
    SELECT club_code, month, _source, _id, _root_uuid, 'operating_fund_total',
        coalesce(operating_closing_cash, 0) + coalesce(operating_closing_bank, 0),
        operating_fund_total
    FROM club_month
    UNION ALL
    SELECT club_code, month, _source, _id, _root_uuid, 'mobilised_total',
        coalesce(mobilised_members, 0) + coalesce(mobilised_interest, 0)
            + coalesce(mobilised_community, 0) + coalesce(mobilised_families, 0)
            + coalesce(mobilised_businesses, 0) + coalesce(mobilised_charities, 0)
            + coalesce(mobilised_authority, 0) + coalesce(mobilised_production, 0)
            + coalesce(mobilised_events, 0) + coalesce(mobilised_goods, 0),
        mobilised_total
    FROM club_month
    UNION ALL
    SELECT club_code, month, _source, _id, _root_uuid, 'count_total',
        coalesce(count_women_under16, 0) + coalesce(count_women_16_30, 0)
            + coalesce(count_women_31_54, 0) + coalesce(count_women_55_59, 0)
            + coalesce(count_women_60_69, 0) + coalesce(count_women_70_79, 0)
            + coalesce(count_women_80plus, 0) + coalesce(count_men_under16, 0)
            + coalesce(count_men_16_30, 0) + coalesce(count_men_31_54, 0)
            + coalesce(count_men_55_59, 0) + coalesce(count_men_60_69, 0)
            + coalesce(count_men_70_79, 0) + coalesce(count_men_80plus, 0),
        count_total
    FROM club_month
)
SELECT *, 'monthly_activity_report' AS form, found - expected AS difference
FROM sums
WHERE found <> expected
    AND _source <> 'import' -- chỉ có số dư, không có các phần · a balance without its parts
UNION ALL
-- đăng ký: người trong danh sách và người không ghi tên · registrations: those named and those not
SELECT s.club_code, strftime(s.event_date, '%Y-%m'), r._source, r._id, r._root_uuid,
    'members_total', roster.people + coalesce(r.unlisted_total, 0), r.members_total,
    'club_registration', r.members_total - roster.people - coalesce(r.unlisted_total, 0)
FROM club_registration r
JOIN submission s ON s.form = 'club_registration' AND s._source = r._source AND s._id = r._id
JOIN (
    SELECT _source, _id, count(*) AS people
    FROM club_registration__member
    WHERE member_sex IS NOT NULL
    GROUP BY _source, _id
) roster ON roster._source = r._source AND roster._id = r._id
WHERE s.counts AND r.membership_by = 'roster'
    AND r.members_total <> roster.people + coalesce(r.unlisted_total, 0)
