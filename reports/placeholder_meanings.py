"""What the texts that a template may print mean, for the list of placeholders."""

from collections.abc import Mapping

from programme.problem import Text

_RATINGS = {
    "rated_exceeded": Text(vi="vượt", en="exceeded"),
    "rated_met": Text(vi="đạt", en="met"),
    "rated_not_met": Text(vi="chưa đạt", en="not met"),
    "rated_no_data": Text(vi="thiếu số liệu", en="no data"),
    "rated_too_little": Text(vi="chưa đủ số liệu", en="too little data"),
    "rated_in_band": Text(vi="trong khoảng", en="within band"),
    "rated_out_of_band": Text(vi="ngoài khoảng", en="outside band"),
    "rated_contribution": Text(vi="đóng góp", en="contribution"),
    "rated_risen": Text(vi="tăng", en="risen"),
    "rated_fallen": Text(vi="giảm", en="fallen"),
    "rated_same": Text(vi="không đổi", en="unchanged"),
    "rated_monitored": Text(vi="theo dõi", en="monitored"),
}
MEANINGS: Mapping[str, Text] = {
    "programme_name": Text(
        vi="tên chương trình, từ ishc.toml", en="name of the programme, from ishc.toml"
    ),
    "parent": Text(vi="cơ quan cấp trên, chữ in hoa", en="superior body, in capitals"),
    "parent_name": Text(vi="cơ quan cấp trên", en="superior body"),
    "issuer": Text(vi="cơ quan ban hành, chữ in hoa", en="issuing body, in capitals"),
    "issuer_name": Text(vi="cơ quan ban hành", en="issuing body"),
    "place": Text(vi="địa danh ở phần đầu", en="place in the head block"),
    "number_code": Text(
        vi="ký hiệu văn bản, ví dụ BC-HNCT", en="code after the number, such as BC-HNCT"
    ),
    "authority": Text(
        vi="quyền hạn ký, ví dụ TM. BAN CHẤP HÀNH", en="on whose behalf it is signed"
    ),
    "signer_title": Text(vi="chức vụ người ký", en="title of the signer"),
    "recipients": Text(
        vi="nơi nhận, trừ cơ quan ở “Kính gửi”",
        en="recipients, without the body it is addressed to",
    ),
    "area": Text(vi="địa bàn: “tỉnh Lạng Sơn”", en="area: “Lạng Sơn Province”"),
    "area_upper": Text(vi="địa bàn, chữ in hoa", en="area, in capitals"),
    "period": Text(vi="kỳ báo cáo bằng chữ", en="the period in words"),
    "period_start": Text(vi="ngày đầu kỳ", en="first day of the period"),
    "period_end": Text(vi="ngày cuối kỳ", en="last day of the period"),
    "cut_off": Text(vi="ngày chốt số liệu", en="last day that counts"),
    "cut_off_in_words": Text(
        vi="ngày chốt số liệu: “ngày 05 tháng 01 năm 2026”", en="last day that counts, in words"
    ),
    "as_of": Text(
        vi="ngày --as-of, hoặc ngày đối soát cuối nếu sớm hơn",
        en="day of --as-of, or of the last reconciling if earlier",
    ),
    "as_of_year": Text(vi="năm của as_of", en="year of as_of"),
    "proven": Text(
        vi="lần gần nhất số liệu được đối soát đầy đủ với máy chủ",
        en="when the data were last proven complete against the server",
    ),
    "carry_months": Text(
        vi="số tháng được dùng lại số dư quỹ", en="months a fund balance is carried over"
    ),
    "coverage_threshold": Text(
        vi="mức đầy đủ tối thiểu để đánh giá", en="least coverage for a rating"
    ),
    "reports_expected": Text(vi="số báo cáo tháng phải có", en="monthly reports due"),
    "reports_received": Text(vi="số báo cáo tháng đã nhận", en="monthly reports received"),
    "reports_share": Text(vi="tỷ lệ đã nhận", en="share received"),
    "findings_total": Text(vi="số vấn đề về số liệu", en="data problems found"),
    "findings_clubs": Text(vi="số CLB có vấn đề về số liệu", en="clubs with data problems"),
    "ratings": Text(
        vi="đếm các mức đánh giá: “7 chưa đạt, 4 thiếu số liệu”",
        en="counts of the ratings: “7 not met, 4 no data”",
    ),
    "notice": Text(
        vi="câu cảnh báo ở trang đầu khi báo cáo thiếu số liệu; trống nếu không có",
        en="warning for the first page when there are few data; empty otherwise",
    ),
    "synthetic": Text(vi="dữ liệu giả lập?", en="are the data made up?"),
    "collected": Text(vi="đã bắt đầu thu thập số liệu?", en="had collecting begun?"),
    "has_clubs": Text(vi="địa bàn có CLB đang hoạt động?", en="has the area clubs in operation?"),
    "has_reports_due": Text(
        vi="trong kỳ có báo cáo tháng phải nộp?", en="was any monthly report due in the period?"
    ),
    "has_new_loans": Text(vi="trong kỳ có món vay mới?", en="was any loan made in the period?"),
    "has_findings": Text(vi="có vấn đề về số liệu?", en="were data problems found?"),
    "sent_to": Text(
        vi="cơ quan ở “Kính gửi”; trống nếu không có",
        en="the body it is addressed to; empty if none",
    ),
    "area_code": Text(vi="mã địa bàn", en="code of the area"),
    "previous_period": Text(vi="kỳ trước bằng chữ", en="the period before, in words"),
    "unfinished": Text(
        vi="câu lưu ý khi kỳ chưa kết thúc; trống nếu đã kết thúc",
        en="what to know while the period has not ended; empty otherwise",
    ),
    "for_whom": Text(vi="bản này dành cho ai", en="whom this version is for"),
    "closed": Text(
        vi="câu cho biết số liệu kỳ đã chốt; trống nếu chưa chốt",
        en="that the figures of the period were closed; empty otherwise",
    ),
    "hidden_note": Text(
        vi="câu về số liệu không nêu trong bản công khai; trống ở bản nội bộ",
        en="about figures held back in the public version; empty otherwise",
    ),
    "level": Text(
        vi="cấp: country, province, commune, club", en="level: country, province, commune, club"
    ),
    "decision": Text(
        vi="quyết định của giai đoạn; trống nếu kỳ không phải giai đoạn",
        en="the decision of the phase; empty if the period is none",
    ),
    "public": Text(vi="bản công khai?", en="is this the public version?"),
    **{
        name: Text(vi=f"số chỉ tiêu “{each.vi}”", en=f"number of targets “{each.en}”")
        for name, each in _RATINGS.items()
    },
    **{
        f"{name}_list": Text(
            vi=f"các chỉ tiêu “{each.vi}”, mỗi chỉ tiêu một dòng",
            en=f"the targets “{each.en}”, one a line",
        )
        for name, each in _RATINGS.items()
    },
}
