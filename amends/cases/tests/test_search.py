"""Finding cases and people by words, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases import opening, search, timeline
from amends.cases.models import Case, SearchText
from amends.cases.search import folding, query
from amends.people import identities
from amends.people.models import Brand, Customer
from tests.effort import examples

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def brand(name: str) -> Brand:
    return Brand.objects.create(name=name, slug=name.lower())


def case_of(name: str, title: str, *letters: str, at: Brand, address: str = "") -> Case:
    customer = identities.recognise("email", address or f"{name.split()[0].lower()}@example.com", name, NOON)
    case = opening.open_case(at, customer, title, at=NOON)
    for letter in letters:
        words = timeline.Words(new_text=letter, sender={"name": name})
        timeline.record(case, "contact.in", at=NOON, by=customer, channel="email", words=words)
    return case


def cases(text: str, brand_ids: set[int] | None = None) -> list[str]:
    return [hit.case.title for hit in search.find(text, brand_ids=brand_ids) if hit.case]


def people(text: str, brand_ids: set[int] | None = None) -> list[str]:
    found = search.find(text, brand_ids=brand_ids)
    return [hit.customer.name for hit in found if hit.kind == "person" and hit.customer]


def test_words_of_a_letter_find_its_case_whatever_their_accents_and_case() -> None:
    case_of("Élodie Brâncuși", "Une théière fêlée", "Où est ma THÉIÈRE, s’il vous plaît ?", at=brand("Alder"))
    for asked in ("theiere", "THÉIÈRE", "the\u0301ie\u0300re", "elodie brancusi", "plait"):
        assert cases(asked) == ["Une théière fêlée"], asked


def test_the_last_word_may_be_unfinished_and_the_others_may_not() -> None:
    case_of("Marta Oyelaran", "Cracked teapot", "The spout is broken.", at=brand("Alder"))
    assert cases("spou") == ["Cracked teapot"]
    assert cases("teapot spou") == []
    assert cases("broken spou") == ["Cracked teapot"]
    assert cases("spou broken") == []


def test_a_word_that_stands_often_is_not_looked_for_as_a_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """To find all that begin with a common word takes forty times as long."""
    for number in range(4):
        case_of(f"Marta{number} Oyelaran", "Cracked teapot", "The spout is broken.", at=brand(f"Alder{number}"))
    monkeypatch.setattr(query, "CANDIDATES", 4)
    for text, times in (("spout", 1), ("spou", 2)):
        with CaptureQueriesContext(connection) as asked:
            assert len(cases(text)) == 4
        if connection.vendor == "sqlite":  # PostgreSQL looks through the newest texts first
            assert sum("cases_searchindex MATCH" in one["sql"] for one in asked) == times, text


def test_every_word_must_stand_in_one_text_with_the_customers_name() -> None:
    case_of("Marta Oyelaran", "Cracked teapot", "The spout is broken.", at=brand("Alder"))
    assert cases("marta spout") == ["Cracked teapot"]
    assert cases("marta kettle") == []


@pytest.mark.parametrize(
    "text", ['"', "'", "teapot OR kettle", "NOT", "NEAR(a b)", "a*", "-x", "^a", "folded:teapot", "a & b", "!a | (b",
             "\\", "%", "_", "'; DROP TABLE cases_case; --", "a:*", "<->", "\x00", "\ud800", "½ ²", "ﬁ", "x" * 5000]
)  # fmt: skip
def test_quotes_and_operators_are_only_words(text: str) -> None:
    case_of("Marta Oyelaran", "Cracked teapot", at=brand("Alder"))
    assert cases(text) in ([], ["Cracked teapot"])
    assert Case.objects.count() == 1


def test_operators_do_not_widen_what_is_found() -> None:
    case_of("Marta Oyelaran", "Cracked teapot", at=brand("Alder"))
    assert cases("teapot OR kettle") == []
    assert cases("NOT kettle") == []


@settings(max_examples=examples(300))
@given(
    st.text(alphabet=st.sampled_from("aAbB zé ÉßΣςﬁ½ªd_-1²·\u0301ꙮ"), max_size=40),
    st.text(alphabet="abzesσd1f", min_size=1, max_size=3),
)
def test_the_quick_way_to_find_words_finds_what_the_slow_one_finds(text: str, word: str) -> None:
    wanted = (word, word + "b")
    assert list(folding._fitting(text, wanted)) == list(folding._fitting_one_by_one(text, wanted))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=80))
def test_no_question_and_no_text_ever_raises(asked: str, written: str) -> None:
    shop = Brand.objects.get_or_create(name="Alder", slug="alder")[0]
    case_of("Marta Oyelaran", "Cracked teapot", written.replace("\x00", ""), at=shop)
    for scope in (None, {shop.pk}, set[int]()):
        for hit in search.find(asked, brand_ids=scope):
            pieces = search.marked(hit.excerpt, asked)
            assert "".join(text for text, _ in pieces) == hit.excerpt


def test_other_brands_never_appear() -> None:
    alder, vantry = brand("Alder"), brand("Vantry")
    case_of("Marta Oyelaran", "Cracked teapot", "A secret of Alder.", at=alder)
    case_of("Callum Reid", "No line", "A secret of Vantry.", at=vantry)
    assert cases("secret", {alder.pk}) == ["Cracked teapot"]
    assert people("example", {alder.pk}) == ["Marta Oyelaran"]
    assert cases("secret", set()) == []
    assert people("callum", {alder.pk}) == []
    assert cases(str(Case.objects.get(title="No line").reference), {alder.pk}) == []


def test_many_texts_of_a_hidden_brand_do_not_crowd_out_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.cases.search.query.CANDIDATES", 3)
    alder, vantry = brand("Alder"), brand("Vantry")
    case_of("Marta Oyelaran", "Teapot", at=alder)
    case_of("Callum Reid", "Line", *["Teapot"] * 5, at=vantry)
    assert cases("teapot", {alder.pk}) == ["Teapot"]


def test_a_case_with_many_letters_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "AT_FIRST", 3)
    alder = brand("Alder")
    case_of("Marta Oyelaran", "Older", "A teapot.", at=alder)
    case_of("Callum Reid", "Newer", *["The teapot again."] * 5, at=alder)
    found = search.find("teapot", brand_ids={alder.pk}, limit=2)
    assert [hit.case.title for hit in found if hit.case] == ["Newer", "Older"]


@pytest.mark.parametrize("dear", [-1, 10**9])
def test_a_second_look_goes_on_where_the_first_ended(monkeypatch: pytest.MonkeyPatch, dear: int) -> None:
    """PostgreSQL looks among the newest first, or does not."""
    read: list[int] = []

    def texts(sql: str, parameters: list[str | int]) -> list[query._Text]:
        found = ask(sql, parameters)
        read.extend(text.id for text in found if text.kind == "letter")
        return found

    ask = query._texts
    monkeypatch.setattr(query, "_texts", texts)
    monkeypatch.setattr(query, "AT_FIRST", 3)
    monkeypatch.setattr(query, "CANDIDATES", 10)
    monkeypatch.setattr(query, "DEAR", dear)
    alder = brand("Alder")
    case_of("Callum Reid", "Older", *["The teapot again."] * 5, at=alder)
    case_of("Marta Oyelaran", "Newer", *["The teapot again."] * 5, at=alder)
    found = search.find("teapot", brand_ids={alder.pk}, limit=2)
    assert [hit.case.title for hit in found if hit.case] == ["Newer", "Older"]
    assert len(set(read)) == 10
    if connection.vendor == "postgresql":  # SQLite asks for the whole word before it asks for its beginning
        assert len(read) == 10


@pytest.mark.parametrize("asked", ["oyelaran", "oyel", "marta oyel", "marta@"])
@pytest.mark.parametrize("dear", [-1, 10**9])
def test_a_person_is_found_whose_name_stands_in_many_newer_letters(
    monkeypatch: pytest.MonkeyPatch, asked: str, dear: int
) -> None:
    """Their own text is older than every letter; PostgreSQL looks among the newest first, or does not."""
    monkeypatch.setattr(query, "DEAR", dear)
    alder, vantry = brand("Alder"), brand("Vantry")
    said = ["Marta Oyelaran, marta@example.com, wrote before."]
    older = case_of("Marta Oyelaran", "Cracked teapot", at=alder)
    case_of("Marta Oyelaran", "Cup", at=alder, address="marta.oyelaran@example.com")
    case_of("Callum Reid", "No line", *said * (query.CANDIDATES + 1), at=alder)
    case_of("Hidden Oyelaran", "Secret", at=vantry, address="marta@oyelaran.example")
    assert people(asked, {alder.pk}) == ["Marta Oyelaran"] * 2
    assert set(people(asked)) >= {"Marta Oyelaran"}
    search_text = SearchText.objects.get(kind="person", source_id=older.customer_id)
    assert search_text.pk < SearchText.objects.filter(kind="letter").order_by("pk")[0].pk


def test_a_person_who_is_called_otherwise_is_not_found_by_the_old_name_any_more() -> None:
    alder = brand("Alder")
    marta = case_of("Marta Oyelaran", "Teapot", at=alder).customer
    case_of("Callum Reid", "No line", *["Marta Oyelaran and Moira Quist"] * (query.CANDIDATES + 1), at=alder)
    marta.name = "Moira Quist"
    marta.save()
    search.add_person(marta)
    assert (people("oyelaran"), people("quist")) == ([], ["Moira Quist"])
    SearchText.objects.filter(kind="person").delete()
    assert people("quist") == []


@pytest.mark.parametrize("asked", ["teapot", "tea", "lid tea", "spout", "marta oyelaran tea", "lid", "none", "a-1"])
@pytest.mark.parametrize("looked_through", [1, 3, 100])
def test_what_is_looked_through_first_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, asked: str, looked_through: int
) -> None:
    """On PostgreSQL, where a common word is looked for among the newest texts."""
    alder = brand("Alder")
    for number, letter in enumerate(("A teapot.", "The lid of my teapot", "A spout", "The teahouse, the lid", "Lids")):
        case_of("Marta Oyelaran", f"Matter {number}", letter, at=alder, address=f"m{number}@example.com")
    monkeypatch.setattr("amends.cases.search.query.DEAR", 10**9)
    by_the_index = cases(asked)
    monkeypatch.setattr("amends.cases.search.query.CANDIDATES", 2)
    at_most_two = cases(asked)
    monkeypatch.setattr("amends.cases.search.query.DEAR", -1)
    monkeypatch.setattr("amends.cases.search.query.LOOKED_THROUGH", looked_through)
    # SQLite: two letters hold the lid as it was asked for, so the newest, with its lids, is not looked for any more.
    newest = by_the_index[1:] if asked == "lid" and connection.vendor == "sqlite" else by_the_index
    assert cases(asked) == at_most_two == newest[: len(at_most_two)]


def _is_common(word: str, shelf: query._Shelf, most: int) -> bool:
    texts, common = query._how_many([[word]], shelf, most)
    return texts >= common


def test_the_database_is_asked_how_common_a_word_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL: what is rare goes to the index at once; a word of every letter is looked for among the newest."""
    if connection.vendor != "postgresql":
        return
    alder = brand("Alder")
    for number in range(60):
        words = ("A teapot.", "The spout of my teapot")[number == 7]
        case_of("Marta Oyelaran", f"Matter {number}", words, at=alder, address=f"m{number}@example.com")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_searchtext")
    monkeypatch.setattr("amends.cases.search.query.LOOKED_THROUGH", 10)
    monkeypatch.setattr("amends.cases.search.query.CANDIDATES", 2)
    assert [_is_common(word, query.ALL, 2) for word in ("teapot", "teap", "spout", "nothing")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_word_of_every_letter_is_no_common_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL: among people it is counted, for the planner believes a word to be as common there as in letters."""
    if connection.vendor != "postgresql":
        return
    alder = brand("Alder")
    for number in range(60):
        name = ("Marta Oyelaran", "Marta Quill")[number == 7]
        case_of(name, f"Matter {number}", "A teapot.", at=alder, address=f"m{number}@example.com")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_searchtext")
    monkeypatch.setattr("amends.cases.search.query.LOOKED_THROUGH", 10)
    words = ("marta", "mar", "quill", "teapot")
    assert [_is_common(word, query.PEOPLE, 1) for word in words] == [True, True, False, False]


@pytest.mark.parametrize("common", [True, False])
def test_es8_what_is_hidden_takes_no_place_among_the_hits(monkeypatch: pytest.MonkeyPatch, common: bool) -> None:
    """Left out before anything is cut: they were taken out of the newest few, and nothing else was looked for."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(query, "_how_many", lambda *_asked: (int(common), 1))
    monkeypatch.setattr("amends.cases.search.query.CANDIDATES", 4)
    alder = brand("Alder")
    seen = [case_of(f"Anna {n}", f"Seen {n}", "kettle", at=alder, address=f"a{n}@example.com") for n in range(3)]
    over = [case_of(f"Otto {n}", f"Over {n}", "kettle", at=alder, address=f"o{n}@example.com") for n in range(3)]
    find = partial(search.find, brand_ids={alder.pk}, hidden={case.pk for case in over}, limit=2)
    assert [hit.case.title for hit in find("kettle") if hit.case] == ["Seen 2", "Seen 1"]
    assert not find(over[0].reference) and not find(str(over[0].pk))
    assert [hit.case for hit in find(seen[0].reference)] == [seen[0]]


def test_es8_whoever_has_only_hidden_cases_is_no_hit_and_takes_no_place() -> None:
    alder, birch = brand("Alder"), brand("Birch")
    case_of("Marta One", "Seen", at=alder, address="one@example.com")
    over = case_of("Marta Two", "Over", at=alder, address="two@example.com")
    case_of("Marta Two", "Of another brand", at=birch, address="two@example.com")
    found = search.find("marta", brand_ids={alder.pk}, hidden={over.pk}, limit=1)
    assert [(hit.kind, hit.customer and hit.customer.name) for hit in found] == [
        ("person", "Marta One"),
        ("case", "Marta One"),
    ]


def test_es8_without_brands_hidden_cases_are_left_out_all_the_same() -> None:
    over = case_of("Marta Oyelaran", "Over", "kettle", at=brand("Alder"))
    assert [hit.case for hit in search.find("kettle", brand_ids=None, hidden={over.pk})] == []
    assert [hit.kind for hit in search.find("marta", brand_ids=None, hidden={over.pk})] == ["person"]


def test_es8_tens_of_thousands_of_hidden_cases_are_one_parameter() -> None:
    alder = brand("Alder")
    case = case_of("Marta Oyelaran", "Cracked teapot", at=alder)
    hidden = set(range(case.pk + 1, case.pk + 40_000))
    assert [hit.case for hit in search.find("teapot", brand_ids={alder.pk}, hidden=hidden)] == [case]


@pytest.mark.parametrize(
    "asked", ["020 7946 0182", "+44 20 7946 0182", "(020) 7946-0182", "0044 20 7946 0182", "2079460182"]
)
def test_a_person_is_found_by_a_phone_number_however_it_is_written(asked: str) -> None:
    marta = case_of("Marta Oyelaran", "Teapot", at=brand("Alder")).customer
    identities.add_identity(marta, "phone", "+44 20 7946 0182", NOON)
    search.add_person(Customer.objects.get(pk=marta.pk))
    assert people(asked) == ["Marta Oyelaran"]


def test_a_person_is_found_by_any_part_of_the_address() -> None:
    case_of("Marta Oyelaran", "Teapot", at=brand("Alder"), address="m.oyelaran@atelier.example")
    for asked in ("atelier", "m.oyelaran@atelier.example", "oyela", "OYELARAN@atelier"):
        assert people(asked) == ["Marta Oyelaran"], asked


def test_a_reference_comes_first_in_every_spelling() -> None:
    alder = brand("Alder")
    asked = case_of("Marta Oyelaran", "Cracked teapot", at=alder)
    case_of("Callum Reid", "Newer", f"I have seen {asked.pk} before", at=alder, address="callum@example.com")
    for text in (asked.reference, f"[{asked.reference}]", str(asked.pk), f"a-{asked.pk}"):
        assert cases(text)[0] == "Cracked teapot", text
    assert cases(asked.reference) == ["Cracked teapot"], "nothing else can be meant"
    assert cases(str(asked.pk)) == ["Cracked teapot", "Newer"]


def test_the_newest_case_stands_first_and_one_case_stands_once() -> None:
    alder = brand("Alder")
    case_of("Marta Oyelaran", "Older", "kettle kettle", "kettle", at=alder, address="m@example.com")
    case_of("Marta Oyelaran", "Newer", "kettle", at=alder, address="m@example.com")
    assert cases("kettle") == ["Newer", "Older"]


def test_the_excerpt_stands_around_the_words() -> None:
    letter = f"{'Long before. ' * 30}The théière came in pieces. {'Long after. ' * 30}"
    case_of("Élodie", "Broken", letter, at=brand("Alder"))
    (hit,) = [hit for hit in search.find("theiere", brand_ids=None) if hit.kind == "case"]
    assert "théière" in hit.excerpt
    assert len(hit.excerpt) <= 146
    assert ("théière", True) in search.marked(hit.excerpt, "theiere")


def test_marks_end_where_the_words_end_even_where_folding_changes_lengths() -> None:
    assert search.marked("Eﬃcient Straße", "straß") == [("Eﬃcient ", False), ("Straß", True), ("e", False)]
    assert folding.marked("Marta Oyelaran", "mart") == [("Mart", True), ("a Oyelaran", False)]


@given(st.text(max_size=60), st.text(max_size=20))
def test_marked_pieces_are_the_text_again(text: str, asked: str) -> None:
    assert "".join(piece for piece, _ in search.marked(text, asked)) == text
