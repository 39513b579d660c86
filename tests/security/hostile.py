"""Hostile words and mails, made by rule: every vector in every wrapping (S1, S2, S33; reliability §5, sanitiser).

`x7canary` is the word by which a browser tells that something acted or was fetched.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import cycle, islice

OUTSIDE = "https://x7canary.example/p.png"
_ACT = "x7canary()"

HANDLERS = [
    f'<{tag} {event}="{_ACT}">x</{tag}>'
    for tag in ("p", "a", "b", "img", "svg", "body", "details", "video", "audio", "table", "input", "x", "marquee")
    for event in ("onclick", "onerror", "onload", "ontoggle", "onfocus autofocus", "onanimationstart", "onpointerover")
]
SCRIPTS = [
    f"<script>{_ACT}</script>",
    f"<SCRIPT SRC={OUTSIDE}></SCRIPT>",
    f"<script/x>{_ACT}</script >",
    f"<scr<script>ipt>{_ACT}</scr</script>ipt>",
    f"<<script>script>{_ACT}<</script>/script>",
    f"<script><!--\n{_ACT}\n--></script>",
    f'<script type="module">{_ACT}</script>',
    f"<script>\u2028{_ACT}</script>",
    f"<script\x00>{_ACT}</script>",
    f"<svg><script>{_ACT}</script></svg>",
    f"<svg><script href='data:text/javascript,{_ACT}'/></svg>",
    f"<math><script>{_ACT}</script></math>",
    f"<noscript><p title='</noscript><script>{_ACT}</script>'></noscript>",
    f"<template><script>{_ACT}</script></template>",
    f"<textarea><script>{_ACT}</script></textarea>",
    f"<title></title><script>{_ACT}</script></title>",
    f"<xmp><script>{_ACT}</script></xmp>",
    f"<plaintext><script>{_ACT}</script>",
    f"<iframe srcdoc='<script>{_ACT}</script>'></iframe>",
    f"<object data='data:text/html,<script>{_ACT}</script>'></object>",
    f"<embed src='data:text/html,<script>{_ACT}</script>'>",
    f"<!--[if gte IE 4]><script>{_ACT}</script><![endif]-->",
    f"<![CDATA[<script>{_ACT}</script>]]>",
    f"<?xml version='1.0'?><script>{_ACT}</script>",
    f"<isindex type=image src=1 onerror={_ACT}>",
    f'<select><template><style><!--</style><a rel="--></style></template><script>{_ACT}</script>">',
]
MUTATIONS = [
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={_ACT}&gt;">',
    f'<svg></p><style><a id="</style><img src=1 onerror={_ACT}>">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={_ACT}>",
    f"<math><annotation-xml encoding='text/html'><style><img src=x onerror={_ACT}></style></annotation-xml></math>",
    f"<svg><foreignObject><iframe onload={_ACT}></foreignObject></svg>",
    f"<table><td><svg><desc><td><style><a title='</style><img onerror={_ACT} src>'>",
    f'<noembed><img title="</noembed><img src onerror={_ACT}>"></noembed>',
    f"<svg><title><![CDATA[</title><img src=x onerror={_ACT}>]]></title></svg>",
    f"<a title=\"<img src='cid:p' onmouseover={_ACT} x=' >\">x</a>",
    f'<img alt="> <img src=x onerror={_ACT}>" src="cid:p">',
    f'<p title="`><img src=x onerror={_ACT}>`">x</p>',
    f"<img src=`x`onerror={_ACT}>",
    f"<img/src='x'/onerror='{_ACT}'>",
    f"<img src=x onerror\n=\n{_ACT}>",
    f"<img src=x onerror&#61;{_ACT}>",
    f"<b <script>{_ACT}</script>>x</b>",
    f'<div><p id="</div><script>{_ACT}</script>">',
    f"&lt;script&gt;{_ACT}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={_ACT}&amp;gt;",
    f"+ADw-script+AD4-{_ACT}+ADw-/script+AD4-",
]
SCHEMES = [
    *(
        f"{scheme}:{_ACT}"
        for scheme in ("javascript", "JaVaScRiPt", "vbscript", "livescript", "mocha", "feed:javascript")
    ),
    f"java\tscript:{_ACT}",
    f"java\nscript:{_ACT}",
    f" \x01javascript:{_ACT}",
    f"java&#115;cript:{_ACT}",
    f"&#x6A;avascript&colon;{_ACT}",
    f"javascript&#0000058;{_ACT}",
    f"data:text/html,<script>{_ACT}</script>",
    f"data:text/html;base64,{base64.b64encode(f'<script>{_ACT}</script>'.encode()).decode()}",
    f"data:image/svg+xml,<svg onload='{_ACT}'/>",
    "blob:https://x7canary.example/x",
    "file:///etc/passwd",
    "filesystem:https://x7canary.example/x",
    "//x7canary.example/p.png",
    "\\\\x7canary.example\\p.png",
    "cid:p' onerror='x7canary()",
]
LINKS = [
    shape.format(url=url)
    for url in SCHEMES
    for shape in (
        '<a href="{url}">x</a>',
        '<img src="{url}">',
        '<form action="{url}"><button formaction="{url}">x</button></form>',
        '<svg><a xlink:href="{url}"><text>x</text></a></svg>',
        '<math href="{url}">x</math>',
        '<area href="{url}"><iframe src="{url}"></iframe>',
        '<base href="{url}"><a href="x">x</a>',
    )
]
FETCHES = [
    f'<img src="{OUTSIDE}">',
    f'<img srcset="{OUTSIDE} 2x">',
    f'<img lowsrc="{OUTSIDE}" dynsrc="{OUTSIDE}" longdesc="{OUTSIDE}">',
    f'<picture><source srcset="{OUTSIDE}"><img></picture>',
    f'<video poster="{OUTSIDE}" src="{OUTSIDE}" autoplay></video>',
    f'<audio src="{OUTSIDE}" autoplay></audio><track src="{OUTSIDE}">',
    f'<body background="{OUTSIDE}"><table background="{OUTSIDE}"><td background="{OUTSIDE}">x</table>',
    f'<p style="background:url({OUTSIDE})">x</p>',
    f"<p style='background:\\75\\72\\6c({OUTSIDE})'>x</p>",
    f"<style>@import '{OUTSIDE}'; p{{background:url({OUTSIDE})}}</style><p>x</p>",
    f"<style>@font-face{{font-family:x;src:url({OUTSIDE})}}*{{font-family:x}}</style>",
    f'<link rel=stylesheet href="{OUTSIDE}"><link rel=prefetch href="{OUTSIDE}"><link rel=icon href="{OUTSIDE}">',
    f'<meta http-equiv=refresh content="0;url={OUTSIDE}">',
    f'<svg><image href="{OUTSIDE}"/><use href="{OUTSIDE}#x"/><feImage href="{OUTSIDE}"/></svg>',
    f'<object data="{OUTSIDE}"></object><embed src="{OUTSIDE}"><applet code="{OUTSIDE}"></applet>',
    f'<iframe src="{OUTSIDE}"></iframe><frameset><frame src="{OUTSIDE}"></frameset>',
    f'<input type=image src="{OUTSIDE}"><isindex type=image src="{OUTSIDE}">',
    f'<a href="https://x7canary.example/" ping="{OUTSIDE}">x</a>',
    f'<blockquote cite="{OUTSIDE}">x</blockquote><q cite="{OUTSIDE}">x</q><del cite="{OUTSIDE}">x</del>',
    f'<bgsound src="{OUTSIDE}"><layer src="{OUTSIDE}"></layer>',
]
TAKEOVERS = [
    '<p id="nextstep" name="csrfmiddlewaretoken" class="sheet" style="position:fixed;inset:0">x</p>',
    '<form method=post action="/settings/members/1/switch/"><input name=on value=yes><button>x</button></form>',
    '<a hx-post="/settings/undo/" hx-trigger="load" data-hx-get="/" hx-swap-oob="true">x</a>',
    f'<div data-dialog="#sheet" data-open data-row data-leaves="x" hx-on:load="{_ACT}">x</div>',
    f"<dialog open onclose={_ACT}>x</dialog><menu><menuitem onclick={_ACT}>x</menuitem></menu>",
    '<a href="https://x7canary.example/" target="_self" rel="opener" download="x">x</a>',
    '<meta charset="utf-7"><meta http-equiv="Content-Security-Policy" content="default-src *">',
    '<slot name="x"></slot><portal src="/"></portal><keygen>',
]
VECTORS = [*HANDLERS, *SCRIPTS, *MUTATIONS, *LINKS, *FETCHES, *TAKEOVERS]
WRAPPINGS = [
    "{}",
    "<p>before {} after</p>",
    "<table><tr><td>{}</td></tr></table>",
    "<blockquote><font color=red><b>{}</b></font></blockquote>",
    "<b><i><b>{}</i></b>",
    "<svg><desc>{}</desc></svg>",
    "<math><mi>{}</mi></math>",
    "<details open><summary>{}</summary></details>",
    "<!-- {} --> {}",
]


def bodies() -> Iterator[str]:
    """Every vector in every wrapping: more than two thousand."""
    for vector in VECTORS:
        for wrapping in WRAPPINGS:
            yield wrapping.replace("{}", vector)


def names() -> list[str]:
    """For one line: subjects, names of senders and of files."""
    lines = [*SCRIPTS, *MUTATIONS, *FETCHES, *HANDLERS[::7]]
    return [" ".join(line.split()).replace("\x00", "") for line in lines] + [
        f"'\"><img src=x onerror={_ACT}>",
        f"{{{{ {_ACT} }}}} {{% include 'x' %}} ${{{_ACT}}} {{0.__class__}} %(x)s",
        f"javascript:{_ACT}",
        "\u202egnp.x7canary",
    ]


def mails(how_many: int, to: str) -> Iterator[bytes]:
    """Mails with a share of all vectors each, in body, subject, name, file names, calendar, card and a mail inside."""
    all_bodies = list(bodies())
    share = -(-len(all_bodies) // how_many)
    lines = cycle(names())
    for number in range(how_many):
        part = "\n".join(all_bodies[number * share : (number + 1) * share])
        yield _mail(number, part, list(islice(lines, 6)), to)


def _mail(number: int, html: str, lines: list[str], to: str) -> bytes:
    subject, name, file_name, calendar, card, inside = lines
    mail = EmailMessage()
    mail["From"] = _quoted(name) + f" <hostile{number}@customer.example>"
    mail["To"] = to
    mail["Subject"] = _encoded(f"{number} {subject}")
    mail["Message-ID"] = f"<hostile.{number}@customer.example>"
    mail.set_content(f"{name}\n{html[:2000]}")
    mail.add_alternative(html, subtype="html")
    mail.add_attachment(_svg(), maintype="image", subtype="svg+xml", filename=_plain(file_name) + ".svg")
    mail.add_attachment(html.encode(), maintype="image", subtype="png", filename=_plain(file_name) + ".png")
    mail.add_attachment(_calendar(calendar), maintype="text", subtype="calendar", filename="invite.ics")
    mail.add_attachment(_card(card), maintype="text", subtype="vcard", filename="card.vcf")
    within = EmailMessage()
    within["Subject"], within["From"] = _encoded(inside), "within@customer.example"
    within.set_content(html, subtype="html")
    mail.add_attachment(within, filename=_plain(inside) + ".eml")
    return mail.as_bytes()


def _svg() -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" onload="{_ACT}"><image href="{OUTSIDE}"/></svg>'.encode()


def _calendar(line: str) -> bytes:
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{line}\nLOCATION:{line}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def _card(line: str) -> bytes:
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{line}\nNOTE:{line}\nPHOTO;VALUE=URI:{OUTSIDE}\nEND:VCARD\n".encode()


def _encoded(line: str) -> str:
    return " ".join(_plain(line).split())


def _quoted(line: str) -> str:
    return '"' + _plain(line).replace("\\", "\\\\").replace('"', '\\"')[:150] + '"'


def _plain(line: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in line)[:180]
