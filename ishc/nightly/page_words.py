"""Words of the page of the night."""

from programme.problem import Text

WORDS = {
    "title": Text(vi="Đêm qua", en="Last night"),
    "began": Text(vi="Bắt đầu lúc", en="Began at"),
    "ended": Text(vi="xong lúc", en="ended at"),
    "synthetic": Text(
        vi="SỐ LIỆU GIẢ ĐỊNH: mọi câu lạc bộ, con người, con số trên trang này là bịa ra để tập.",
        en="SYNTHETIC DATA: every club, person and figure on this page was made up to try things.",
    ),
    "to_do": Text(vi="Cần làm", en="To do"),
    "steps": Text(vi="Các bước", en="Steps"),
    "steps_caption": Text(vi="Theo thứ tự đã chạy", en="In the order in which they ran"),
    "more_problems": Text(vi="Xem thêm", en="Show more"),
    "how": Text(vi="Tình trạng", en="State"),
    "step": Text(vi="Việc", en="Step"),
    "result": Text(vi="Kết quả", en="Result"),
    "reported": Text(vi="Ai đã báo cáo", en="Who reported"),
    "reported_caption": Text(
        vi="Báo cáo {month}: {total} câu lạc bộ đã gửi; địa bàn thiếu nhiều nhất đứng trước",
        en="Reports of {month}: {total} clubs sent theirs; areas with most missing come first",
    ),
    "more_areas": Text(vi="và {count} địa bàn khác", en="and {count} more areas"),
    "area": Text(vi="Địa bàn", en="Area"),
    "sent": Text(vi="Đã gửi", en="Sent"),
    "share": Text(vi="Tỷ lệ", en="Share"),
    "open": Text(vi="Phát hiện đang mở", en="Open findings"),
    "open_caption": Text(
        vi="Chi tiết theo xã: thư mục data/findings", en="Details by commune: folder data/findings"
    ),
    "weight": Text(vi="Mức độ", en="Weight"),
    "count": Text(vi="Đang mở", en="Open"),
    "fresh": Text(vi="Mới", en="New"),
    "targets": Text(vi="Tiến độ so với mục tiêu", en="Progress against targets"),
    "targets_caption": Text(vi="{area}, {phase}", en="{area}, {phase}"),
    "target_name": Text(vi="Mục tiêu", en="Target"),
    "value": Text(vi="Thực hiện", en="Achieved"),
    "target": Text(vi="Mức cần đạt", en="To reach"),
    "rating": Text(vi="Đánh giá", en="Rating"),
    "nights": Text(vi="Ba mươi đêm gần đây", en="The last thirty nights"),
}
