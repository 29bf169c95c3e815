"""SQL functions for comparing names and adding up reasons, shared by the register files."""

from unicodedata import normalize

from connectors.reconcile.matching.reasons import MOST, reasons

# the two schools of where a tone mark stands: hoà and hòa, khoẻ and khỏe, thuỷ and thủy
_TONED = {"oa": ("òóỏõọ", "àáảãạ"), "oe": ("òóỏõọ", "èéẻẽẹ"), "uy": ("ùúủũụ", "ỳýỷỹỵ")}
_TONE_PLACES = {
    f"{early}{vowels[1]}": f"{vowels[0]}{late}"
    for vowels, (first, second) in _TONED.items()
    for early, late in zip(first, second, strict=True)
}
# letters with one of the five tones, and the same letters without it
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WITH_TONE = "".join(normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)
_WITHOUT_TONE = "".join(vowel * len(_TONES) for vowel in _VOWELS)
_PLACE = (
    "(thon|ban|to dan pho|tdp|to|xom|khu pho|khu dan cu|khu|kp|lang|ap|buon|bon|phum|soc|khom|kdc)"
)
_CLUB = "((clb|cau lac bo) )?(lthtgn|lth tgn|l t h t g n|lien the he( tu giup nhau| tgn)?)"
_IN_COMMUNE = "(.) (xa|phuong|thi tran|dac khu) .*$"
_PERSON = "(ong|ba|anh|chi|co|chu|bac|cu)"
_NUMBER = "[0-9]+[a-z]?|[a-z]|ii|iii|iv|vi|vii|viii|ix"


def _one_tone_place(words: str) -> str:
    for early, late in _TONE_PLACES.items():
        words = f"replace({words}, '{early}', '{late}')"
    return words


def _points() -> str:
    pairs = (f"'{kind}.{name}': {each.points}" for (kind, name), each in reasons().items())
    return f"MAP {{{', '.join(pairs)}}}"


MACROS = (
    # the village that a club is called after, without the kind of club, of village, the commune
    "CREATE MACRO after_club(words) AS coalesce(nullif(trim(regexp_replace(regexp_replace("
    f"fold_club(words), '^{_CLUB}( |$)', ''), '{_IN_COMMUNE}', '\\1')), ''), fold_club(words))",
    "CREATE MACRO village(words) AS coalesce(nullif(trim(regexp_replace(after_club(words), "
    f"'^({_PLACE} )+', '')), ''), after_club(words))",
    "CREATE MACRO place_word(words) AS nullif(regexp_extract(after_club(words), "
    f"'^{_PLACE} ', 1), '')",
    "CREATE MACRO person(words) AS coalesce(nullif(trim(regexp_replace(fold(words), "
    f"'^{_PERSON} ', '')), ''), fold(words))",
    # what tells villages of one name apart: thôn 1 and thôn 2, Nà Pàn A and Nà Pàn B
    "CREATE MACRO numbers(folded) AS list_transform(list_filter(string_split(folded, ' '), "
    f"lambda word: regexp_full_match(word, '{_NUMBER}')), lambda word: ltrim(word, '0'))",
    # with its marks, each in one place, and d for đ: many write that on a phone
    "CREATE MACRO marked(words) AS replace("
    + _one_tone_place(
        "trim(regexp_replace(lower(nfc_normalize(words)), '[^\\p{L}\\p{M}\\p{N}]+', ' ', 'g'))"
    )
    + ", 'đ', 'd')",
    "CREATE MACRO last_words(words, number) AS "
    "array_to_string(list_slice(string_split(words, ' '), -number, -1), ' ')",
    # two spellings contradict each other where both have marks, and others
    "CREATE MACRO marks_agree(one, other) AS one = other OR strip_accents(one) = one "
    "OR strip_accents(other) = other",
    # Hoa, Hòa, Hoá: heard or typed with another tone; hoa and hoả, but not hoa and hơa
    "CREATE MACRO tones_differ(one, other) AS NOT marks_agree(one, other) "
    f"AND translate(one, '{_WITH_TONE}', '{_WITHOUT_TONE}') "
    f"= translate(other, '{_WITH_TONE}', '{_WITHOUT_TONE}')",
    "CREATE MACRO one_letter(one, other) AS abs(length(one) - length(other)) <= 1 "
    "AND least(length(one), length(other)) >= 3 AND damerau_levenshtein(one, other) = 1",
    # with points of reasons.csv
    "CREATE MACRO score(kind, reasons) AS CAST(greatest(0, least("
    f"{MOST}, coalesce(list_sum(list_transform(reasons, lambda reason: coalesce({_points()}"
    "[kind || '.' || split_part(reason, '=', 1)], 0))), 0))) AS BIGINT)",
    f"CREATE MACRO least_score(kind) AS {_points()}[kind || '.least']",
    "CREATE MACRO reasons_of(list) AS list_filter(list, lambda reason: reason IS NOT NULL)",
    "CREATE MACRO with_figure(reason, figure) AS reason || '=' || CAST(figure AS VARCHAR)",
)
