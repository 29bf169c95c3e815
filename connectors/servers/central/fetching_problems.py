"""What is told of the way in which submissions of Central were read."""

from programme.problem import Place, Problem, Text


def differs(place: Place) -> Problem:
    """Tell that the quick way gave something else than the submissions themselves."""
    return Problem(
        "odata-differs",
        Text(
            vi="bảng OData của ODK Central không khớp với chính các phiếu, nên lần này từng phiếu "
            "được đọc riêng từ bản gốc (XML); chậm hơn nhưng đủ",
            en="the OData of ODK Central is not what the submissions are, so this pull read each "
            "of them by itself (XML), which is slower and complete",
        ),
        Text(
            vi="không cần làm gì; nếu lần nào cũng thấy lời này, hãy cho người bảo trì phần mềm "
            "biết phiếu được gửi từ ứng dụng nào",
            en="nothing to do; if this is told every time, let the maintainers know which app "
            "sends the submissions",
        ),
        place,
        severity="note",
    )
