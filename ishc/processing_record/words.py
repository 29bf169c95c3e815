"""What the record of processing says in words: purposes, bases, who gets what, protection."""

from collections.abc import Mapping

from programme.problem import Text

TITLE = Text(vi="HỒ SƠ HOẠT ĐỘNG XỬ LÝ DỮ LIỆU CÁ NHÂN", en="RECORD OF PROCESSING OF PERSONAL DATA")
ABOUT = Text(
    vi="Lập tự động từ loại của từng câu hỏi trong biểu mẫu và từ tệp ishc.toml ngày {day}. "
    "Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP được nêu theo các bài tóm tắt, chưa đối chiếu "
    "văn bản gốc: người phụ trách kiểm tra trước khi ký. Bản này là tài liệu làm việc, không thay "
    "mẫu hồ sơ do cơ quan có thẩm quyền ban hành.",
    en="Made from the class of every question of the forms and from ishc.toml on {day}. Law "
    "91/2025/QH15 and Decree 356/2025/NĐ-CP are cited as summaries have them, not checked against "
    "the texts: whoever signs verifies them first. A working paper; it does not take the place of "
    "the dossier forms of the competent authority.",
)
SYNTHETIC = Text(vi="DỮ LIỆU GIẢ ĐỊNH, không phải số liệu thật.", en="MADE-UP DATA, not real.")
UNKNOWN = Text(vi="……… (cần ghi)", en="……… (to be filled in)")
NEVER = Text(vi="chưa đặt thời hạn", en="no limit set yet")
MONTHS = Text(vi="{months} tháng", en="{months} months")
FROM_LEAVING = Text(vi="{months} tháng từ ngày rời CLB", en="{months} months after leaving")
CLASSES: Mapping[str, Text] = {
    "personal": Text(vi="cá nhân", en="personal"),
    "sensitive": Text(vi="nhạy cảm", en="sensitive"),
}
SEEN_BY: Mapping[str, Text] = {
    "personal": Text(
        vi="người giữ số liệu của đơn vị; trong một CLB: chính CLB đó, khi cần để sửa",
        en="whoever keeps the office's data; of one club: that club, where needed to mend data",
    ),
    "sensitive": Text(
        vi="người giữ số liệu của đơn vị; người khác chỉ thấy số tổng",
        en="whoever keeps the office's data; everybody else sees totals only",
    ),
}
BASIS = Text(
    vi="Sự đồng ý của người đó, hỏi trước khi ghi (giấy đã ký, hoặc nói trước người làm chứng); "
    "dưới {age} tuổi: người giám hộ. Ai không đồng ý thì chỉ được đếm.",
    en="Consent, asked before anything is written (a signed sheet, or spoken before a witness); "
    "below the age of {age} the guardian's. Who refuses is only counted.",
)
PURPOSES: Mapping[str, Text] = {
    "club_registration": Text(
        vi="Lập danh sách câu lạc bộ, Ban Chủ nhiệm, thành viên; tính cơ cấu và chỉ tiêu của "
        "chương trình; liên hệ với câu lạc bộ.",
        en="The register of clubs, boards and members; composition and targets of the programme; "
        "contact with clubs.",
    ),
    "monthly_activity_report": Text(
        vi="Theo dõi hoạt động, quỹ và biến động thành viên hằng tháng; báo cáo lên cấp trên.",
        en="Monthly activities, funds and changes of members; reports to higher levels.",
    ),
    "loan_record": Text(
        vi="Theo dõi vốn vay của quỹ tăng thu nhập: ai vay, còn nợ bao nhiêu, đến hạn khi nào.",
        en="Loans of the income fund: who borrowed, what is outstanding, when it is due.",
    ),
    "inspection_checklist": Text(
        vi="Kiểm tra, giám sát câu lạc bộ; theo dõi việc thực hiện kiến nghị.",
        en="Inspection of clubs; whether recommendations were carried out.",
    ),
    "training_record": Text(
        vi="Theo dõi tập huấn của Ban Chủ nhiệm và cán bộ.",
        en="Training of boards and officials.",
    ),
    "member_survey": Text(
        vi="Điều tra mẫu hằng năm để đánh giá chương trình; phiếu không ghi tên.",
        en="A yearly sample, to evaluate the programme; no names are asked.",
    ),
}
RECEIVERS: tuple[tuple[Text, Text], ...] = (
    (
        Text(vi="Người giữ số liệu của đơn vị", en="Whoever keeps the office's data"),
        Text(
            vi="mọi câu trả lời của người đã đồng ý (kho, thư mục identified, --identified); mỗi "
            "lần dùng được ghi nhật ký",
            en="all answers of people who consented (store, identified tables, --identified); each "
            "use is logged",
        ),
    ),
    (
        Text(vi="Câu lạc bộ, xã", en="A club, its commune"),
        Text(
            vi="phiếu thông tin của câu lạc bộ và bảng phát hiện của xã: tên trong câu lạc bộ đó, "
            "khi cần để sửa",
            en="the club's sheet and the commune's findings: names of that club, where needed to "
            "mend something",
        ),
    ),
    (
        Text(vi="Điện thoại của câu lạc bộ", en="Phones of clubs"),
        Text(
            vi="mã và chữ cái đầu của tên, theo địa bàn của điện thoại",
            en="codes and initials, of the phone's own area",
        ),
    ),
    (
        Text(vi="Nơi nhận báo cáo", en="Receivers of reports"),
        Text(
            vi="số tổng; nhóm quá nhỏ không in; không có tên (danh sách đề nghị khen thưởng: tên "
            "của người đồng ý)",
            en="totals; groups that are too small are not printed; no names (award shortlist: of "
            "those who consented to it)",
        ),
    ),
)
PROTECTION: tuple[Text, ...] = (
    Text(
        vi="Bảng dùng chung không có cột định danh; mã người là bí danh có khóa (HMAC-SHA256), tệp "
        "khóa để riêng, không theo bảng và tệp xuất.",
        en="Shared tables have no column that identifies anybody; codes of people are keyed "
        "pseudonyms (HMAC-SHA256), the key lies apart and goes with no table or export.",
    ),
    Text(
        vi="Thư mục và tệp dữ liệu chỉ chủ tài khoản đọc được (0700/0600; trên Windows: quyền của "
        "thư mục người dùng). Mã truy cập máy chủ không nằm trong tệp cài đặt.",
        en="Folders and files of data can be read by their owner only (0700/0600; on Windows: the "
        "rights of the user's folder). Tokens of servers are not in the settings.",
    ),
    Text(
        vi="Truyền qua HTTPS; bản sao lưu được mã hóa (age) và ghi ngày hủy.",
        en="Transfer by HTTPS; backups are encrypted (age) and tell until when they are kept.",
    ),
    Text(
        vi="Giá trị đã xóa không còn trong tệp kho (secure_delete); việc xóa được làm lại khi khôi "
        "phục bản sao lưu.",
        en="Erased values leave no copy in the store's file (secure_delete); erasures are repeated "
        "when a backup is restored.",
    ),
    Text(
        vi="Ảnh đưa ra ngoài không còn thông tin vị trí; tọa độ trong tệp xuất được làm tròn.",
        en="Photos go out without their position; points are rounded in exports.",
    ),
    Text(
        vi="Mỗi lần xem, giao, sửa, hạn chế, xóa dữ liệu của một người được ghi nhật ký "
        "(data/logs/people.log), không ghi tên.",
        en="Each look at, handing out, correction, restriction and erasure of a person's data is "
        "logged (data/logs/people.log), without the name.",
    ),
)
RIGHTS: tuple[tuple[Text, str, str], ...] = (
    (Text(vi="được báo là đã nhận", en="told that it was received"), "", "answer_days"),
    (
        Text(vi="biết, nhận dữ liệu của mình", en="what is held on me"),
        "ishc person find, export",
        "access_days",
    ),
    (Text(vi="sửa chỗ sai", en="correction"), "ishc person correct", "correct_days"),
    (Text(vi="hạn chế sử dụng", en="restriction"), "ishc person restrict", "restrict_days"),
    (Text(vi="xóa", en="erasure"), "ishc person erase", "erase_days"),
)

# what phones write down by themselves
UNASKED: Mapping[str, Text] = {
    "deviceid": Text(vi="Mã của điện thoại (máy tự ghi)", en="Id of the phone (not asked)"),
    "username": Text(vi="Tên đăng nhập (máy tự ghi)", en="Name of the account (not asked)"),
}
# repeats of the forms
LISTS: Mapping[str, Text] = {
    "board": Text(vi="Ban Chủ nhiệm", en="board"),
    "member": Text(vi="thành viên", en="members"),
    "joined": Text(vi="người mới vào", en="new members"),
    "left_member": Text(vi="người ra khỏi CLB", en="who left"),
    "changed_member": Text(vi="người có thay đổi", en="whose circumstances changed"),
    "loan_sample": Text(vi="khoản vay được hỏi lại", en="loans asked about"),
    "follow_up": Text(vi="kiến nghị lần trước", en="earlier recommendations"),
    "recommendation": Text(vi="kiến nghị", en="recommendations"),
    "club_part": Text(vi="câu lạc bộ dự tập huấn", en="clubs taking part"),
}
