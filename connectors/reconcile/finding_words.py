"""Words of the workbooks of findings: states, decisions, titles, what to do with them."""

from collections.abc import Mapping

from connectors.reconcile.finding_answers import Decision
from connectors.reconcile.finding_life import State
from programme.problem import Text

STATE_WORDS: Mapping[State, Text] = {
    "new": Text("Mới", "New"),
    "open": Text("Còn", "Open"),
    "came_back": Text("Lặp lại", "Came back"),
    "waived": Text("Bỏ qua", "Waived"),
    "mended": Text("Đã sửa", "Mended"),
}
STATE_MEANS: Mapping[State, Text] = {
    "new": Text("thấy lần đầu trong lần đối chiếu này", "found for the first time in this run"),
    "open": Text("đã thấy từ lần trước và vẫn còn", "found before and still there"),
    "came_back": Text("đã từng hết, nay lại thấy", "it was gone for a while and is there again"),
    "waived": Text(
        "đã có người giải thích là số liệu đúng; hết hiệu lực khi số liệu liên quan thay đổi",
        "somebody explained that it is right; that ends when the value concerned changes",
    ),
    "mended": Text("lần đối chiếu này không còn thấy", "not found any more in this run"),
}
# no commas: they part the words of a drop-down
DECISION_WORDS: Mapping[Decision, Text] = {
    "mended": Text("Đã sửa trên máy chủ", "Mended on the server"),
    "waive": Text("Số liệu đúng – bỏ qua", "Right as it is – waive"),
    "question": Text("Hỏi lại", "Question"),
    "reopen": Text("Mở lại", "Open again"),
}
DECISION_MEANS: Mapping[Decision, Text] = {
    "mended": Text(
        "đã sửa hoặc gửi phiếu thay thế; lần đối chiếu sau sẽ tự kiểm tra",
        "it was mended or replaced; the next run looks whether it is gone",
    ),
    "waive": Text(
        "số liệu đã gửi là đúng: ghi lý do, người trả lời và ngày",
        "what was sent is right: write the reason, by whom and the day",
    ),
    "question": Text("chưa rõ: ghi câu hỏi", "it is not clear: write what you ask"),
    "reopen": Text("không bỏ qua nữa", "it is waived no longer"),
}
TITLE = Text("Phát hiện về số liệu: {}", "Findings about the data: {}")
ALL_COMMUNES = Text("các xã, phường", "all communes")
AS_OF = Text("Số liệu chốt đến ngày {}", "Data up to {}")
SYNTHETIC = Text("SỐ LIỆU GIẢ ĐỊNH để làm thử", "SYNTHETIC DATA, made up for trying")
GUIDE = Text(
    vi="Đây là những chỗ trong các phiếu đã gửi có vẻ chưa đúng hoặc còn thiếu. Mỗi dòng: đọc cột "
    "«Vấn đề», so với sổ sách của câu lạc bộ, rồi người ở cột «Người xử lý» làm theo cột «Việc cần "
    "làm». Trả lời ở các ô màu vàng: chọn quyết định, ghi lý do hoặc câu hỏi, tên, ngày; lưu tệp "
    "và gửi lại {asked}. Dòng đã sửa đúng tự mất ở lần đối chiếu sau.",
    en="These are places in the submissions that look wrong or are missing. For each row: read "
    "“What is wrong”, compare it with the club's books, then the person under “Who” does what "
    "“What to do” says. Answer in the yellow cells: choose a decision, write the reason or the "
    "question, your name and the day; save the file and send it back to {asked}. A row that was "
    "mended is gone after the next reconciling.",
)
SENDER = Text("nơi gửi bảng này", "whoever sent you this table")
OVERVIEW_GUIDE = Text(
    vi="Bảng này để theo dõi chung. Mỗi tỉnh (province-…) và mỗi xã, phường có một bảng riêng "
    "trong cùng thư mục, tên tệp là mã: hãy gửi bảng đó đi, và đặt bảng đã trả lời vào thư mục "
    "returned; lần đối chiếu sau sẽ đọc.",
    en="This table is for following the whole. Each province (province-…) and each commune has its "
    "own table in the same folder, named by its code: send it there, and put the answered one into "
    "the folder returned; the next reconciling reads it.",
)
CODES_GUIDE = Text(
    vi="Mỗi phép kiểm tra có một mã. Dưới đây là nghĩa của trạng thái, quyết định và các mã có "
    "trong bảng này.",
    en="Every check has a code. Here is what the states, the decisions and the codes of this table "
    "mean.",
)
SHEETS = {
    "findings": Text("Phát hiện", "Findings"),
    "summary": Text("Tổng hợp", "Summary"),
    "communes": Text("Theo xã", "By commune"),
    "codes": Text("Giải thích", "What it means"),
    "mended": Text("Đã sửa", "Mended"),
    "waived": Text("Bỏ qua", "Waived"),
}
CHOOSE = Text("Chọn trong danh sách, hoặc để trống.", "Choose from the list, or leave it empty.")
WRITE_DAY = Text("Ghi ngày, ví dụ 05/11/2026.", "Write a day, such as 2026-11-05.")
OPEN_LINK = Text("Mở phiếu", "Open")
