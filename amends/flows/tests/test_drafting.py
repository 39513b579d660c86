"""What is being written: words and files come each by themselves."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from amends.cases import drafts
from amends.cases.drafts import Written
from amends.cases.models import Draft
from amends.flows import drafting
from tests.cast import TUESDAY, assemble, complaint

ROUNDS = 12


@pytest.mark.django_db(transaction=True)
def test_a_file_that_comes_with_the_first_words_leaves_them_there() -> None:
    cast = assemble()
    case = complaint(cast)
    file = drafting.Upload("card.txt", "text/plain", b"sorry")
    both = threading.Barrier(2)

    def say() -> None:
        both.wait()
        drafts.save(case, Draft.Kind.LETTER, Written(text="Dear Rosalind"), by=cast.delphine, now=TUESDAY)
        connection.close()

    def attach() -> None:
        both.wait()
        drafting.attach(case, Draft.Kind.LETTER, [file], by=cast.delphine, now=TUESDAY)
        connection.close()

    for _ in range(ROUNDS):
        Draft.objects.all().delete()
        threads = [threading.Thread(target=do) for do in (say, attach)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        draft = Draft.objects.get()
        assert (draft.text, draft.files.count()) == ("Dear Rosalind", 1)
