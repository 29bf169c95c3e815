-- Người vay không có trong sổ thành viên, hoặc đã ra trước ngày vay; người vay ghi bằng lời thì bỏ qua
-- the borrower is no member of the club, or had left before; borrowers described in words are left out
SELECT l.club_code, l.loan_code, strftime(l.lent_on, '%Y-%m') AS month, 'loan_record' AS form,
    l._root_uuid, 'borrower' AS question, m.left_on AS expected, l.lent_on AS found
FROM loan l
LEFT JOIN member m ON m.member_code = l.borrower_code AND m.club_code = l.club_code
WHERE l.borrower_code IS NOT NULL AND (m.member_code IS NULL OR m.left_on < l.lent_on)
