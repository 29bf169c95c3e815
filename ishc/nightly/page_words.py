"""Words of the page of the night."""

from programme.problem import Text

WORDS = {
    "night": Text(vi="Đêm", en="The night of"),
    "began": Text(vi="Bắt đầu lúc", en="Began at"),
    "ended": Text(vi="xong lúc", en="ended at"),
    "stale": Text(
        vi="Trang này đã cũ: hơn một ngày rưỡi nay không có đêm nào chạy xong. Hãy chạy ishc "
        "nightly; để máy tự chạy, xem ishc schedule.",
        en="This page is old: no night has ended for more than a day and a half. Run ishc nightly; "
        "to have this machine run it by itself, see ishc schedule.",
    ),
    "synthetic": Text(
        vi="SỐ LIỆU GIẢ ĐỊNH: mọi câu lạc bộ, con người, con số trên trang này là bịa ra để tập.",
        en="SYNTHETIC DATA: every club, person and figure on this page was made up to try things.",
    ),
    "to_do": Text(vi="Cần làm", en="What to do"),
    "nothing_to_do": Text(vi="Không cần làm gì.", en="Nothing has to be done."),
    "do": Text(vi="Cách làm", en="Do"),
    "go_on": Text(vi="Đọc tiếp", en="Read on"),
    "more_problems": Text(vi="Xem thêm {count} điều", en="Show {count} more"),
    "steps": Text(vi="Từng việc trong đêm", en="Each step of the night"),
    "steps_caption": Text(vi="Theo thứ tự đã chạy", en="In the order in which they ran"),
    "how": Text(vi="Tình trạng", en="State"),
    "step": Text(vi="Việc và kết quả", en="Step and result"),
    "reported": Text(vi="Ai đã báo cáo", en="Who reported"),
    "reported_sentence": Text(
        vi="Báo cáo {month}: {sent}/{all} câu lạc bộ đã gửi, còn thiếu {missing}.",
        en="Reports of {month}: {sent} of {all} clubs sent theirs, {missing} are missing.",
    ),
    "reported_all": Text(
        vi="Báo cáo {month}: tất cả {all} câu lạc bộ đã gửi.",
        en="Reports of {month}: all {all} clubs sent theirs.",
    ),
    "reported_desc": Text(
        vi="Hàng đầu là tất cả, rồi các địa bàn thiếu nhiều nhất; phần tô đặc là đã gửi.",
        en="First all together, then the areas with most missing; the filled part has been sent.",
    ),
    "everywhere": Text(vi="Tất cả", en="All together"),
    "more_areas": Text(
        vi="Còn {more} địa bàn khác thiếu.", en="Missing in {more} more areas, too."
    ),
    "as_table": Text(vi="Xem dạng bảng", en="As a table"),
    "area": Text(vi="Địa bàn", en="Area"),
    "sent": Text(vi="Đã gửi", en="Sent"),
    "missing": Text(vi="Còn thiếu", en="Missing"),
    "share": Text(vi="Tỷ lệ", en="Share"),
    "open": Text(vi="Chỗ có vẻ sai, đang mở", en="What looks wrong and is open"),
    "open_sentence": Text(
        vi="{total} phát hiện đang mở, trong đó {new} mới.",
        en="{total} findings are open, {new} of them new.",
    ),
    "open_none": Text(vi="Không có phát hiện nào đang mở.", en="No finding is open."),
    "open_desc": Text(
        vi="Mỗi hàng một mức độ: phần đặc là mới, phần gạch chéo là từ 30 ngày trở lại, phần trắng "
        "là lâu hơn.",
        en="A row a weight: filled is new, hatched is of the last 30 days, white is older.",
    ),
    "kinds": Text(vi="Nhiều nhất", en="Most of them"),
    "details": Text(
        vi="Từng chỗ, theo xã: thư mục data/findings", en="Each of them, by commune: data/findings"
    ),
    "weight": Text(vi="Mức độ", en="Weight"),
    "count": Text(vi="Đang mở", en="Open"),
    "new": Text(vi="mới", en="new"),
    "recent": Text(vi="tới 30 ngày", en="up to 30 days"),
    "old": Text(vi="lâu hơn", en="older"),
    "targets": Text(vi="Tiến độ so với mục tiêu", en="Progress against targets"),
    "target_name": Text(vi="Mục tiêu", en="Target"),
    "value": Text(vi="Đạt được", en="Reached"),
    "target": Text(vi="Cần đạt", en="To reach"),
    "rating": Text(vi="Đánh giá", en="Rating"),
    "nights": Text(vi="30 đêm gần đây", en="The last 30 nights"),
    "nights_few": Text(vi="Những đêm đã chạy", en="The nights so far"),
}
