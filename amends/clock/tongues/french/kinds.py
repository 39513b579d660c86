"""What is promised in French, by the words that tell it (C4.1). Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import words
from amends.clock.tongues.tongue import Kinds

KINDS: Kinds = (
    (
        "prevent",
        words(
            r"(?:veill|assur|(?:fai|fe)\w* en sorte)\w*\b.{0,60}\bqu(?:e |').{0,60}\bn(?:e |').{0,30}\b(?:plus|pas"
            r"|jamais)\b",
            r"ne (?:se )?(?:reprodui\w*|renouvel\w*|produi\w*|survien\w*|surviendr\w*|arriv\w*"
            r"|recommence\w*) (?:plus|pas|jamais)"
            r"|pour que (?:d'autres|aucun\w*)\b|(?:pour|afin) que .{0,40}\bcess\w*|plus personne ne|(?:pour"
            r"|afin) que .{0,60}\bn(?:e |').{0,30}\bplus\b"
            r"|pour que personne ne"
            r"|n'arrive(?:ra)? (?:plus|pas|à (?:aucun|personne))|éviter\w*|empêcher\w*|plus jamais"
            r"|ne plus (?:se|que)|pour que cela ne",
        ),
    ),
    (
        "partner",
        words(
            r"(?:contact\w*|appel\w*|rappel\w*|(?:re)?demand\w*|relanc\w*|relanç\w*|parl\w*|interrog\w*|écri\w*"
            r"|sollicit\w*|m'adress\w*|nous adress\w*|saisi\w*|inform\w*|rapproch\w*|voi[rs]\w*|vois|vérifi\w*"
            r"|téléphon\w*|réclam\w*|insist\w*|joindr\w*"
            r"|joins|prend\w*|transmet\w*|(?<!en )charg\w*|ouvr\w*)\b.{0,50}\b(?:transporteur\w*|fournisseur\w*"
            r"|fabricant\w*"
            r"|coursier\w*"
            r"|livreur\w*|partenaire\w*|banque|poste\b|prestataire\w*|assureur\w*|grossiste|marchand|vendeur"
            r"|distributeur|logisticien|atelier partenaire|compagnie|hôtel|éditeur)",
        ),
    ),
    (
        "refund",
        words(
            r"rembours\w*|crédit\w*|revers\w+|recrédit\w*|argent|(?:(?<=l')|(?<=un )|(?<=votre )|(?<=cet ))avoir\b"
            r"|avoir\b(?= de)|vir(?:e|ons|er|erai|erons|é|ement)\w*"
            r"|somme\b|totalité|différence|caution|paier\w*|trop-perçu|pren\w* en charge (?:le|les|la|l'|tous)"
            r"|acompte\b|en trop\b|de retour (?:dans|sur) votre compte|réservation sur votre carte|préautorisation"
            r"|(?:dépôt|arrhes)\b.{0,30}\b(?:remis"
            r"|rendu|restitu|rembours)\w*|sommes d|paiement\b|dédui\w*|geste commercial|solde\b|montant|indemnis\w*"
            r"|dédommag\w*"
            r"|(?<!nos )(?<!sans )(?<!tout )(?<!plus )frais|sur votre compte"
            r"|\d+(?:,\d\d)? ?(?:€|\$"
            r"|euros?)(?<!achat de \d\d €)(?<!achat de \d\d\d €)|trop-perçu|prélèvement\w*|débit\w*(?! (?:internet"
            r"|fibre|de connexion|de la fibre|descendant))|vers(?:er\w*|é\w*|ons\b|e\b)|restitu\w*",
        ),
    ),
    (
        "callback",
        words(
            r"(?<!votre )(?<!le )appell?e\w*(?! (?:le|la(?! semaine)|les|notre)\b)|appel(?:er|erai|ons|lerons)\w*"
            r"|rappel\w*"
            r"|(?<!votre )(?<!le )(?<!ce )téléphon\w*|coup de fil|passer un appel"
            r"|(?:re)?contact\w* (?:[\w-]+ ){0,2}(?:par|au) téléphone|joindr\w* (?:[\w-]+ ){0,2}(?:par téléphone"
            r"|sur (?:votre|ton) (?:portable|mobile|fixe))|un appel"
            r"|nouvel essai|nouvelle tentative|réessai\w*|réessay\w*|retent\w*|sonn(?:e|ons|er|erai|erons|era)\b"
            r"|(?:je|nous) recommenc\w*"
            r"|au téléphone|appelée?s? par"
            r"|(?:sera"
            r"|serez|seront) appelée?s?|(?:mon|notre) appel\b"
        ),
    ),
    (
        "fix",
        words(
            r"rem(?:et|ets|ettons) (?:la|le|les|votre) (?:porte|fenêtre|charnière|pièce|serrure|volet)|répar\w*"
            r"|redress\w*|refix\w*|remplac(?!ement)\w*|remplaç(?=o|a)\w*|(?:procéd|effectu|réalis)\w* (?:au|à l'|le"
            r"|l')(?: )?(?:remplacement|échange|changement)|correction|intervention|corrig(?!ée\b)\w*"
            r"|ravoir|de retour en ligne|corrig\w*(?= (?:cela|demain|avant|d'ici"
            r"|aujourd))|règl\w*|régl\w*|réso\w*|remplacement d[e'u].{0,40}(?:aura lieu|prévu|effectu|réalis)\w*"
            r"|en service|résili\w*|chang(?:e|er|era|eons|é)\w*|de nouveau (?:normal|opérationnel|disponible"
            r"|accessible|utilisable|en ligne)\w*"
            r"|fonctionner\w*|ajust\w*|arrang(?:er|e"
            r"|erons|eons)\b|pos(?:er\w*|ons|é\w*)|dépanneur\w*|échang(?:e|er|erons|erai|eons|é|ée)\b(?! sera exp)"
            r"|rétabl\w*|annul\w*|débloqu\w*|modifi\w*|remis\w* en|met\w* .{0,40}à jour"
            r"|rectif\w*\b(?<!rectifi\xe9)(?<!rectifi\xe9s)(?<!rectifiée)(?<!rectifiées)|(?:sera|seront|est"
            r"|sont) rectifiée?s?|régularis\w*|dépann\w*"
            r"|réinitialis(?!ation)\w*|modernis\w*|intervien\w*|interviendr\w*|(?:ré)?activ\w*|colmat\w*"
            r"|rebouch\w*|déboucher\w*|install(?!ateur)\w*"
            r"|corrigé(?!e?s? (?:vous|te|nous|leur|sera|seront)\b)\w*|nettoyée?s?\b"
            r"|(?:eau|courant|électricité|gaz|chauffage|internet|connexion|réseau|site|ascenseur)\b.{0,20}\bde retour"
            r"|mis\w* à jour|en ordre|problème|(?:dé)?mont(?:er|era|eront|ons|ez)\b|(?:est|sera|sont"
            r"|seront) montée?s?\b|effac\w*|remett\w* .{0,20}\ben ordre|remett\w* (?:l'|le |la |les )(?:courant|eau"
            r"|électricité|gaz|chauffage)|marcher\w*|élimin\w*|correctif|refonctionn\w*"
            r"|combl\w*|raccommod\w*|relancée?s?\b|retouch\w*|l'(?:eau"
            r"|électricité) revien\w*|(?:le )?remplacement aura lieu|resserr\w*|envo\w* (?:le|un|notre) (?:monteur"
            r"|technicien|plombier|réparateur"
            r"|électricien)|supprim\w*|poli(?:e|es|s)?\b|polir\w*|repein\w*|purg(?:e|es|é|ée|er\w*|ons)\b|recalcul\w*"
            r"|refai\w*|refer(?:ons|ai|a)\b"
            r"|calfeutr\w*"
            r"|remett\w* en (?:état|service|marche)|restaur\w*|levée?s?\b|remarch\w*|équipe d'urgence"
            r"|(?<!de )prête?s?\b",
        ),
    ),
    (
        "send",
        words(
            r"porter\b|dans (?:votre|ta|la) boîte aux lettres|(?:te|vous) laiss(?:e|ons|erai) (?:les?|la|une?|votre"
            r"|ton) (?!temps)|relivr\w*|(?:envo|enverr)\w*\b(?! (?:une?|la|votre) (?:courriel|mail|e-mail|message|mot"
            r"|réponse|sms"
            r"|sms)\b)|délivr\w*|transmis\b|télécopi\w*|fax(?:e|er|erai|ons)\b"
            r"|(?:la|le|les) laiss(?:e|ons)\b|renvo\w*|renverr\w*|expédi\w*|réexpédi\w*"
            r"|(?:te|vous) mail(?:e|ons)?\b|poste\b|poster\w*|postée?s?\b|postons\b|livr\w*|colis|(?:fai"
            r"|fe)\w* (?:partir|suivre)|porter\w*|r?apport(?:er|e|é|ons)\w*"
            r"|dépos\w*"
            r"|achemin\w*|enlev\w*|enlèv\w*|récupér\w*|cherch\w*|(?:fai|fe)\w* parvenir|coursier\b(?<!au coursier)"
            r"|fourni\w*|(?:émett|éditer)\w* (?:une|un|votre)|retrait aura|devant votre porte"
            r"|remettr\w*(?!.{0,40}\ben (?:service|état|marche|route|ordre))|prêter\w*"
            r"|remis\w*\b(?! en)|transmet\w*|mets? .{0,40}à la poste|ramass\w*"
            r"|adress\w*(?!.{0,30}\b(?:réponse|courrier de réponse))|prêt\b(?<=de prêt)",
        ),
    ),
    (
        "tell",
        words(
            r"(?<!l'eau )revien\w*|décision\b|indiqu\w*|reven(?:ir|ons|ez)\b|reviendr\w*|tien\w* (?:au courant"
            r"|informée?)"
            r"|tenons|tiendr\w*"
            r"|inform(?!ati)\w*|répon\w*|réponse|écri\w*|prochain point|(?<!votre )(?<!le )rapport\b"
            r"|accusé de réception|compte rendu"
            r"|proposition\b|averti\w*|(?:donn|fix)\w* (?:une|la) (?:nouvelle )?date|fais? signe|saur(?:ons"
            r"|ai) (?:plus|davantage)|se manifest\w*|précis(?:er|erai|erons|era)\b"
            r"|détaill\w*|(?:pren(?:d|ds|ons|dr\w*)|notre) position|f(?:ai|e)\w* (?:part|savoir)"
            r"|(?<!de )(?<!les )nouvelles"
            r"|contact\w*|recontact\w*|préven\w*"
            r"|préviendr\w*|préviens|confirm\w*|communiqu\w*|dir(?:ai|ons|a)\b|dis(?:ons)?\b|donn\w* des nouvelles"
            r"|retour vers"
            r"|résultat|saurez|messages?\b|une? (?:courriel|mail|e-mail|mot)\b|(?:te|vous) text(?:e|ons|erai)\b"
            r"|(?:envo|enverr)\w* un sms\b(?! avec)"
            r"|point avec vous|avis\w*|notifi\w*"
            r"|expliqu\w*|signal\w*|(?:fais|ferai|ferons"
            r"|faire) un (?:point|retour)|faire un point|ferai un point",
        ),
    ),
)

HINTS: Kinds = (
    (
        "fix",
        words(
            r"technicien\w*|serrurier\w*|vitrier\w*|plombier|électricien|chauffagiste|cuisiniste|menuisier"
            r"|mécanicien|dépanneu\w*|installateur|monteur|technique|maintenance|travaux de",
        ),
    ),
    (
        "send",
        words(
            r"(?:(?:tu|vous) (?:l'|les )(?:as|avez)\b|(?<!vous )recev\w*|vous rece\w*ez|vous aurez|tu auras"
            r"|tu recevras|l'aur\w*"
            r"|vous (?:la |le |les )?trouverez"
            r"|obtiendr\w*)(?!.{0,50}\b(?:décision|message"
            r"|réponse|nouvelles|appel|confirmation|notification|explication|rapport|accusé|(?<!de )retour)\b"
            r"|.{0,6}(?<!de )retour)|chez (?:vous|toi)\b"
            r"|quitte\w*|(?<!notre )(?<!votre )(?<!ma )part\b|(?<!à )partir\w*|partent|arriv\w*|suivra"
            r"|repren(?:ons|ds|dr\w*)(?! (?:tout|contact|le dossier|l'affaire|votre dossier)\b)|rend(?:u|ue|us|ues|re"
            r"|rons|rai)\b|dans votre boîte|parvien\w*|parviendr\w*"
            r"|remplacement|facteur",
        ),
    ),
    ("tell", words(r"(?<!de )retour\b|explication\w*|fixée?s?\b|rapport|compte rendu|excus\w*")),
)
"""What is likely meant where no such word stands."""
