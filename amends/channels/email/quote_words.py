"""How mail programs of many languages say that older words follow. Data for `quotes`, lower case."""

from __future__ import annotations

import re

# The end of the line above a quotation. It alone proves nothing: a date or an address must stand before it.
WROTE = (
    "wrote",
    "writes",
    "schrieb",
    "schrieb am",
    "geschrieben",
    "a écrit",
    "écrit",
    "a ecrit",
    "escribió",
    "escribio",
    "ha escrito",
    "va escriure",
    "ha scritto",
    "scrive",
    "schreef",
    "heeft geschreven",
    "het volgende geschreven",
    "escreveu",
    "skrev",
    "skrev følgende",
    "napisał",
    "napisała",
    "napisał(a)",
    "pisze",
    "napsal",
    "napsala",
    "napsal(a)",
    "napísal",
    "napísal(a)",
    "kirjoitti",
    "ezt írta",
    "írta",
    "a scris",
    "написал",
    "написала",
    "написал(а)",
    "пишет",
    "пише",
    "написав",
    "написа",
    "έγραψε",
    "şunu yazdı",
    "yazdı",
    "je napisao",
    "je napisal",
    "napisao je",
    "kirjutas",
    "rašė",
    "rakstīja",
    "đã viết",
    "menulis",
    "さんは書きました",
    "のメール",
    "写道",
    "寫道",
    "님이 작성",
    "님이 작성하였습니다",
    "כתב",
    "כתב/ה",
    "كتب",
    "เขียนว่า",
)

# Labels at the head of an older letter, by what they say.
LABELS = {
    "from": (
        "from von de da van od från fra lähettäjä lähettäjä от від feladó "
        "kimden από expéditeur remitente remetente mittente "
        "afzender absender avsender afsender nadawca odesílatel "
        "odosielateľ saatja kam 发件人 寄件者 寄件人 差出人 送信者 보낸사람 מאת من"
    ),
    "sent": (
        "sent date gesendet datum envoyé date fecha enviado enviada "
        "enviado-el inviato data verzonden sendt skickat dato "
        "wysłano data odesláno odoslané lähetetty отправлено дата надіслано "
        "elküldve dátum gönderildi tarih σταλθηκε ημερομηνία "
        "päivämäärä 发送时间 日期 寄件日期 送信日時 日付 보낸날짜 נשלח تاريخ"
    ),
    "to": (
        "to an à a para aan till til do komu vastaanottaja кому címzett "
        "kime προς destinataire destinatario destinatário "
        "收件人 宛先 받는사람 אל إلى cc kopie kopia kopi copia copie kópia másolat bilgi копия 抄送 副本 참조"
    ),
    "subject": (
        "subject betreff objet asunto assunto oggetto onderwerp ämne "
        "emne temat předmět predmet aihe тема tárgy konu θέμα "
        "subiect subjekt 主题 主旨 件名 제목 נושא موضوع"
    ),
}

# The words between dashes above an older letter.
ORIGINAL = (
    "original message",
    "original appointment",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "ursprungligt meddelande",
    "originalmeddelande",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "původní zpráva",
    "pôvodná správa",
    "alkuperäinen viesti",
    "исходное сообщение",
    "оригинальное сообщение",
    "eredeti üzenet",
    "orijinal mesaj",
    "αρχικό μήνυμα",
    "mesaj original",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메시지",
    "original mail",
    "reply message",
)

LABEL_KINDS: dict[str, frozenset[str]] = {}
for _kind, _labels in LABELS.items():
    for _label in _labels.split():
        LABEL_KINDS[_label] = LABEL_KINDS.get(_label, frozenset()) | {_kind}
LABEL_KINDS["enviado el"] = LABEL_KINDS["sent"]
LABEL_KINDS["보낸 사람"] = LABEL_KINDS["from"]
LABEL_KINDS["보낸 날짜"] = LABEL_KINDS["sent"]
LABEL_KINDS["받는 사람"] = LABEL_KINDS["to"]

WROTE_END = re.compile(r"(?:%s)(?:\s+[^\n:：]{0,80}?)?\s*[:：]\Z" % "|".join(map(re.escape, WROTE)))
