"""Names after ``--accept`` that no change has: written wrongly, they would accept nothing."""

from collections.abc import Iterable, Sequence

from connectors.plan import Planned
from programme.problem import Problem, Text
from programme.text import did_you_mean, nearest


def accepted_in_vain(plans: Sequence[Planned], accept: Iterable[str]) -> list[Problem]:
    """Tell each name that is no breaking change of these plans, with the nearest that is.

    It is no error: the same command may run again when all is deployed.
    """
    names = {change.name for plan in plans for change in plan.changes if change.kind == "breaking"}
    return [_in_vain(name, names) for name in dict.fromkeys(accept) if name not in names]


def _in_vain(name: str, names: Iterable[str]) -> Problem:
    hint = did_you_mean(nearest(name, names))
    return Problem(
        "accept-unknown",
        Text(
            vi=f"--accept {name}: không có thay đổi nào như vậy{hint.vi}",
            en=f"--accept {name}: there is no such change{hint.en}",
        ),
        Text(
            vi="hãy chép đúng tên mà thông báo từ chối ghi sau --accept; đã triển khai xong thì "
            "bỏ phần này khỏi lệnh",
            en="copy the name that the refusal writes after --accept; leave it out of the "
            "command once all is deployed",
        ),
        severity="warning",
    )
