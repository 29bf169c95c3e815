"""Words of the workbook of decisions."""

from collections.abc import Mapping

from connectors.reconcile.matching.decisions import Judgement
from connectors.reconcile.matching.reasons import Kind
from programme.problem import Text

JUDGEMENT_WORDS: Mapping[Judgement, Text] = {
    "same": Text("giống", "same"),
    "different": Text("khác", "different"),
    "not_sure": Text("chưa rõ", "not sure"),
}
SHEETS: Mapping[Kind, Text] = {
    "club": Text("Câu lạc bộ", "Clubs"),
    "member": Text("Thành viên", "Members"),
    "loan": Text("Khoản vay", "Loans"),
    "borrower": Text("Người vay", "Borrowers"),
    "words": Text("Tên trong phiếu", "Names in words"),
}
QUESTIONS: Mapping[Kind, Text] = {
    "club": Text(
        "Hai lần đăng ký này có phải của một câu lạc bộ không?",
        "Are these two registrations of one club?",
    ),
    "member": Text("Đây có phải là một người không?", "Is this one person?"),
    "loan": Text(
        "Hai phiếu này có phải ghi một khoản vay không?",
        "Do these two records tell of one loan?",
    ),
    "borrower": Text(
        "Người vay ghi bằng chữ có phải là thành viên này không?",
        "Is the borrower named in words this member?",
    ),
    "words": Text(
        "Tên câu lạc bộ ghi bằng chữ trong phiếu có phải là câu lạc bộ này không?",
        "Does the name written in the submission mean this club?",
    ),
}
GUIDE = Text(
    vi="Đọc cột «Vì sao» và so với sổ sách, rồi chọn ở cột «Quyết định»: giống, khác hoặc chưa rõ; "
    "ghi tên, ngày; lưu và đóng tệp. Lần «ishc reconcile» sau sẽ áp dụng: mã cấp trước được giữ, "
    "mã kia dẫn đến mã đó; không có gì bị xóa. Muốn bỏ quyết định: xóa ô «Quyết định» hoặc chọn "
    "lại. Biết hai mã là một mà chưa có trong bảng: ghi hai mã và quyết định ở dòng trống cuối "
    "trang.",
    en="Read “Why”, compare with the books, then choose under “Decision”: same, different or not "
    "sure; write your name and the day; save and close the file. The next “ishc reconcile” takes "
    "it over: the code issued first stays and the other leads to it; nothing is deleted. To take "
    "a decision back, clear the cell or choose again. If you know of two codes that are one and "
    "not in the table, write both and the decision in an empty row at the end.",
)
SHOWN = Text("hiện {} trong {} dòng", "{} of {} rows shown")
FOUNDED = Text("thành lập {}", "founded {}")
DECIDED_BY = Text("QĐ số {}", "decision {}")
JOINED = Text("vào {}", "joined {}")
LENT = Text("vay {}", "lent {}")
TIMES = Text("{} phiếu", "submissions: {}")
