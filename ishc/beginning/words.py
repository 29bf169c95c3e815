"""What the five questions say."""

from programme.problem import Text

QUESTIONS = {
    "language": Text(
        vi="1/5  Ngôn ngữ · Language?\n       1  Tiếng Việt\n       2  English",
        en="1/5  Ngôn ngữ · Language?\n       1  Tiếng Việt\n       2  English",
    ),
    "area": Text(
        vi="2/5  Tỉnh, thành phố nào? Ghi tên hoặc mã, nhiều tỉnh thì cách nhau bằng dấu phẩy; "
        "«cả nước» nếu là toàn quốc.",
        en="2/5  Which province? A name or code, several parted by commas; “country” for all.",
    ),
    "server": Text(
        vi="3/5  Số liệu thu về máy chủ nào?\n"
        "       1  KoBoToolbox toàn cầu (kf.kobotoolbox.org)\n"
        "       2  KoBoToolbox châu Âu (eu.kobotoolbox.org)\n"
        "       3  máy chủ KoBo của cơ quan\n"
        "       4  máy chủ ODK Central\n"
        "       5  chưa có: tập với máy chủ nhỏ trên máy này (ishc sandbox)",
        en="3/5  Which server collects the data?\n"
        "       1  KoBoToolbox, global (kf.kobotoolbox.org)\n"
        "       2  KoBoToolbox, European Union (eu.kobotoolbox.org)\n"
        "       3  a KoBo server of your own\n"
        "       4  an ODK Central server\n"
        "       5  none yet: try with a small server on this computer (ishc sandbox)",
    ),
    "address": Text(
        vi="     Địa chỉ của máy chủ, như trên trình duyệt",
        en="     Address of the server, as in the browser",
    ),
    "phones": Text(
        vi="     Địa chỉ điện thoại gửi về (trong KoboCollect, dòng URL)",
        en="     Address that phones send to (the line URL in KoboCollect)",
    ),
    "user": Text(
        vi="     Thư điện tử của tài khoản trên máy chủ",
        en="     E-mail address of your account there",
    ),
    "project": Text(
        vi="     Số của dự án (trên địa chỉ trang: …/projects/SỐ; chỉ có một dự án thì để trống)",
        en="     Number of the project (as in …/projects/NUMBER; leave empty if there is only one)",
    ),
    "token": Text(
        vi="4/5  Mã truy cập (token): trên trang KoBo, bấm ảnh tài khoản → Account Settings → "
        "Security → API Key.\n     Dán vào đây (không hiện ra), hoặc để trống để ghi sau.",
        en="4/5  Your token: on KoBo's page, your picture → Account Settings → Security → API "
        "Key.\n     Paste it here (it is not shown), or leave it empty to add it later.",
    ),
    "password": Text(
        vi="4/5  Mật khẩu của tài khoản đó. Gõ vào đây (không hiện ra), hoặc để trống để ghi sau.",
        en="4/5  The password of that account. Type it here (it is not shown), or leave it empty "
        "to add it later.",
    ),
    "night": Text(
        vi="5/5  Mỗi đêm máy lấy phiếu và đối chiếu. Làm thêm gì? Ghi các số; 0: không.\n"
        "       1  cập nhật danh sách trên điện thoại (mỗi tuần một lần)\n"
        "       2  ghi lên máy chủ trạng thái của phiếu có chỗ sai\n"
        "       3  xuất bảng ra Excel\n"
        "       4  báo cáo Word mỗi tháng\n"
        "       5  báo cáo Word mỗi quý",
        en="5/5  Every night submissions are pulled and reconciled. What else? Numbers, 0 for "
        "nothing.\n"
        "       1  refresh the lists on the phones (once a week)\n"
        "       2  put submissions with mistakes on hold on the server\n"
        "       3  tables for Excel\n"
        "       4  a report in Word every month\n"
        "       5  a report in Word every quarter",
    ),
}
ANSWER = Text(vi="     Trả lời", en="     Answer")
FOUND = Text(
    vi="4/5  Đã có sẵn trong biến môi trường {name}; dùng biến đó.",
    en="4/5  It is in the environment variable {name} already, which is used.",
)
MADE = Text(
    vi="4/5  Máy chủ tập không cần tài khoản: mã truy cập được tạo sẵn.",
    en="4/5  The sandbox needs no account: a token is made for it.",
)
