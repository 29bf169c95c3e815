"""What stands in the way of a sample."""

from programme.problem import Place, Problem, Text


def nobody() -> Problem:
    """Tell that there is nobody who could be drawn."""
    return Problem(
        "sample-nobody",
        Text(
            vi="không có thành viên nào có thể rút vào mẫu: cần CLB đang hoạt động có danh sách "
            "thành viên ghi tên",
            en="there is nobody to draw: active clubs with members listed by name are needed",
        ),
        Text(
            vi="hãy chạy ishc pull, ishc reconcile trước; xem mục [sample] trong ishc.toml",
            en="run ishc pull and ishc reconcile first; look at [sample] in ishc.toml",
        ),
        Place(file="ishc.toml", setting="sample"),
    )


def answered(year: int, answers: int) -> Problem:
    """Tell that a sample is in use and cannot be drawn anew."""
    return Problem(
        "sample-answered",
        Text(
            vi=f"mẫu năm {year} đã có {answers} phiếu trả lời, không rút lại được",
            en=f"the sample of {year} has {answers} answers already and cannot be drawn anew",
        ),
        Text(
            vi="hãy dùng mẫu đã rút; ai không gặp được thì dùng ishc sample --replace MÃ",
            en="use the sample as it is; for who cannot be met: ishc sample --replace CODE",
        ),
    )


def no_sample(year: int) -> Problem:
    """Tell that no sample was drawn in a year."""
    return Problem(
        "sample-missing",
        Text(vi=f"chưa rút mẫu năm {year}", en=f"no sample of {year} was drawn"),
        Text(vi="hãy chạy: ishc sample", en="run: ishc sample"),
    )


def not_asked(code: str, near: str | None) -> Problem:
    """Tell that nobody with this code is asked."""
    hint_vi, hint_en = (f" (gần nhất: {near})", f" (nearest: {near})") if near else ("", "")
    return Problem(
        "sample-unknown",
        Text(
            vi=f"trong mẫu không có ai được hỏi với mã «{code}»{hint_vi}",
            en=f"nobody with the code “{code}” is asked in this sample{hint_en}",
        ),
        Text(
            vi="mã mẫu ghi ở đầu mỗi dòng của data/lists/sample.csv, ví dụ 2026-0001",
            en="codes stand at the beginning of each line of data/lists/sample.csv, such as "
            "2026-0001",
        ),
    )


def no_reserve(code: str, club: str) -> Problem:
    """Tell that a club has nobody left who could be asked instead."""
    return Problem(
        "sample-no-reserve",
        Text(
            vi=f"CLB {club} không còn người dự bị để thay {code}",
            en=f"the club {club} has no reserve left for {code}",
        ),
        Text(
            vi="hãy gửi phiếu ghi «không gặp được»; trọng số của những người trả lời khác sẽ tự bù",
            en="send the form as “not met”; the weights of the others who answer make up for it",
        ),
    )
