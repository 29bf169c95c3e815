"""Why the system refused a file or an address, in both languages."""

import errno

from programme.problem import Text

_WORDS = {
    errno.ENOENT: "không có thư mục hoặc tệp này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "chỗ này chỉ được đọc",
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EDQUOT: "hết hạn mức ổ đĩa",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EADDRINUSE: "chương trình khác đang dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
}


def reason(error: OSError) -> Text:
    """Give the reason of a refusal; what has no Vietnamese words here keeps the system's."""
    en = error.strerror or type(error).__name__
    return Text(vi=_WORDS.get(error.errno or 0, en), en=en)


def in_brackets(error: OSError) -> Text:
    """Give the reason to be put behind a sentence: ``" (ổ đĩa đầy)"``; empty if it is not known."""
    if not error.strerror:
        return Text(vi="", en="")
    why = reason(error)
    return Text(vi=f" ({why.vi})", en=f" ({why.en})")
