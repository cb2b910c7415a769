# SPDX-License-Identifier: MIT
"""What the platforms' mails of the demonstration shop look like: words, numbers and frames (make_demo.py)."""
import html

FOOT = "Help"
SITE_LANGS = {"ebay.co.uk": "en", "amazon.co.uk": "en", "etsy.com": "en", "ebay.nl": "nl", "bol.com": "nl", "amazon.nl": "nl",
              "ebay.it": "it", "amazon.it": "it", "paypal.it": "it", "ebay.com.hk": "zh-Hant", "taobao.com": "zh-Hans"}
ZONES = {"ebay.co.uk": "Europe/London", "amazon.co.uk": "Europe/London", "etsy.com": "America/New_York",
         "bol.com": "Europe/Amsterdam", "ebay.nl": "Europe/Amsterdam", "amazon.nl": "Europe/Amsterdam",
         "ebay.it": "Europe/Rome", "amazon.it": "Europe/Rome", "paypal.it": "Europe/Rome", "taobao.com": "Asia/Shanghai",
         "ebay.com.hk": "Asia/Hong_Kong", "ebay.com": "America/Los_Angeles", "aliexpress.com": "America/Los_Angeles"}
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
WORDS = {
    "due": {"en": "Please respond by {month} {d:02d}, {y} at {ampm}.", "nl": "Reageer vóór {d} {month} {y} om {hm} uur.",
            "lt": "Atsakykite iki {iso} {hm}.", "it": "Rispondi entro il {d} {month} {y}, ore {hm}.",
            "zh-Hans": "请于{y}年{m}月{d}日 {hm}前处理，逾期系统将自动处理。", "zh-Hant": "請於{y}年{m}月{d}日 {hm}前處理。"},
    "buyer": {"en": "Buyer", "nl": "Koper", "lt": "Pirkėjas", "it": "Acquirente", "zh-Hans": "买家", "zh-Hant": "買家"},
    "item": {"en": "Item", "nl": "Artikel", "lt": "Prekė", "it": "Oggetto", "zh-Hans": "商品", "zh-Hant": "商品"},
    "article": {"en": "Item", "nl": "Artikel", "lt": "Prekė", "it": "Articolo", "zh-Hans": "商品", "zh-Hant": "商品"},
    "order": {"en": "Order number", "nl": "Bestelnummer", "lt": "Užsakymo numeris", "it": "Numero d'ordine",
              "zh-Hans": "订单编号", "zh-Hant": "訂單編號"},
    "Order": {"en": "Order", "nl": "Bestelling", "lt": "Užsakymas", "it": "Ordine", "zh-Hans": "订单", "zh-Hant": "訂單"},
    "reason": {"en": "Return reason", "nl": "Reden", "lt": "Priežastis", "it": "Motivo", "zh-Hans": "原因", "zh-Hant": "原因"},
    "total": {"en": "Order total", "nl": "Bedrag", "lt": "Suma", "it": "Importo", "zh-Hans": "金额", "zh-Hant": "金額"},
    "comments": {"en": "Buyer's comments", "nl": "Opmerking van de koper", "lt": "Pirkėjo komentaras",
                 "it": "Commenti dell'acquirente", "zh-Hans": "买家留言", "zh-Hant": "買家留言"},
    "reply": {"en": "Reply", "nl": "Beantwoorden", "lt": "Atsakyti", "it": "Rispondi", "zh-Hans": "回复", "zh-Hant": "回覆"},
    "new from": {"en": "New message from", "nl": "Nieuw bericht van", "lt": "Nauja žinutė nuo", "it": "Nuovo messaggio da",
                 "zh-Hans": "来自", "zh-Hant": "來自"},
}
EBAY = {
    "message": {"en": "{h} sent a message about {i} #{n}", "nl": "{h} heeft een bericht gestuurd over {i} #{n}",
                "lt": "{h} atsiuntė žinutę apie {i} #{n}", "it": "{h} ha inviato un messaggio su {i} #{n}",
                "zh-Hant": "買家 {h} 就{i}發來訊息"},
    "return": {"en": "Your buyer opened a return request: Request {c}", "nl": "Retourverzoek: verzoek {c}",
               "it": "Richiesta di restituzione: richiesta {c}", "zh-Hant": "您收到退貨申請：Request {c}"},
    "inr": {"en": "Your buyer opened an item not received request: Request {c}", "nl": "Artikel niet ontvangen: verzoek {c}",
            "lt": "Prekė negauta: prašymas {c}", "it": "Oggetto non ricevuto: richiesta {c}",
            "zh-Hant": "買家沒有收到商品：Request {c}"},
    "cancel": {"en": "Your buyer wants to cancel an order: {o}"},
    "dispute": {"en": "Action required: a payment dispute was opened for order {o}"},
    "unpaid": {"en": "Your buyer hasn't paid yet: {i}", "it": "L'acquirente non ha ancora pagato: oggetto non pagato"},
    "review": {"en": "A buyer left negative feedback for order {o}"},
}
AMAZON = {
    "message": {"en": "Order delivery inquiry from Amazon customer {b} (Order: {o})",
                "it": "Richiesta sul prodotto da cliente Amazon {b} (Ordine: {o})",
                "nl": "Vraag van Amazon-klant {b} (Bestelling: {o})"},
    "claim": {"en": "Action required: Claim received on order {o}",
              "it": "Azione richiesta: Richiesta di rimborso ricevuta per l'ordine {o}",
              "nl": "Actie vereist: claim ontvangen voor bestelling {o}"},
    "return": {"en": "Return authorisation request for order {o}", "it": "Richiesta di autorizzazione al reso per l'ordine {o}"},
}
AMAZON_HEADERS = {"message": "BBC_MESSAGE_SENT_TO_MERCHANT", "claim": "A_Z_CLAIM_RESPONDENT_NOTIFY", "return": "RETURN_REQUEST"}
AMAZON_LABELS = {
    "en": ("Order Item", "Return Reason", "Claim amount", "Customer's Comment", "Message:", "View Message"),
    "it": ("Articolo", "Motivo del reso", "Importo della richiesta", "Commento del cliente", "Messaggio:", "Visualizza messaggio"),
    "nl": ("Artikel", "Reden", "Bedrag", "Opmerking van de klant", "Bericht:", "Bericht bekijken"),
}
ETSY = {
    "help": {"en": "{b} needs help with an order they placed", "nl": "{b} heeft hulp nodig met een bestelling",
             "it": "{b} ha bisogno di aiuto con un ordine", "lt": "{b} prašo pagalbos dėl užsakymo"},
    "message": {"en": "Re: Etsy Conversation with {b}", "nl": "Re: Etsy-gesprek met {b}", "it": "Re: Conversazione Etsy con {b}",
                "lt": "Re: Etsy pokalbis su {b}"},
    "review": {"en": "{b} left a 1-star review on Order #{o}", "it": "Nuova recensione da 1 stella per l'ordine #{o}"},
}
ETSY_LABELS = {
    "en": ("You need help with", "Your ideal resolution", "Note for seller", "New message", "Reply"),
    "nl": ("Je hebt hulp nodig met", "Je ideale oplossing", "Opmerking voor verkoper", "Nieuw bericht", "Beantwoorden"),
    "it": ("Hai bisogno di aiuto con", "La soluzione ideale", "Nota per il venditore", "Nuovo messaggio", "Rispondi"),
    "lt": ("Jums reikia pagalbos dėl", "Geriausias sprendimas", "Pastaba pardavėjui", "Nauja žinutė", "Atsakyti"),
}
TAOBAO = {
    "message": {"zh-Hans": "买家{h}发来新消息：订单 {o}", "zh-Hant": "買家{h}給您留言：訂單 {o}"},
    "refund": {"zh-Hans": "【淘宝】买家{h}申请退款：订单 {o}", "zh-Hant": "【淘寶】買家{h}申請退款：訂單 {o}"},
    "refundreturn": {"zh-Hans": "【淘宝】买家{h}申请退货退款：订单 {o}"},
    "arrived": {"zh-Hans": "【淘宝】退货包裹已签收：订单 {o}"},
}
TAOBAO_LABELS = {"zh-Hans": ("买家会员名", "宝贝标题", "退款原因", "退款金额", "退款说明", "消息内容", "请登录卖家中心回复。"),
                 "zh-Hant": ("買家會員名", "寶貝標題", "退款原因", "退款金額", "退款說明", "訊息內容", "請登入賣家中心回覆。")}
MAIL_SUBJECTS = {"en": "{i}: order no. {o}", "nl": "{i}, bestelling {o}", "lt": "{i}: užsakymas Nr. {o}", "it": "{i}: ordine n. {o}",
                 "zh-Hans": "{i}（订单号：{o}）", "zh-Hant": "{i}（訂單編號：{o}）"}


def order_number(platform, n):
    """An order number of the platform's form."""
    a, b = 1000000 + n * 37813 % 9000000, 1000000 + n * 91193 % 9000000
    return {"ebay": f"{10 + n % 9:02d}-{a % 90000 + 10000}-{b % 90000 + 10000}", "amazon": f"{(26, 203, 403)[n % 3]:03d}-{a}-{b}",
            "etsy": f"3{a}{b % 100:02d}", "taobao": f"27182{a}{b}", "aliexpress": f"80{a}{b}", "bol": f"C000{a % 1000:03d}ABC",
            "paypal": f"DK-{20000 + n}", "mail": f"DK-{20000 + n}"}[platform]


def relay(case):
    """Where our answers go."""
    local = f"{case.handle}_x{case.number:02d}q"
    return {"ebay": f"{local}@members.{case.domain}", "amazon": f"{case.handle}@marketplace.{case.domain}",
            "etsy": f"convo-{case.number}@mail.etsy.com", "taobao": f"reply-{case.number}@notice.taobao.com",
            "aliexpress": f"reply-{case.number}@notice.aliexpress.com", "bol": f"klant-{case.number}@verkopen.bol.com",
            "paypal": f"case-{case.number}@mail.{case.domain}", "mail": f"{case.buyer} <{case.handle}>"}[case.platform]


def first_subject(case):
    return MAIL_SUBJECTS[case.lang].format(i=case.item, o=case.order)


def money(case):
    """As the platform writes amounts."""
    if case.platform == "taobao":
        return f"¥{case.amount}"
    if case.words_lang in ("nl", "it", "lt"):
        return f"{case.amount.replace('.', ',')} {case.currency}"
    return {"GBP": "£", "USD": "US $", "HKD": "HK$"}.get(case.currency, case.currency + " ") + case.amount


def para(*lines):
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)


def text_html(text):
    return "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n\n"))


def pairs(*rows):
    return "<div>" + "".join(f"<div>{html.escape(label)}: {html.escape(value)}</div>" for label, value in rows if value) + "</div>"


def mail(case, sender, subject, blocks, headers=(), as_html=True):
    return {"from": sender, "to": "Dune & Kettle <desk@dunekettle.example>", "subject": subject, "headers": list(headers),
            "text": blocks, "subtype": "plain", "html": as_html}


def event_ebay(case, text, event, due):
    names = {"h": case.handle, "i": case.item, "n": 123400000000 + case.number, "c": case.case_no, "o": case.order, "b": case.buyer}
    forms = EBAY[event]
    subject = (forms.get(case.words_lang) or forms["en"]).format(**names)
    facts = pairs((case.word("item"), case.item), (case.word("order"), case.order), (case.word("total"), money(case)))
    if event == "message":
        blocks = [para(f"{case.word('new from')}: {case.handle}"), text_html(text), para(case.word("reply")), facts]
        return mail(case, f"eBay Member: {case.handle} <{case.relay}>", subject, blocks)
    blocks = [pairs((case.word("buyer"), case.handle)), facts, pairs((case.word("reason"), case.options.get("reason", ""))),
              text and f"<p>{case.word('comments')}: {html.escape(text)}</p>", para(due) or para("eBay")]
    return mail(case, f"eBay <ebay@{case.domain}>", subject, blocks)


def event_amazon(case, text, event, due):
    subject = AMAZON[event][case.words_lang].format(b=case.buyer, o=case.order)
    item, reason, amount, comment, begin, end = AMAZON_LABELS[case.words_lang]
    head = [f"X-Space-Notification-Type: {AMAZON_HEADERS[event]}"]
    if case.domain == "amazon.it":
        head.append("X-Marketplace-ID: APJ6JRA9NG5V4")
    if event == "message" and case.words_lang == "en":
        body = (f"Item: {case.item}\nOrder {case.order}\n\n---------------- Begin message ----------------\n\n{text}\n\n"
                "---------------- End message ----------------\n\n[commMgrTok:A1B2C3D4]\n")
        return mail(case, f"{case.buyer} - Amazon Marketplace <{case.relay}>", subject, body, head, False)
    if event == "message":
        blocks = [pairs((item, case.item)), para(begin) + text_html(text), para(end)]
        return mail(case, f"{case.buyer} - Amazon Marketplace <{case.relay}>", subject, blocks, head)
    if event == "return":
        blocks = [pairs((case.word("buyer"), case.buyer), (item, case.item), ("ASIN", f"B0{case.number:08d}"), ("SKU", f"DK-{case.number:03d}"),
                        (reason, case.options.get("reason", "")), (comment, text)), para(due)]
        return mail(case, f"Amazon <order-update@{case.domain}>", subject, blocks, head)
    blocks = [pairs((case.word("buyer"), case.buyer), (item, case.item), (amount, money(case))), para(f"{comment}: {text}"), para(due)]
    return mail(case, f"Amazon <atoz-guarantee-no-reply@{case.domain}>", subject, blocks, head)


def event_etsy(case, text, event, due):
    forms = ETSY[event]
    subject = forms[case.words_lang].format(b=case.buyer, o=case.order)
    helps, ideal, note, new, reply = ETSY_LABELS[case.words_lang]
    facts = pairs((case.word("Order"), ""), (case.word("article"), case.item), ("Total", money(case)))
    order = para(f"{case.word('Order')} #{case.order}")
    if event == "help":
        blocks = [order, facts, para(helps + ":", case.options.get("reason", "")), para(note + ":") + text_html(text), para(reply),
                  para(due)]
        return mail(case, "Etsy <conversations@mail.etsy.com>", subject, blocks)
    if event == "review":
        return mail(case, "Etsy <no-reply@account.etsy.com>", subject, [order, facts, para(new + ":") + text_html(text), para(reply)])
    return mail(case, "Etsy <no-reply@account.etsy.com>", subject, [para(new + ":") + text_html(text), para(reply), order, facts])


def event_taobao(case, text, event, due):
    lang = case.words_lang if case.words_lang in TAOBAO_LABELS else "zh-Hans"
    forms = TAOBAO[event]
    subject = (forms.get(lang) or forms["zh-Hans"]).format(h=case.handle, o=case.order)
    buyer, item, reason, amount, note, message, login = TAOBAO_LABELS[lang]
    facts = pairs((buyer, case.handle), (item, case.item), (case.word("order"), case.order))
    if event == "message":
        return mail(case, "淘宝网 <service@notice.taobao.com>", subject, [facts, para(message + "："), text_html(text), para("----", login)])
    more = pairs((reason, case.options.get("reason", "")), (amount, money(case)))
    return mail(case, "淘宝网 <service@notice.taobao.com>", subject,
                [facts, more, text and para(note + "：") + text_html(text), para("----"), para(due)])


def event_aliexpress(case, text, event, due):
    if event == "message":
        return mail(case, "AliExpress <transaction@notice.aliexpress.com>", f"您有新消息：订单 {case.order}",
                    [pairs(("买家", case.buyer), ("商品", case.item)), para("留言：") + text_html(text), para("----")])
    return mail(case, "AliExpress <transaction@notice.aliexpress.com>", f"买家发起纠纷：订单 {case.order}",
                [pairs(("买家", case.buyer), ("商品", case.item), ("纠纷原因", case.options.get("reason", "")),
                       ("退款金额", money(case))), para("纠纷描述：") + text_html(text), para("----"), para(due)])


def event_bol(case, text, event, due):
    subject = {"message": "Nieuwe klantvraag over bestelling {o}", "return": "Retour aangemeld voor bestelling {o}",
               "arrived": "Retour ontvangen: bestelling {o}"}[event].format(o=case.order)
    facts = pairs(("Klant", case.buyer), ("Artikel", case.item), ("Retourreden", case.options.get("reason", "")),
                  ("Bedrag", money(case)))
    blocks = [facts, text and para("Bericht:") + text_html(text), para("----"), para(due)]
    return mail(case, "bol <partner@verkopen.bol.com>", subject, blocks)


def event_paypal(case, text, event, due):
    blocks = [pairs(("Numero pratica", f"PP-D-{123450000 + case.number}"), ("Acquirente", case.buyer), ("Oggetto", case.item),
                    ("Fattura", case.order), ("Importo contestato", money(case))),
              para("Commenti dell'acquirente:") + text_html(text), para("----"), para(due)]
    return mail(case, f"PayPal <service@{case.domain}>", f"Hai ricevuto una contestazione: PP-D-{123450000 + case.number}", blocks)


def event_mail(case, text, event, due):
    sender = f"{case.buyer} <{case.handle}>"
    subject = ("Re: " if event == "message" and case.mails[0][2] != [text] else "") + first_subject(case)
    if "html" in case.flags:
        return mail(case, sender, subject, [text_html(text)])
    return mail(case, sender, subject, text + "\n", (), False)
