"""SQL functions that the register files share: names as people mean them, age bands."""

_MARKS = "[^a-z0-9]+"
_CLUB = "(clb|cau lac bo)"
_KIND = "(lthtgn|lth tgn|l t h t g n|lien the he( tu giup nhau| tgn)?)"

MACROS = (
    # what two people would agree on: no tone or other marks, no capitals, no signs
    "CREATE MACRO fold(words) AS trim(regexp_replace(replace(strip_accents(lower("
    f"nfc_normalize(words))), 'đ', 'd'), '{_MARKS}', ' ', 'g'))",
    # a club's own name: "CLB LTHTGN thôn Nà Pàn" and "Câu lạc bộ Nà Pàn" differ by "thôn" only
    "CREATE MACRO fold_club(words) AS coalesce(nullif(trim(regexp_replace(fold(words), "
    f"'^{_CLUB}( {_KIND})?( |$)', '')), ''), fold(words))",
    # as the crow flies, on a round earth
    "CREATE MACRO kilometres(north, east, other_north, other_east) AS 2 * 6371 * asin(least(1, "
    "sqrt(sin(radians(other_north - north) / 2) ** 2 + cos(radians(north)) * "
    "cos(radians(other_north)) * sin(radians(other_east - east) / 2) ** 2)))",
    # HMAC-SHA256 with the programme's key, as connectors/store/pseudonym.py has it
    "CREATE MACRO keyed(words) AS substr(sha256((SELECT outer_pad FROM pads) || "
    "unhex(sha256((SELECT inner_pad FROM pads) || encode(words)))), 1, 16)",
    # who a row of a roster is, so that nobody can read the name from it
    "CREATE MACRO identity(name, birth_year, sex) AS keyed('person|' || coalesce(fold(name), '') "
    "|| '|' || coalesce(CAST(birth_year AS VARCHAR), '') || '|' || coalesce(sex, ''))",
    "CREATE MACRO namesake(face, number) AS CASE WHEN number = 1 THEN face "
    "ELSE face || '-' || number END",
    "CREATE MACRO age_band(age) AS CASE WHEN age < 16 THEN 'under16' WHEN age <= 30 THEN '16_30' "
    "WHEN age <= 54 THEN '31_54' WHEN age <= 59 THEN '55_59' WHEN age <= 69 THEN '60_69' "
    "WHEN age <= 79 THEN '70_79' WHEN age >= 80 THEN '80plus' END",
)
