"""Promises as hurried people write them (SL7; C0.3), said on Wednesday 4 March 2026 at 10:00 in Paris."""

from __future__ import annotations

import pytest

from amends.clock.tests.test_words_and_grammar import said
from amends.clock.tongues import Kind

_APRIL: list[tuple[str, Kind]] = [("01.04. 17:30", "prevent")]
_TWICE: list[tuple[str, Kind]] = [("05.03. 17:30", "fix"), ("05.03. 17:30", "fix")]


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("de", "Den Vertrag bekommen Sie bis Fr. 14 Uhr.", [("06.03. 14:00", "send")]),
        ("de", "Die Liste hast du bis Do von mir.", [("05.03. 17:30", "send")]),
        ("en", "I'll send you the plan by Fri. 2 pm.", [("06.03. 14:00", "send")]),
        ("en", "I'll call on Friday between 10 and 11 ET.", [("06.03. 11:00", "callback")]),
        ("en", "We'll ring you tomorrow at 4 GMT.", [("05.03. 16:00", "callback")]),
        ("en", "I'll phone you Thurs btw 2 & 3.", [("05.03. 15:00", "callback")]),
        ("fr", "Je te mail le plan avant la fermeture.", [("04.03. 17:30", "send")]),
        ("fr", "Je reviens vers vous pour le jeudi 12.", [("12.03. 17:30", "tell")]),
        ("fr", "Le sapin sera livré vendredi en avant-midi.", [("06.03. 12:00", "send")]),
        ("en", "The patch goes in tomorrow and it will work again by close of play.", _TWICE),
    ],
)
def test_what_is_shortened_still_names_its_time(language: str, text: str, promised: list[tuple[str, Kind]]) -> None:
    assert said(language, text) == promised


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("de", "Werden bis morgen Mittag ausgetauscht.", [("05.03. 12:00", "fix")]),
        ("de", "Sie kommen am Freitag mit dem Kurier zu Ihnen.", [("06.03. 17:30", "send")]),
        ("de", "Morgen um 9 versuchen wir es noch einmal.", [("05.03. 09:00", "callback")]),
        ("en", "I'll try you again tomorrow at 9.", [("05.03. 09:00", "callback")]),
        ("fr", "Je réessaie demain à 9 h.", [("05.03. 09:00", "callback")]),
        ("fr", "Demain midi, je vous dis où nous en sommes.", [("05.03. 12:00", "tell")]),
        ("fr", "Tu recevras ton colis vendredi.", [("06.03. 17:30", "send")]),
        ("fr", "Elles vous sont livrées vendredi.", [("06.03. 17:30", "send")]),
        ("en", "I'll make certain that you have an answer by Friday.", [("06.03. 17:30", "tell")]),
        ("en", "It'll leave us today and with you on Friday.", [("04.03. 17:30", "send"), ("06.03. 17:30", "send")]),
        ("de", "Morgen Vormittag sag ich dir Ja oder Nein.", [("05.03. 12:00", "tell")]),
        ("fr", "Tu vas le recevoir vendredi.", [("06.03. 17:30", "send")]),
        ("en", "We'll write as soon as we are able.", [("?", "tell")]),
        ("de", "Was er schreibt, teile ich Ihnen bis Freitag mit.", [("06.03. 17:30", "tell")]),
        ("de", "Ich schicke es, bevor ich heimgehe.", [("04.03. 17:30", "send")]),
        ("de", "Ab 1. April meldet es jede Karte, die zwei Tage alt ist, damit nichts mehr liegen bleibt.", _APRIL),
        ("fr", "J'ai demandé à l'usine s'il en reste et je vous réponds vendredi.", [("06.03. 17:30", "tell")]),
        ("fr", "Je vous dirai ce qu'elle en pense pour le vendredi 6.", [("06.03. 17:30", "tell")]),
        ("en", "You can expect a written answer by Friday.", [("06.03. 17:30", "tell")]),
        ("en", "It's guaranteed to arrive by Friday.", [("06.03. 17:30", "send")]),
        ("en", "I'll ring you by 8 p.m. Thursday. See you!", [("05.03. 20:00", "callback")]),
        ("de", "Meine Kollegin überbringt ihn Ihnen am Freitag.", [("06.03. 17:30", "send")]),
        ("en", "Will page you by 4.", [("04.03. 16:00", "other")]),
        ("en", "I've put you on our calendar for a call on Friday at 9.", [("06.03. 09:00", "callback")]),
        ("de", "Bis Freitag ist die Pumpe aber eingebaut.", [("06.03. 17:30", "fix")]),
        ("de", "Ich rechne das nach und zeige Ihnen am Freitag das Ergebnis.", [("06.03. 17:30", "tell")]),
        ("fr", "Un coursier vous le dépose vendredi au bureau.", [("06.03. 17:30", "send")]),
        ("fr", "Je vérifie et vous raconte vendredi.", [("06.03. 17:30", "other")]),
        ("en", "Look for the credit by Friday.", [("06.03. 17:30", "refund")]),
        ("en", "From 1 April nobody leaves a bag outside, which will put an end to it.", [("01.04. 17:30", "prevent")]),
        ("de", "Unsere Leute haben das bis Freitag behoben.", [("06.03. 17:30", "fix")]),
        (
            "de",
            "Ab 1. April geht nichts mehr ohne Prüfung raus, damit keine Teile fehlen.",
            [("01.04. 17:30", "prevent")],
        ),
        ("de", "Ich hab uns für Freitag ein Telefonat eingetragen.", [("06.03. 17:30", "callback")]),
        ("de", "Ich habe gefragt und berichte Ihnen am Freitag.", [("06.03. 17:30", "tell")]),
        ("de", "Sie ist montags hier, vor dem Wochenende hast du die Liste.", [("06.03. 17:30", "send")]),
        ("de", "Die Fr. 12.50 werden Ihnen am Donnerstag überwiesen.", [("05.03. 17:30", "refund")]),
        (
            "fr",
            "Dès le 1er avril, rien ne sortira plus sans contrôle, afin que cela cesse.",
            [("01.04. 17:30", "prevent")],
        ),
        ("fr", "J'ai bloqué vendredi 9h pour vous appeler.", [("06.03. 09:00", "callback")]),
        ("en", "You'll see it on your statement by Friday.", [("06.03. 17:30", "refund")]),
        ("en", "Starting April 1 two of us look, so parcels don't get lost again.", [("01.04. 17:30", "prevent")]),
        ("en", "Let me ring you Friday at 2:15?", [("06.03. 14:15", "callback")]),
        ("de", "Am Freitag um 14:15 ruf ich dich an, passt das?", [("06.03. 14:15", "callback")]),
        ("de", "Vor drei kriegst du Post von mir.", [("04.03. 15:00", "send")]),
        ("de", "Ab April schauen zwei hin, damit Briefe nicht wieder liegen bleiben.", [("01.04. 17:30", "prevent")]),
        ("fr", "Je vous appelle vendredi à 14h15, ça vous va ?", [("06.03. 14:15", "callback")]),
        ("fr", "Dès le 1er avril, nous serons deux, afin que rien ne se perde plus.", [("01.04. 17:30", "prevent")]),
        ("en", "Our notary will phone you on Monday next at 9.", [("09.03. 09:00", "callback")]),
        ("en", "Beginning April 1 two of us count, so that no other guest waits.", [("01.04. 17:30", "prevent")]),
        ("de", "Wie ausgemacht kommt der Maler am Freitag.", [("06.03. 17:30", "other")]),
        ("de", "Ich fax dir die Liste bis Praxisschluss.", [("04.03. 17:30", "send")]),
        ("de", "Ab 1. April zählen zwei, damit das keinem mehr passiert.", [("01.04. 17:30", "prevent")]),
        ("fr", "Je ne sais pas si c'est possible, je demande et je vous réponds vendredi.", [("06.03. 17:30", "tell")]),
        (
            "fr",
            "L'argent sera chez vous vendredi au plus tard ; je vous écris ce soir.",
            [("06.03. 17:30", "refund"), ("04.03. 22:00", "tell")],
        ),
        ("fr", "J'appelle l'assureur demain pour qu'il libère la somme.", [("05.03. 17:30", "partner")]),
        ("en", "The refund of 9 pounds, which you'll get by Friday, is under way.", [("06.03. 17:30", "refund")]),
        ("en", "You can expect our findings by Friday.", [("06.03. 17:30", "tell")]),
        ("en", "Look for it Friday.", [("06.03. 17:30", "send")]),
        ("en", "We'll write once we have more.", [("?", "tell")]),
        ("de", "Anruf morgen um 9!", [("05.03. 09:00", "callback")]),
        ("de", "Gestern sollten sie schreiben, am Freitag bekommst du die Zahlen.", [("06.03. 17:30", "send")]),
        ("de", "Morgen kriegst deine Kamera wieder.", [("05.03. 17:30", "fix")]),
        ("de", "Ab April prüft das ein zweiter, damit niemand mehr umsonst wartet.", [("01.04. 17:30", "prevent")]),
        ("fr", "Nouvelle tentative vendredi à 9 h.", [("06.03. 09:00", "callback")]),
        ("fr", "Tu vas récupérer ta montre vendredi.", [("06.03. 17:30", "send")]),
        ("en", "It shouldn't have taken so long - you'll see the money by Friday.", [("06.03. 17:30", "refund")]),
        ("de", "Ruf dich um 3 zurück.", [("04.03. 15:00", "callback")]),
        ("de", "Morgen um 3 klingel ich durch.", [("05.03. 15:00", "callback")]),
        ("de", "Ich versuch's um 3 nochmal.", [("04.03. 15:00", "callback")]),
        ("de", "Ich rufe Sie um 18 Uhr an, wenn ich wieder daheim bin.", [("04.03. 18:00", "callback")]),
        ("de", "Am Freitag kommt der Glaser und setzt die Scheibe ein.", [("06.03. 17:30", "fix")]),
        ("fr", "La clé est partie hier et arrive vendredi.", [("06.03. 17:30", "send")]),
        ("fr", "Vous l'avez vendredi.", [("06.03. 17:30", "send")]),
    ],
)
def test_a_word_is_given_in_many_forms(language: str, text: str, promised: list[tuple[str, Kind]]) -> None:
    assert said(language, text) == promised


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lamp came in from Leeds this morning."),
        ("en", "I'll be on duty tomorrow."),
        ("en", "The balance of the bill is due by 31 March."),
        ("en", "The first night will be quiet."),
        ("en", "The driver claims he'll be on that street on Friday."),
        ("de", "Am 9. April geht die Probe in ein Abo über, außer Sie kündigen."),
        ("fr", "Le mot de passe change tous les lundis à midi."),
        ("de", "Der Lieferant meint, die Steine kommen am Freitag."),
        ("de", "Mitglieder gehen bis zum 25. des Monats."),
        ("de", "Bis Freitag gibt es jeden Abend Musik."),
        ("de", "Die Richterin ist bis vier bei Gericht."),
        ("fr", "Que le chef n'appelle pas vendredi est impoli."),
        ("en", "The new timetable starts on Friday."),
        ("en", "Results come out on Friday."),
        ("en", "My colleague comes back on Friday."),
        ("en", "I guess it'll be Friday."),
        ("en", "I'd expect it on Friday."),
        ("en", "I'll be travelling on Friday."),
        ("de", "Die Noten kommen am Freitag heraus."),
        ("de", "Der Hersteller verschickt es am Freitag, sagt er."),
        ("de", "Meine Kollegin kommt am Freitag wieder."),
        ("de", "Das Semester beginnt am Freitag."),
        ("de", "Mittagessen gibt es von 12 bis 14 Uhr."),
        ("de", "Ansprüche sind binnen 14 Tagen anzumelden."),
        ("de", "Ich denke, Sie haben es bis Freitag."),
        ("de", "Am Freitag ist niemand da."),
        ("de", "Der Strom wird am Freitag abgestellt."),
        ("de", "Um 22 Uhr wird abgeschlossen."),
        ("fr", "Le fabricant l'expédie vendredi, dit-il."),
        ("fr", "Ma collègue revient vendredi."),
        ("fr", "La machine s'est arrêtée vendredi."),
        ("fr", "Le trimestre commence vendredi."),
        ("fr", "Nous livrons le vendredi."),
        ("fr", "J'imagine que ce sera vendredi."),
        ("fr", "Le contrat prend effet vendredi."),
        ("en", "The rate is set once a year, in June."),
        ("en", "Buses leave at 2:45 on short days."),
        ("en", "Per the tracking page it will be here by 8 p.m. That is all we see."),
        ("de", "Der Satz wird einmal im Jahr festgelegt, im Juni."),
        ("de", "Der Schaden ist der Kasse innerhalb von 14 Tagen zu melden."),
        ("de", "Bis Samstag haben wir von jedem noch eins."),
        ("de", "Um 14:45 Uhr fährt der Bus."),
        ("de", "Am Freitag eröffnet das Haus seine Schau."),
        ("fr", "Le taux est fixé une fois l'an, en juin."),
        ("fr", "Le vol est à signaler à la caisse dans les 14 jours."),
        ("fr", "Nous l'enverrons demain, pourvu que vous ayez le ticket."),
        ("de", "Liebe Kim, taucht der Ring bis Freitag auf, super, sonst ruf an."),
        ("fr", "Nous sommes peu nombreux et tâchons de répondre sous deux jours."),
        ("fr", "Le voisin dit qu'il vous remettra la clé vendredi."),
        ("fr", "Le courant sera coupé ce soir."),
        ("en", "According to the airline, the bag will arrive on Friday."),
        ("de", "Wir haben bis Freitag auf Sie gewartet."),
        ("en", "I'm not sure we'll have it by Friday."),
        ("en", "I'll be in on Friday."),
        ("en", "The weather will be better on Friday."),
        ("en", "The first instalment will be taken on Friday."),
        ("en", "The price goes up on Friday."),
        ("en", "Parcels handed in before noon arrive the next day."),
        ("de", "Der Preis steigt am Freitag."),
        ("fr", "Je ne suis pas sûre que nous l'ayons vendredi."),
        ("fr", "Vous serez débitée vendredi."),
        ("fr", "Votre abonnement commence vendredi."),
        ("fr", "Il fera beau vendredi."),
        ("de", "Die zweite Nacht wird leiser."),
        ("de", "Die Chefin ist bis Freitag auf Reisen."),
        ("de", "Nach Auskunft der Post kommt es am Freitag."),
        ("de", "Sonst schreibt die Chefin binnen einer Stunde."),
        ("de", "Der Film läuft am Freitag um 20 Uhr."),
        ("fr", "La deuxième nuit sera calme."),
        ("en", "The boss is out this week."),
        ("de", "Am Freitag schließt das Büro um 12 Uhr, am Montag ist wieder offen."),
        ("fr", "Votre bail prend donc fin le 31 mars."),
        ("en", "The lens, which arrives on Friday, is blue."),
        ("de", "Unser Küchenmeister ist bis Freitag weg."),
        ("de", "Kommt die Karte bis Freitag zurück, können wir sie tauschen."),
        ("de", "Liebe Frau Kim, klappt das bis Freitag, ist alles gut."),
        ("de", "Frau Holt, Ihnen war für Montag etwas zugesagt."),
        ("de", "Die Band spielt um 20 Uhr."),
        ("en", "The guided tour starts at 3 on Friday."),
        ("de", "Der Betrag ist bis zum 31. März zu begleichen."),
        ("de", "Das Seminar startet am Freitag um 15 Uhr."),
        ("de", "Die Fehler kommen vom Umbau gestern Nacht."),
        ("de", "Melde dich bis Freitag bei mir."),
        ("fr", "Le solde est payable avant le 31 mars."),
        ("fr", "La formation commence vendredi à 15 h."),
        ("fr", "D'habitude la direction appelle dans un jour ouvrable."),
        ("fr", "Ces fautes viennent de la saisie de ce matin."),
        ("de", "Sie kommen ja am Freitag ohnehin vorbei."),
        ("de", "Wird das Rad bis morgen repariert?"),
        ("fr", "Votre bail vient à expiration le 31 mars."),
    ],
)
def test_what_only_looks_like_a_word_given_is_none(language: str, text: str) -> None:
    assert said(language, text) == []


def test_a_weekday_a_week_on_is_counted_from_today_when_it_is_today() -> None:
    assert said("en", "I'll ring you Wednesday week.") == [("11.03. 17:30", "callback")]
    assert said("de", "Ich rufe Sie Mittwoch in einer Woche an.") == [("11.03. 17:30", "callback")]
    assert said("de", "Ich rufe Sie übernächsten Mittwoch an.") == [("18.03. 17:30", "callback")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The workshop can't look at it till Friday. I'll ring you at 1 that day."),
        ("de", "Die Werkstatt hat erst am Freitag Zeit. Am selben Tag um 13 Uhr rufe ich Sie an."),
        ("fr", "L'atelier ne peut le voir que vendredi. Je vous appelle ce jour-là à 13 h."),
    ],
)
def test_that_day_is_the_one_named_last_whoever_does_something_then(language: str, text: str) -> None:
    assert said(language, text) == [("06.03. 13:00", "callback")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There'll be a reply in your inbox by Friday."),
        ("en", "More news from us on Friday."),
        ("en", "Our joiner can be with you on Friday."),
        ("en", "We can have it with you by Friday."),
        ("en", "I can get this done by Friday."),
        ("en", "I've got you down for a call on Friday."),
        ("en", "Leave it with me until Friday and I'll have the figures."),
        ("en", "Normal service resumes on Friday."),
        ("en", "Shipping Friday!"),
        ("en", "Getting that over to you by Friday."),
        ("en", "Will do by Friday."),
        ("de", "Am Freitag kann ich Ihnen mehr sagen."),
        ("de", "Ich habe mir Ihren Anruf für Freitag notiert."),
        ("de", "Der Abholtag ist auf Freitag gelegt."),
        ("de", "Ich kümmere mich darum, dass es am Freitag ankommt."),
        ("de", "Ich habe Frau Kern gebeten, Sie am Freitag anzurufen."),
        ("de", "Sie dürfen am Freitag mit unserem Anruf rechnen."),
        ("de", "Geht am Freitag raus."),
        ("de", "Lieferung am Freitag."),
        ("de", "Schicke es dir am Freitag."),
        ("fr", "J'ai noté de vous appeler vendredi."),
        ("fr", "Je vous ai inscrit pour un rappel vendredi."),
        ("fr", "Un homme de chez nous passera vendredi."),
        ("fr", "C'est réglé d'ici vendredi."),
        ("fr", "Part vendredi."),
        ("fr", "Livraison vendredi."),
        ("fr", "Je l'envoie dans la semaine."),
    ],
)
def test_there_are_many_ways_to_say_by_friday(language: str, text: str) -> None:
    assert [due for due, _kind in said(language, text)] == ["06.03. 17:30"]


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("en", "I'll send it within ten (10) working days.", "18.03. 17:30"),
        ("en", "I'll send it in 24/48 hours.", "06.03. 10:00"),
        ("de", "Ich schicke es innerhalb von zehn (10) Werktagen.", "18.03. 17:30"),
        ("de", "Ich schicke es am Freitag bis 17.00.", "06.03. 17:00"),
        ("de", "Ich schicke es Fr. bis 17h.", "06.03. 17:00"),
        ("de", "Ich schicke es am Freitag von 10 bis 12.", "06.03. 12:00"),
        ("de", "Ich schicke es am Freitag 10:00–12:00.", "06.03. 12:00"),
        ("de", "Ich schicke es am Freitag zwischen 9.30 und 11.30 Uhr.", "06.03. 11:30"),
        ("fr", "Je l'envoie sous dix (10) jours ouvrés.", "18.03. 17:30"),
        ("fr", "Je l'envoie sous 24/48 h.", "06.03. 10:00"),
        ("de", "Bis 16 Uhr bin ich mit einer Leiter bei Ihnen.", "04.03. 16:00"),
        ("fr", "Je serai là avant 16 h avec une échelle.", "04.03. 16:00"),
    ],
)
def test_offices_write_times_in_their_own_way(language: str, text: str, when: str) -> None:
    assert [due for due, _kind in said(language, text)] == [when]


def test_whoever_asks_whether_a_time_suits_has_named_it() -> None:
    assert said("en", "Will phone you Friday at 4 if that suits you?") == [("06.03. 16:00", "callback")]
    assert said("de", "Ich rufe Sie am Freitag um 4 an, wenn es Ihnen passt?") == [("06.03. 16:00", "callback")]
    assert said("fr", "Je vous appelle vendredi à 16 h, si cela vous convient ?") == [("06.03. 16:00", "callback")]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The correct lens goes out tomorrow.", "send"),
        ("en", "She'll give you a shout tomorrow.", "callback"),
        ("en", "I'll drop you an email tomorrow.", "tell"),
        ("de", "Morgen ist der Mantel geflickt.", "fix"),
        ("fr", "Je recommence demain.", "callback"),
        ("fr", "Le manteau sera raccommodé demain.", "fix"),
        ("en", "The branch will be taken down tomorrow.", "fix"),
        ("de", "Die Gebühr wird morgen rückgebucht.", "refund"),
        ("fr", "L'extrait vous sera délivré demain.", "send"),
        ("fr", "Demain nous posons un verrou, pour que cela n'arrive à personne.", "prevent"),
        ("en", "We're mailing it out tomorrow.", "send"),
        ("de", "Morgen stellen wir sie Ihnen zu.", "send"),
        ("de", "Morgen fließt das Wasser wieder.", "fix"),
        ("de", "Die doppelte Buchung nehme ich morgen zurück.", "refund"),
        ("de", "Ein erfahrener Monteur ist morgen bei Ihnen.", "fix"),
        ("fr", "Le remboursement est validé et vous parviendra demain.", "refund"),
        ("fr", "Je te texte demain.", "tell"),
        ("en", "I'll shoot it over tomorrow.", "send"),
        ("en", "I'll do the transfer tomorrow.", "refund"),
        ("de", "Die Karten kommen morgen per Mail.", "send"),
        ("fr", "De nouvelles lampes arriveront demain.", "send"),
        ("en", "You'll get the plan by email tomorrow.", "send"),
        ("en", "The paint on your mailbox will be touched up tomorrow.", "fix"),
        ("de", "Ich komm morgen rum und bau die Pumpe ein.", "fix"),
        ("de", "Die Mappe hinterlege ich Ihnen morgen.", "send"),
        ("de", "Das Loch wird morgen aufgefüllt.", "fix"),
        ("fr", "Le trou sera comblé demain.", "fix"),
        ("fr", "Je te laisse les clés demain.", "send"),
        ("fr", "Je vous envoie un SMS demain.", "tell"),
        ("fr", "Je vous envoie une réponse demain.", "tell"),
        ("de", "Der Monteur bringt die Pumpe morgen zum Laufen.", "fix"),
        ("fr", "Je vous faxe la liste demain.", "send"),
        ("fr", "Je vous enverrai un courriel demain.", "tell"),
        ("en", "The tills will be back tomorrow.", "fix"),
        ("en", "I'll give it another go tomorrow.", "callback"),
        ("de", "Morgen gehen die Lampen wieder.", "fix"),
        ("de", "Ich probiere es morgen wieder.", "callback"),
        ("de", "Die Mappe wird morgen gefaxt.", "send"),
        ("fr", "On te le laisse demain.", "send"),
        ("fr", "La lampe part demain par messagerie.", "send"),
        ("fr", "Les 9 $ seront de retour dans votre compte demain.", "refund"),
        ("en", "I'll circle back tomorrow.", "tell"),
        ("en", "The power will be back tomorrow.", "fix"),
        ("en", "The pre-authorisation will go tomorrow.", "refund"),
        ("de", "Der Hausdienst bringt die Bank morgen in Ordnung.", "fix"),
        ("de", "Die Summe von 12,40 Euro wird morgen rücküberwiesen.", "refund"),
        ("de", "Den Bericht leite ich Ihnen morgen weiter.", "send"),
        ("fr", "La note corrigée vous sera envoyée demain.", "send"),
        ("fr", "Le courant sera de retour demain.", "fix"),
        ("fr", "Votre acompte vous sera rendu demain.", "refund"),
        ("en", "We will send you our findings tomorrow.", "tell"),
        ("en", "The bond will be released tomorrow.", "refund"),
        ("de", "Der Maler kommt morgen und richtet die Wand.", "fix"),
        ("fr", "Le relevé rectifié vous parviendra demain.", "send"),
        ("fr", "Votre dépôt vous sera rendu demain.", "refund"),
        ("fr", "Je vous sonne demain.", "callback"),
    ],
)
def test_the_act_is_the_one_that_the_words_mean(language: str, text: str, kind: Kind) -> None:
    assert said(language, text) == [("05.03. 17:30", kind)]
