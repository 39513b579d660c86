"""A rule of the house or a word given to one customer (decision 13; SL7), said on Wednesday 4 March 2026 at 10:00."""

from __future__ import annotations

import pytest

from amends.clock.tests.test_words_and_grammar import said
from amends.clock.tongues import Kind

_FRIDAY: tuple[str, Kind] = ("06.03. 17:30", "send")


@pytest.mark.parametrize(
    ("language", "rule", "word", "when"),
    [
        ("en", "Refunds are paid within two days.", "Your refund is paid within two days.", "06.03. 17:30"),
        ("en", "We answer all letters within two days.", "We'll answer your letter within two days.", "06.03. 17:30"),
        ("en", "Prescriptions are sent by 6 pm.", "Your prescription is sent by 6 pm.", "04.03. 18:00"),
        (
            "de",
            "Erstattungen erfolgen binnen zwei Tagen.",
            "Ihre Erstattung erfolgt binnen zwei Tagen.",
            "06.03. 17:30",
        ),
        (
            "de",
            "Schriftliche Anfragen beantworten wir binnen zwei Tagen.",
            "Ihre Anfrage beantworten wir binnen zwei Tagen.",
            "06.03. 17:30",
        ),
        ("de", "Pakete liefert die Post binnen zwei Tagen.", "Ihr Paket liefert die Post am Freitag.", "06.03. 17:30"),
        (
            "fr",
            "Les remboursements sont effectués sous deux jours.",
            "Votre remboursement est effectué sous deux jours.",
            "06.03. 17:30",
        ),
        (
            "fr",
            "Toute demande est traitée sous deux jours.",
            "Votre demande sera traitée sous deux jours.",
            "06.03. 17:30",
        ),
    ],
)
def test_what_is_done_for_all_is_a_rule_and_what_is_done_for_you_a_promise(
    language: str, rule: str, word: str, when: str
) -> None:
    assert said(language, rule) == []
    assert [due for due, _kind in said(language, word)] == [when]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Deliveries will start again on Friday."),
        ("de", "Lieferungen gehen am Freitag wieder raus."),
        ("fr", "Les livraisons reprendront vendredi."),
    ],
)
def test_a_day_that_is_named_is_no_rule(language: str, text: str) -> None:
    assert [due for due, _kind in said(language, text)] == ["06.03. 17:30"]


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("de", "Wir erstatten Ihnen das Porto.", [("?", "refund")]),
        ("de", "Eine neue Kanne schicken wir Ihnen zu.", [("?", "send")]),
        ("de", "Eine neue Kanne schicken wir Ihnen zu, sie kommt am Freitag an.", [("06.03. 17:30", "send")]),
        ("de", "Wir erstatten Ihnen das Porto. Das Geld ist am Freitag da.", [("06.03. 17:30", "refund")]),
        ("de", "Anbei schicken wir Ihnen die Anleitung.", []),
        ("de", "Schicken Sie uns das Glas. Danach erstatten wir Ihnen das Porto.", []),
        ("de", "Wir bringen das Glas am Freitag. Danach erstatten wir Ihnen das Porto.", [_FRIDAY, ("?", "refund")]),
        ("de", "Auf Wunsch schicken wir Ihnen ein Muster.", []),
        ("de", "Ab sofort wiegen wir jedes Glas, damit das nicht wieder vorkommt.", [("?", "prevent")]),
        ("de", "Wir haben eine Waage gekauft, damit das nicht wieder vorkommt.", []),
        ("en", "The postage will be refunded to you.", [("?", "refund")]),
        ("en", "From now on we weigh every jar so that this never happens again.", [("?", "prevent")]),
        ("en", "We have bought scales so that this never happens again.", []),
        ("fr", "Nous vous remboursons le port.", [("?", "refund")]),
        ("fr", "Le port vous sera remboursé.", [("?", "refund")]),
        ("fr", "Désormais, nous pesons chaque pot afin que cela n'arrive plus.", [("?", "prevent")]),
        ("fr", "Je vous envoie ci-joint la notice.", []),
    ],
)
def test_what_is_given_is_promised_without_a_time_unless_its_time_follows(
    language: str, text: str, promised: list[tuple[str, Kind]]
) -> None:
    assert said(language, text) == promised


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("de", "Bis Mitte März, genauer bis zum 12. März, bauen wir das Tor ein.", "12.03. 17:30"),
        ("de", "Ich schreibe Ihnen morgen, sobald ich damit fertig bin, spätestens um 16 Uhr.", "05.03. 16:00"),
        ("de", "Die Schlosserin kommt am Freitag zwischen halb acht und neun und richtet das Tor.", "06.03. 09:00"),
        ("de", "Statt am Dienstag bauen wir das Tor schon am Freitag ein.", "06.03. 17:30"),
        ("de", "Das Tor kommt am 6.3. Der Einbau dauert eine Stunde.", "06.03. 17:30"),
        ("de", "Binnen Wochenfrist ist das Tor eingebaut.", "11.03. 17:30"),
        ("de", "Im Laufe des Freitags bauen wir das Tor ein.", "06.03. 17:30"),
        ("de", "Die Beschreibung Ihres Falls senden wir am Freitag an die Werkstatt.", "06.03. 17:30"),
        ("de", "Wir erstatten Ihnen die Miete dieses Monats bis Freitag.", "06.03. 17:30"),
        ("de", "Ihr Anzug geht am Freitag in die Post.", "06.03. 17:30"),
        ("en", "We'll hang the gate on Friday rather than Tuesday.", "06.03. 17:30"),
        ("en", "Instead of Tuesday, we will hang the gate on Friday.", "06.03. 17:30"),
        ("en", "I'll write tomorrow once the paint is dry, by 4 pm at the latest.", "05.03. 16:00"),
        ("en", "We'll refund this month's rent by Friday.", "06.03. 17:30"),
        ("en", "We'll refund one night of your stay by Friday.", "06.03. 17:30"),
        ("fr", "Nous poserons la grille mi-mars, plus précisément le 12 mars.", "12.03. 17:30"),
        ("fr", "Nous vous rembourserons la nuit d'hôtel vendredi.", "06.03. 17:30"),
        ("fr", "Nous vous rembourserons le loyer de ce mois d'ici vendredi.", "06.03. 17:30"),
        ("fr", "Nous vérifions la grille d'ici vendredi.", "06.03. 17:30"),
    ],
)
def test_of_several_times_the_one_that_binds_is_taken(language: str, text: str, when: str) -> None:
    assert [due for due, _kind in said(language, text)] == [when]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir hängen das Tor am Freitag ein, ohne dass Sie etwas tun müssen."),
        ("de", "Wir hängen das Tor am Freitag ein, auch wenn es regnet."),
        ("de", "Sie brauchen nichts zu tun, unsere Schlosserin hängt das Tor am Freitag ein."),
        ("de", "Nachdem das Tor nun fertig ist, hängen wir es am Freitag ein."),
        ("de", "Das Tor, das heute früh kam, schließt Frau Ott am Freitag an."),
        ("de", "Am Freitag wissen wir, wann das Tor eingehängt wird."),
        ("de", "Unsere Filiale in Worms hängt das Tor am Freitag ein."),
        ("de", "Sie haben ein Tor bestellt, das wir am Freitag einhängen."),
        ("de", "Die Werkstatt ist beauftragt, das Tor am Freitag einzuhängen."),
        ("de", "Der Tausch des Tors findet am Freitag statt."),
        ("en", "Even if it rains, the gate will be hung on Friday."),
        ("en", "The gate, which came this morning, will be hung on Friday."),
        ("en", "Our store will send a joiner on Friday."),
        ("fr", "Notre menuisière la redressera vendredi."),
        ("fr", "Notre menuisière la redresse vendredi."),
        ("fr", "Le bureau vous enverra une menuisière vendredi."),
    ],
)
def test_a_clause_beside_it_takes_nothing_back(language: str, text: str) -> None:
    assert [due for due, _kind in said(language, text)] == ["06.03. 17:30"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ihre Abbestellung zum 31. März haben wir am Montag bestätigt."),
        ("de", "Die Schlüssel haben Sie heute bei uns abgeholt."),
        ("de", "Bei mehr als drei Absagen wird das Geld binnen einer Woche erstattet."),
        ("de", "Ich würde Ihnen gern sagen, dass das Tor am Freitag hängt."),
        ("de", "Der Markt findet am Freitag statt."),
        ("de", "Das Tor ist am Freitag gestrichen worden."),
        ("de", "Der Pförtner schließt eine Stunde vor Ladenschluss ab."),
        ("en", "I'd love to say the gate will hang by Friday."),
        ("en", "We are writing about your stay in April."),
        ("fr", "Le serrurier est intervenu chez vous vendredi."),
        ("fr", "Notre équipe a terminé la pose de la grille vendredi."),
        ("fr", "Le fournisseur nous confirme que la grille sera livrée vendredi."),
        ("fr", "Je reviens vers vous au sujet de votre appel d'hier soir."),
    ],
)
def test_what_is_over_reported_or_depends_is_no_promise(language: str, text: str) -> None:
    assert said(language, text) == []
