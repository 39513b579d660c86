"""How mail servers of many languages say that a letter did not arrive, or that nobody is there. Data only."""

from __future__ import annotations

import re

FAILURE = re.compile(
    r"undeliver|non[- ]?deliver|not (?:be )?delivered|(?:un|"
    r"not )able to deliver|could ?n[o']t (?:be )?deliver|"
    r"delivery (?:status|failure|has failed|failed|failing|problem|"
    r"error|notification|delayed|incomplete|report)|"
    r"fail(?:ed|ure|ing) (?:delivery|notice)|mail failure|mail delivery|delivering your m|trouble delivering|"
    r"returned (?:mail|to sender)|returning (?:message )?to sender|mail system error|error sending your mail|"
    r"did not reach|(?:fatal|permanent) errors?|delivery problems|was rejected|rejected your message|"
    r"bounce notification|could not send m|delayed mail|"
    r"(?:message|mail|warning).{0,60} delayed|permanent error|cannot send message|user unknown|unknown user|"
    r"no such user|recipient (?:address )?rejected|mailbox (?:is )?full|"
    r"invalid user address|cannot be delivered|"
    r"unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|zustellfehler|"
    r"non remis|non distribu|échec de (?:la )?(?:remise|distribution)|"
    r"n'a pas (?:pu être|été) (?:remis|distribué|délivré)|"
    r"no se (?:ha podido|pudo|puede) entregar|no entregado|error de entrega|"
    r"mancato recapito|non recapitat|impossibile recapitare|mancata consegna|"
    r"onbestelbaar|niet (?:worden )?(?:af)?bezorgd|bezorging mislukt|"
    r"não (?:foi )?entregue|não pôde ser entregue|falha na entrega|"
    r"niedostarczon|nie można dostarczyć|nie został[ao]? dostarczon|nedoručiteľn|nedoručiteln|nedoručen|"
    r"ikke (?:kunne )?lever|kunde inte levereras|olevererbart|leveringsfeil|toimitus epäonnistui|"
    r"не доставлен|недоставлен|не может быть доставлен|не удалось доставить|"
    r"送信できません|配信できません|配送できません|メールエラー|配信エラー|送信エラー|配信不能|セキュリティで検出|"
    r"退信|无法投递|投递失败|無法傳遞|無法投遞|未送达|배달되지|반송",
    re.IGNORECASE,
)

DELAY = re.compile(
    r"delayed|still being retried|will be retried|will (?:keep|"
    r"continue) (?:trying|to try)|could not send message for|"
    r"has not yet been delivered|no action is required|do not need to resend|"
    r"not need to (?:re)?send|status notification \(delay\)|"
    r"delivery status notification: warning|warning.{0,20}could not send|"
    r"verzögert|retardé|en retard|aplazad|ritardat|vertraagd",
    re.IGNORECASE,
)

# Where the notice ends and the letter that came back begins.
RETURNED = re.compile(
    r"^[ \t>]*(?:-+ ?)?(?:"
    r"below this line is a copy of the message|this is a copy of (?:the|"
    r"your) message|original message follows|"
    r"original (?:message|mail)(?: info| headers?)?\b(?! was|.s)|the original message (?:headers )?follows|"
    r"returned message|"
    r"header of the original message|message header follows|unsent message (?:below|"
    r"follows)|original mail as follows|"
    r"bounced e-?mail:|message headers? follow|the header of the original|copy of (?:the )?original|"
    r"the headers of the (?:original )?message|undelivered message follows|returned content|"
    r"received:|return-path:)",
    re.IGNORECASE | re.MULTILINE,
)

DAEMON = re.compile(
    r"mailer?[._-]?daemon|mail[._-]?daemon|mail[._-]?deliver(?:y|er)?[._ -]?(?:sub)?system", re.IGNORECASE
)
POSTMASTER = re.compile(r"p{1,3}o{1,3}st[._-]?master|mdaemon|\bndr\b", re.IGNORECASE)
# They write many other things besides, a parcel service's "delivery failed" among them.
KEEPER = re.compile(
    r"mail[._ -]?admin|sys(?:tem)?[._ -]?admin|no-?reply|do-?not-?reply|bounce|-(?:admin|request)@", re.IGNORECASE
)

AWAY = re.compile(
    r"\s*+(?:\[?\s*+(?:auto(?:matic|matisch|matique|mática|matica|matisk|"
    r"matyczna)?[ _.-]?(?:reply|response|answer|respon[sd]\w*)|"
    r"automatische (?:antwort|abwesenheitsnotiz|reactie|beantwoording)|"
    r"automatisches? antwort\w*|autoantwort|abwesenheitsnotiz|"
    r"abwesend|abwesenheit|réponse automatique|respuesta automática|risposta automatica|resposta automática|"
    r"automatisch antwoord|automatisk svar|automatiskt svar|autosvar|"
    r"odpowiedź automatyczna|automatyczna odpowiedź|"
    r"automatická odpov[eě]ď|automaattinen vastaus|автоматический ответ|"
    r"автоответ|automatikus válasz|otomatik yanıt|"
    r"out of (?:the )?office|away from (?:the|my) (?:office|desk)|absence du bureau|"
    r"absent du bureau|fuera de (?:la )?oficina|"
    r"fuori ufficio|assente dall.ufficio|afwezig|ausência temporária|"
    r"fora do escritório|frånvarande|ikke til stede|poza biurem|"
    r"on (?:annual leave|vacation|holiday)|vacation reply|away until|"
    r"自动回复|自動回覆|自動返信|자동 회신|부재중)\s*\]?)"
    r"(?:\s*[:：;!.-]|\s*\Z|\s)",
    re.IGNORECASE,
)
