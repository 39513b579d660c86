"""How somebody gives their word in French: "je vous rappelle", "vous recevrez", "le colis partira". Pure."""

from __future__ import annotations

from amends.clock.tongues.french.kinds import HINTS, KINDS
from amends.clock.tongues.french.rules import GENERAL, GIVES, HENCEFORTH, OF_ALL, REFUSES, TO_YOU
from amends.clock.tongues.patterns import pattern, words
from amends.clock.tongues.tongue import Acting

_PRONOUN = r"(?:(?:vous|le|la|les|lui|leur|en|y|me|nous|te|se|l'|m'|t'|s'|vous l'|vous en) ?){0,3}"
_ADVERB = (
    r"(?:(?:bien sûr|personnellement|également|aussi|donc|alors|moi-même|nous-mêmes|tous|ensuite|volontiers) ){0,3}"
)
_STEMS = (
    "appell?|rappell?|sonn|retent|réessai|réessay|maile?|di|dis|laiss|envoi|envoy|renvoi|renvoy|expédi|rembours"
    "|revien|reven|contact|recontact|inform|tien"
    "|ten|post|transmet|transmett|répar|remplac|remplaç|corrig|corrige"
    "|règl|régl|occup|assur|veill|fai|fais|met|mett|demand|vir|revers|crédit|recrédit|téléphon|écri|écriv"
    "|donn|confirm|vérifi|livr|dépos|pass|parl|prend|pren"
    "|engag|engage|promet|promett|garanti|garantiss|organis|lanc|lanç|relanc|relanç|traite?|communiqu"
    "|réexpédi|apport|échang|échange|annul|répond|charg|charge|procèd|procéd"
    "|réserv|command|joins|joign|préviens|préven|récupèr|récupér|étudi|regard|examin|résou|résolv|rétabli"
    "|rétabliss|débloqu|modifi|interroge?|sollicit|saisi|accord|effectu"
    "|programm|planifi|revo|install|tente"
)
_PRESENT = rf"(?:{_STEMS})(?:e|es|s|ds|d|ons|t|is)?"
_HEDGE = (
    r"(?:essai|essay|tenter|efforcer|fer(?:ai|ons) (?:tout|notre|mon|de notre|de mon|le maximum)|r?ouvr|pourr|devr"
    r"|faudr|voudr|saur(?!(?:ai|ons) (?:vous dire|te dire|plus|davantage|d'où|pourquoi|où|quand|ce))|aimer|espér"
    r"|préfér|attend|resterons"
    r"|resterai|ser(?:ai|ons) (?:ravi|heureu|fermé|ouvert|absent|disponib|joignab|libre|de retour|en (?:congé"
    r"|déplacement|réunion"
    r"|vacances|formation|voyage)|au bureau|reconnaiss"
    r"|là(?! avant)"
    r"|à votre))"
)
_COMMITS_NOT = (
    r"(?!(?:\w+rons\b|\w+rai\b|suis|sommes|avons|avais|étais|espér|regrett|pens|crois|croy|sais|sav|comprend|compren"
    r"|peux|puis|pouv|dois|dev|veux|voul|souhait|attend|compt|prévoi|prévoy|rest|fini|ferm|ouvr|merci|remerci|pri[eo]"
    r"|invit|conseill|recommand|essa|estim|aim|propos|fêt|célébr|déplor|connai|doute|dout|ne\b|vous|leur|les"
    r"|\w+ions\b(?<!ifions)(?<!édions)(?<!tudions)(?<!ublions)(?<!gocions)(?<!onfions)"
    r"|\w+ais\b|ignor"
    r"|suppos|cherch|tent|tâch|refus|entend|désol|excus|jug|préfér|rappel|plus|pas|tous|dans|sans|sous|même))"
)
_HELPS_NOT = (
    r"(?!concern|convien|sembl|import|plai|gên|intéress|dérang|manqu|rest|reste|ouvre|permet|donne (?:droit|accès)"
    r"|invit"
    r"|demand|remerci|conseill|recommand|souhait|propos|oblig|appartien|coût|pri[eo]|même|être)"
)
_THINGS = (
    r"mise à jour|point|remboursement|rappel|appel|livraison|retrait|enlèvement|passage du technicien|visite"
    r"|remplacement|réparation|paiement|virement|réponse|décision|avoir|rendez-vous|envoi|expédition|retour"
)
_RECEIVE = (
    r"(?:recevrez|aurez|serez|trouverez|connaîtrez|saurez|entendrez|retrouverez|bénéficierez|disposerez|percevrez"
    r"|récupérerez|verrez|obtiendrez|toucherez)"
)

_DAY_NAME = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi)"

FORMS = pattern(
    "|".join(
        (
            rf"\b(?P<will_1>(?:je|j'|nous) ?{_ADVERB}(?:ne (?=manquer))?{_PRONOUN}(?!{_HEDGE})\w+(?:rai"
            rf"|rons))\b(?<!espérons)(?<!préparons)(?<!adorons)(?<!regrettons)",
            rf"\b(?:je|nous) {_ADVERB}(?:(?:vous|nous|m'en|l'|le|la) )?(?P<will_2>(?:vais|allons)\b(?! (?:bien"
            rf"|pas|pouvoir|devoir|essayer|tenter|tout faire|faire de notre mieux)))",
            rf"\b(?:je {_ADVERB}{_PRONOUN}(?P<does_2>{_COMMITS_NOT}\w{{3,20}}(?:e|s))|nous {_ADVERB}{_PRONOUN}"
            rf"(?P<does_3>{_COMMITS_NOT}\w{{2,20}}ons))\b",
            r"\b(?:j'ai|nous avons) (?:bien |déjà |aussi )?(?:demandé|ordonné|chargé"
            r"|prié)\b[^.;,]{2,50}?\b(?P<does_4>(?:de |d')(?:vous |le |la |les |l')?\w+(?:er|ir|re))\b",
            r"\b(?P<whole_7>vous pourrez) (?:de|à) nouveau\b",
            r"\b(?P<whole_6>il est (?:prévu|convenu) (?:que|qu'|de|d'))",
            rf"(?:\bvous pouvez )?\b(?P<will_3>compte[rz] sur (?:moi|nous) pour {_PRONOUN}\w+(?:er|ir|re))\b",
            r"\b(?P<whole_5>attendez-vous à (?:une?|notre|mon|ma))\b",
            rf"^(?:[-*•] ?)?(?:votre |notre |mon )?(?P<whole_3>(?:(?:prochaine?|nouvelle"
            rf"|nouveau) )?(?:{_THINGS})(?= ?:| d'ici\b| avant\b| (?:prévue?|programmée?|planifiée?|fixée?) ))",
            r"^(?P<whole_10>(?:(?:nouvel(?:le)?|prochaine?) )?(?:essai|appel|rappel|tentative))\b"
            r"(?= (?:demain|aujourd'hui|à|vers|entre|ce|cet|lundi|mardi|mercredi|jeudi|vendredi|samedi)\b)",
            rf"^(?P<alone_2>part|arrive|suit)\b(?= (?:{_DAY_NAME}|demain|aujourd'hui|d'ici|ce|cet|cette)\b)",
            rf"^(?P<whole_11>envoi|expédition|livraison|retour de (?:ma|notre) part)\b(?= (?:{_DAY_NAME}|demain)\b)",
            r"\b(?P<whole_4>(?:ma|mon|notre|nos) \w{2,30} (?:a accepté|s'est engagée?|m'a promis|nous a promis) (?:de"
            r"|à|d'))",
            rf"\b(?:{_THINGS}) (?P<verb_3>est)(?= (?:demain|aujourd'hui|le|à|lundi|mardi|mercredi|jeudi|vendredi"
            rf"|samedi|ce|cet|entre)\b)",
            r"\b(?P<done_1>(?:nous (?:vous )?avons|j'ai|je vous ai(?= (?:not|inscri))|c'est(?! (?:fait|réglé"
            r"|prêt)\b)))\b",
            rf"\b(?P<does_1>(?:je|j'|nous(?! (?:confirme|informe|assure|donne|demande|promet|garantit)\b)"
            rf"|on) ?{_ADVERB}(?:nous |m')?{_PRONOUN}(?:{_PRESENT}))\b",
            rf"\b(?P<whole_1>vous (?:(?:le|la|les|l'|en|y) ?)?(?:{_RECEIVE}|recevez|allez (?:(?:le|la|les"
            rf"|l') ?)?(?:recevoir|être"
            rf"|avoir)))\b(?! (?:besoin|à (?!quoi)|jusqu|la possibilité|le droit|invité|tenu|prié|en mesure|amené))",
            r"\b(?P<whole_8>tu (?:(?:le|la|les|l'|en|y) ?)?(?:recevras|auras|seras|trouveras|connaîtras|sauras"
            r"|récupéreras|verras|reçois|vas (?:(?:le|la|les|l') ?)?(?:recevoir|être|r?avoir|récupérer|retrouver)))\b"
            r"(?! (?:besoin|à (?!quoi)|jusqu|la possibilité|le droit|invité|tenu|prié|en mesure|amené))",
            r"\b(?P<whole_9>(?:tu|vous) (?:l'|les |en )(?:as|avez))\b(?= (?:lundi|mardi|mercredi|jeudi|vendredi|samedi"
            r"|dimanche|demain|après-demain|aujourd'hui|d'ici|avant|ce|cet|cette|sous|au plus tard)\b)",
            r"\b(?P<whole_2>vous pouvez (?:y compter|compter sur|vous attendre))\b",
            rf"\bet (?P<alone_1>{_PRONOUN}(?:\w+(?:rai|rons)|{_COMMITS_NOT}\w{{3,}}ons))\b",
            rf"\bet (?!nous )(?P<also_1>{_PRONOUN}(?:{_PRESENT}|\w+(?:rai|rons)))\b",
            rf"\bet (?P<also_2>(?:vous|te) (?:(?:le|la|les|en) )?{_COMMITS_NOT}\w{{3,20}}(?:e|ons))\b",
            r"\bet (?P<passive_1>\w{3,}(?:\xe9|i|u)e?s?)\b(?= (?:le|la|au|dès|demain|avant|d'ici|ce|cet|cette|lundi"
            r"|mardi|mercredi|jeudi|vendredi|samedi|dans|sous)\b)",
            r"\bet (?P<tail_2>vous ser(?:a|ont))\b",
            rf"\bet (?P<tail_1>{_PRONOUN}(?!{_HEDGE}|r?ouvr|ferm|ser(?:a|ont)\b)\w+(?:ra|ront))\b",
            r"(?<=[ '])(?P<verb_1>(?:(?:ne (?=manquer)|vous|le|la|les|lui|en|y|s'|se) ?){0,2}(?!r?ouvr"
            r"|ferm|pourr|devr|faudr"
            r"|voudr|saur|aimer|espér|prendra fin|expirera|se terminera|s'achèvera|débutera|sera(?:it)? (?:ouvert"
            r"|fermé|valable|possible"
            r"|nécessaire|joignable|disponible))\w+(?:ra"
            r"|ront))\b(?<!contra)(?<!extra)(?<!caméra)(?<!opéra)",
            r"(?<=[ '])(?<! m')(?<! me )(?<! nous )(?P<verb_2>(?:(?:vous|le|la|les|s'"
            r"|se) ?){0,2}(?:(?<!notre )(?<!votre )(?<!ma )(?<!quelque )part|revien(?:t|nent)|repassen?t?"
            r"|termine(?<!se termine)|terminent(?<!se terminent)|finalisen?t?|reprend|reçoi(?:t|vent)|contrôlen?t?"
            r"|règlen?t?|corrigen?t?|activen?t?"
            r"|posen?t?|nettoien?t?|met|mettent|informen?t?|confirmen?t?|écrit|communiquen?t?|versen?t?"
            r"|(?:re)?créditen?t?|fait|dépannen?t?|réexpédien?t?|annulen?t?|emporten?t?|occupen?t?|examinen?t?"
            r"|étudien?t?|décide(?:nt)?"
            r"|démonten?t?|monten?t?|régularisen?t?|arrive(?! à (?:échéance|expiration|(?:son )?terme|sa fin))"
            r"|arrivent|partent|prépare|expédie"
            r"|effectue|assure|transmet|remet|rend|procède|débloque|rétablit|fournit|répond|récupère|répare|installe"
            r"|remplace|dépose|apporte|ramène|intervient|interviennent|traite|vérifie|change|passent|livrent"
            r"|appellent|quitte|quittent|passe|(?<!qui )(?:vient|viennent)(?! (?:d[eu]|des)\b| d')"
            r"(?! à (?:échéance|expiration|terme))|commence|commencent|débute"
            r"|débutent|appelle"
            r"|(?<!convenu au )(?<!convenu par )(?<!discuté au )(?<!évoqué au )(?<!parlé au )téléphone|rappelle"
            r"|livre|rembourse|envoie|contacte|recontacte|parvient|va vous|va être|vont être|va|vont"
            r"|prend(?! (?:donc |ainsi |alors )?(?:fin|effet|cours)\b)"
            r"|doit vous être|est prévue?|est programmée?|est planifiée?|est attendue? chez|(?:a été|ont été|est"
            r"|sont) (?:re)?(?:déplacée?s?|décalée?s?|programmée?s?|planifiée?s?|prévue?s?|fixée?s?|reportée?s?"
            r"|avancée?s?|calée?s?|réservée?s?)(?= (?:au|pour|le|à|demain|ce|cet|cette|entre|aujourd'hui|lundi|mardi"
            r"|mercredi|jeudi|vendredi|samedi)\b)))\b(?! (?:bien|falloir|devoir|pouvoir))",
            rf"(?<= )(?<!ce qui )(?P<verb_4>vous (?:(?:le|la|les|en"
            rf"|l') ?)?{_HELPS_NOT}\w{{3,20}}e(?<![dti]re))\b(?! que\b)",
            r"\b(?:notre|nos|mon|mes|ma|un|une|des) (?:(?!(?:qu[ei]|je|nous|vous|tu|on|et|ne"
            r"|ont)\b)\w{2,20} ){1,3}?(?P<verb_5>(?:vous (?:la |le |les |l')?|la |le |les |l')"
            rf"\w{{3,20}}(?:e|ent))\b(?= (?:{_DAY_NAME}|demain|aujourd'hui|après-demain|d'ici|avant|dès"
            rf"|sous|ce|cet|cette"
            r"|le \d|à \d|au plus tard|dans|en (?:fin|début)|la semaine)\b)",
            r"(?<=[ '])(?P<being_1>(?:est|sont))\b",
        )
    ),
)
CONDITION = pattern(
    r"(?:\b(?:si|s'il|s'ils|lorsque|lorsqu'|quand|dès que(?! possible)|dès qu'|dès lors|une fois|avant que"
    r"|après que|tant que"
    r"|pourquoi|parce que|puisque|comme(?! (?:convenu|promis|prévu|annoncé|indiqué|demandé|souhaité))|car si"
    r"|qui(?!\s*$)(?! (?:vous |le |la |les |l')?\w+(?:ra|ront)\b)|quel|quelle"
    r"|comment|où|dont|di(?:t|sent)(?= qu[e'])|selon|d'après(?!.midi)|a dit|avez dit|aviez dit|disiez"
    r"|écriv\w+|(?<!je vous )(?<!vous a )écrit que"
    r"|avez écrit"
    r"|indique"
    r"|indiquent|annonce"
    r"|annoncent|pas (?:sûre?s?|certaine?s?)|(?<!m')(?<!nous )assure que|affirme|espér\w+|pens\w+|imagin\w+|croi\w+"
    r"|suppos\w+"
    r"|normalement|généralement"
    r"|en général"
    r"|habituellement|d'habitude|en principe|pourr\w+|devr\w+|faudrait|voudr\w+|pouvez|peut|peuvent|pouvons|peux"
    r"|aimer\w+|serais|serait|serions|auriez|aurait|aurions|prévoit|estime|informe que"
    r"|(?:(?<!nous )(?<!que )\bnous |(?<!je )\bm'|(?<!je )\bme )(?:a |ont )?(?:confirm|assur|signal|promi"
    r"|promet|certifi|garanti|précis|appren|écri"
    r"|annonc|indiqu|inform)\w*|nous a|m'a|vous a|ont dit|ce que(?! vous avez (?:trop )?(?:payé|versé|réglé))"
    r"|promettre qu\w*)(?!\w)[^,;:–]*(?:[:,](?=\d)[^,;:–]*)*|\b(?:écri\w+|dit|disiez|message|citation"
    r"|courriel)(?: \w+){0,3} ?:.*)$",
)
CONDITIONAL = pattern(
    r"(?:(?<!savoir )(?<!vérifier )"
    r"(?<!dire )(?<!voir )(?<!même )(?<!sais pas )(?<!savons pas )(?<!pas encore )(?<!demander )\b(?:en général"
    r"|généralement|habituellement"
    r"|d'habitude|normalement|en principe|en (?:temps|conditions) normal(?:es)?|dans l'idéal|au besoin|si besoin"
    r"|le cas échéant|d'ordinaire"
    r"|en moyenne|avec (?:un peu de"
    r"|de la) chance"
    r"|d'après(?!.midi)|dans la (?:plupart des cas|limite)|en règle générale"
    r"|le plus souvent|peut-être"
    r"|pour autant|pourvu"
    r"|tant que|selon|en fonction|sans (?:nouvelles|réponse|réaction|retour)|sauf|sous réserve|faute de|à défaut"
    r"|probablement|éventuellement|si|s'il|s'ils|au cas où|à condition|sous réserve|sinon|en cas de"
    r"|à moins)(?!\w)(?! vite| rapidement)[^;]*|(?:(?:dès que(?! possible)|dès qu'|lorsque|quand)(?! ?(?:j'|je "
    r"|nous )[^,]{1,30}(?:nouveau|nouvelles|réponse|sais|savons|saurai|plus)\b)|lorsqu'|une fois"
    r"|après réception"
    r"|dès réception|à réception|après que)(?!\w)[^;,]*,\s*(?:\w+ ){0,2})$",
)

ACTING = Acting(
    forms=FORMS,
    ours=pattern(r"\b(?:je|j'|nous)(?!\w)(?! (?:vous )?(?:pri|demand|invit|conseil|recommand|souhait|aimer|espér)\w*)"),
    condition=CONDITION,
    clause=pattern(
        r"(?:,(?!\d)|;|:(?!\d)|\((?![^)]{0,60}\)))\s*|\b(?:et(?! (?:\d|(?:deux|trois|quatre|cinq|six|sept|huit|neuf"
        r"|dix|onze|midi)\b))|mais|car|puis|donc|ou)\b\s*|\s[-–—]\s",
    ),
    no_subject=pattern(
        r"(?:^|\b)(?:ai|as|a|avons|avez|ont|avait|aviez|avions|(?<!\w )vous|je|(?<!chez )nous|tu|qu'il"
        r"|(?<!\w )personne|rien|ne"
        r"|n'"
        r"|dont|il y|pas|(?:a|ont|avons|avez|ai) (?:\w+ )?\w+(?:\xe9|i|u|is|it)e?s?(?: \w+)?)\s*$|\bn'$"
        r"|\bne\b|\b(?:(?<!notre )offre|la plupart|certaines?|beaucoup|toute?s? (?:commande|demande"
        r"|réclamation)s?|promotion|prévente|(?<!-)ventes?|saison|commandes|retours|clients"
        r"|horaires|service est)\b|\bqui\b(?= \S)|^\s*les \w+ \w+(?:\xe9e?s|is|us)\b",
    ),
    breaks=pattern(
        r"[;:()]|[.!?]$| [-–—] |,(?= (?:si|mais|car|qui|dont|afin|pour que|lorsque|dès que|ce qui|puis)\b)"
        r"|,? \b(?:mais|car)\b|,? et (?=(?:je|j'|nous|vous|votre|vos|le|la|les|l'|il|elle|un|une|notre|mon|ma|d'ici"
        r"|puis)\b)|, (?=(?:je|nous|vous)\b)",
    ),
    refuses=REFUSES,
    conditional=CONDITIONAL,
    asks=pattern(
        r"(?:merci de(?! (?:votre|vos|nous avoir|m'avoir|l'avoir)\b)|merci d'(?!avoir)|veuillez (?!noter|agréer"
        r"|accepter|recevoir|nous excuser|trouver)|pourriez-vous"
        r"|pouvez-vous|avez-vous|voulez-vous|souhaitez-vous|puis-je|pouvons-nous|n'hésitez|dites-|envoyez|renvoyez"
        r"|appelez|contactez|faites-|donnez-(?!(?:moi|nous)\b.{0,20}\b(?:jusqu\w*|temps|délai|heures?|jours?|minutes"
        r"|semaines?)\b)|écrivez|indiquez|répondez|rappelez"
        r"|confirmez|vous (?:devez"
        r"|pouvez(?! (?:y )?(?:compter|vous attendre|être))|devrez|pourrez|pourriez|avez (?:jusqu|la possib))"
        r"|il (?:vous )?(?:faut|suffit|faudra)|prenez|laissez-(?!(?:moi|nous)\b.{0,20}\b(?:jusqu\w*|temps|délai"
        r"|heures?|jours?|minutes|semaines?)\b)"
        r"|s'il vous plaît)(?!\w)",
    ),
    binds=pattern(r"\b(?:au plus tard|dans tous les cas|quoi qu'il arrive|en tout état de cause)\b"),
    pledges=words(
        r"confirm\w*|veill\w*|assur(?!eur|ance)\w*|engag\w*|promet\w*|garanti\w*|fais (?:en sorte|le nécessaire)"
        r"|faisons (?:en sorte"
        r"|le nécessaire)|compter|attendre|ferai en sorte|ferons en sorte"
    ),
    finished=words(
        r"chez vous|sur votre compte|prête?s?\b|terminée?s?|réglée?s?|réparée?s?|de retour|prévue?s?|programmée?s?"
        r"|planifiée?s?|résolue?s?|fixée?s?|corrigée?s?|en route|rétablie?s?|envoyée?s?|expédiée?s?|livrée?s?"
        r"|remboursée?s?|créditée?s?|virée?s?|(?!pass|arriv|rest|retourn|rentr|tomb|mont|entr|limit|dat|calcul|bas"
        r"|situ|fond|exig|demand|attend|factur|ferm|absen|féri|termin|offic|concern|oblig|invit|pri|désol"
        r"|connect)\w{3,}\xe9e?s?\b|déposée?s?|remplacée?s?|débloquée?s?|postée?s?"
    ),
    deadline=words(r"d'ici|avant|au plus tard|sous|dans|pour le\b"),
    planned=words(
        r"avancée?s?|déplacée?s?|décalée?s?|reportée?s?|confirmé|calée?s?|(?:re|dé)?programmée?s?|prévue?s?"
        r"|(?:re)?planifiée?s?|bloquée?s?"
        r"|réservée?s?|fixée?s?|organisée?s?|inscrite?s?|commandée?s?|noté (?:votre|de)"
    ),
    indirect=words(r"(?:pourquoi|comment|où|qui|quand|quel\w*|si|s'il|ce qu[ei'])(?!\w)"),
    wonders=words(r"(?:sav|saur|dir(?:e|ai|a|ons)\b|vérifi|confirm|inform|indiqu)\w*"),
    whether=pattern(r"\bdemandée?\b[^,;:]{0,40}$"),
    general=GENERAL,
    of_all=OF_ALL,
    to_you=TO_YOU,
    gives=GIVES,
    henceforth=HENCEFORTH,
    vague=words(
        r"(?:dans les|sous les) (?:plus brefs|meilleurs) délais|prochainement|bientôt|sous peu|rapidement"
        r"|au plus (?:vite|tôt)|dès que possible|le plus (?:vite|tôt|rapidement) possible|aussi (?:vite|rapidement"
        r"|tôt) que possible|en temps (?:voulu|utile)|ultérieurement|à bref délai|incessamment|d'ici peu"
        r"|(?<!au )plus tard|dans un (?:avenir proche|proche avenir|délai raisonnable)|promptement|sans (?:tarder"
        r"|délai)|en priorité"
        r"|vite\b|dans quelque temps|à (?:la première|l'occasion)|(?:semaines|jours|mois|heures) à venir"
        r"|un de ces jours|un jour|dans un moment|avant longtemps|à terme",
        r"(?:dans|d'ici|sous|au cours des|ces|dans les|les)(?: les| quelques| des)? ?(?:quelques|prochaine?s"
        r"|tout prochains|jours qui viennent|semaines qui viennent)(?: quelques)? ?(?:minutes|heures|jours|semaines"
        r"|mois)?",
        r"(?:dès|aussitôt) (?:que|qu')\s?(?:nous|j'|je|j|possible)|quelqu'un|l'un de nos|tenir (?:au courant"
        r"|informée?)|(?:tiens|tenons|tiendrai|tiendrons) (?:au courant|informée?)|quand (?:j'en|nous en)",
    ),
    kinds=KINDS,
    hints=HINTS,
    again=pattern(r"(?:il|elle|ils|elles|qui)(?!\w)|(?:vous|te) \w+(?:ra|ront)\b"),
    then=pattern(
        r"\b(?:suis|est|sont|sommes|ser(?:ai|a|ons|ont))\b[^;:.]{1,60}\bet\b[^;:.]{1,60}(?<!\w)(?:alors"
        r"|à ce moment-là)\b"
        r"|(?:laissez?|donnez?|accordez?)-(?:moi|nous)\b[^;:.,]{0,20}\b(?:jusqu\w*|temps|délai|heures?|jours?|minutes"
        r"|semaines?)\b[^;:.]{0,40}\bet\b[^;:.]*"
    ),
    drops=pattern(r"\b(?:au plus tard|d'ici|avant|le|la|à|dès|sous|dans)$"),
    verb_last=True,
)
