"""What exports call their columns, in small letters, the most telling name first.

Besides the names of United States banks and insurers there are the commonest German, French, Spanish,
Portuguese, Italian and Dutch ones: enough to find the columns of such a file and to say which rows are in
another currency.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.imports.table_fields import Field

MONEY_WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.DATE: (
        "date", "transaction date", "trans date", "tran date", "date of transaction", "purchase date",
        "order date", "payment date", "paid on", "date paid", "activity date", "posting date",
        "posted date", "post date", "date posted", "posted", "posted on", "booking date", "date time",
        "datetime", "timestamp", "created", "created utc", "journal date", "deal date", "effective date",
        "value date", "settlement date", "clearing date", "run date", "day", "distribution date",
        "contribution date", "buchungstag", "buchungsdatum", "datum", "wertstellung", "valuta",
        "date operation", "date de l operation", "date de valeur", "date valeur", "data", "fecha",
        "fecha operacion", "data operazione",
    ),
    Field.AMOUNT: (
        "amount", "transaction amount", "net", "net amount", "amount total", "total amount",
        "amount paid", "amount usd", "amount in usd", "payment amount", "total", "item total", "paid",
        "cost", "value", "price paid", "gross", "gross amount", "charge", "charged", "cash amount",
        "distribution amount", "contribution amount", "betrag", "umsatz", "montant",
        "montant de l operation", "importe", "importo", "valor", "bedrag", "quantia",
    ),
    Field.MONEY_OUT: (
        "debit", "debits", "debit amount", "withdrawal", "withdrawals", "withdrawal amount", "money out",
        "paid out", "outflow", "amount out", "amount debit", "spent", "expense", "expenses", "payments",
        "charges", "sent amount", "soll", "ausgaben", "debet", "cargo",
    ),
    Field.MONEY_IN: (
        "credit", "credits", "credit amount", "deposit", "deposits", "deposit amount", "money in",
        "paid in", "inflow", "amount in", "amount credit", "received", "income", "received amount",
        "haben", "einnahmen", "abono",
    ),
    Field.DIRECTION: (
        "debit credit", "credit debit", "debit or credit", "dr cr", "cr dr", "d c", "transaction type",
        "type", "direction", "credit or debit", "af bij", "details",
    ),
    Field.PAYEE: (
        "payee", "merchant", "merchant name", "vendor", "paid to", "pay to", "name", "partner name",
        "counterparty", "provider", "provider name", "to from", "description", "desc",
        "transaction description", "transaction details", "transaction", "transactions", "details",
        "payee detail", "narrative", "particulars", "title", "items", "item title", "summary",
        "customer description", "reason", "what", "for", "auftraggeber empfanger",
        "beguenstigter zahlungspflichtiger", "empfanger", "buchungstext", "libelle", "libelle operation",
        "historico", "concepto", "descripcion", "descrizione", "remarque", "description 1",
        "omschrijving",
    ),
    Field.MEMO: (
        "memo", "note", "notes", "comment", "comments", "original description", "extended description",
        "long description", "additional description", "payment reference", "remarks", "subject",
        "message", "verwendungszweck", "vwz1", "vwz2", "vwz3", "detail de l ecriture", "description 2",
        "description 3", "reason", "items",
    ),
    Field.KIND: (
        "kind", "action", "type", "transaction type", "transaction kind", "payment type", "class",
        "reporting category", "transaction category", "expense type",
    ),
    Field.ID: (
        "transaction id", "id", "fitid", "reference number", "transaction number",
        "balance transaction id", "confirmation number", "confirmation", "reference id", "reference",
        "ref number", "ref", "order id", "trace number", "receipt id", "unique id", "n de transaction",
        "bank reference", "claim id",
    ),
    Field.CHECK_NUMBER: (
        "check number", "check", "check no", "cheque number", "cheque", "check or slip number",
        "check num", "num", "slip number",
    ),
    Field.CATEGORY: ("category", "categories", "budget category", "categorie", "kategorie"),
    Field.ACCOUNT: (
        "account", "account name", "account number", "account no", "account id", "card number",
        "card no", "card", "card member", "card used for transaction", "kontonummer", "konto", "produit",
        "wallet",
    ),
    Field.BALANCE: (
        "balance", "running balance", "cash balance", "account balance", "ending balance",
        "available balance", "net cash balance", "balance after", "running bal", "saldo", "solde",
        "kontostand",
    ),
    Field.CURRENCY: (
        "currency", "currency code", "ccy", "fund currency code", "sent currency", "received currency",
        "transaction currency", "commodity", "wahrung", "waehrung", "devise", "monn", "monnaie",
        "moneda", "divisa", "valuta code", "munt",
    ),
    Field.STATUS: ("status", "transaction status", "state", "payment status", "order status"),
    Field.TAX_YEAR: ("tax year", "contribution year", "contribution tax year", "year"),
    Field.SOURCE: ("source", "contribution source", "contributor", "contribution type"),
    Field.CARE_ON: ("date of service", "service date", "dos", "date of care", "service start date"),
    Field.PAID_BY: ("from", "payer", "paid by", "sender"),
    Field.PAID_TO: ("to", "recipient", "receiver", "target"),
}  # fmt: skip

CLAIM_WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.CLAIM_NUMBER: (
        "claim number", "claim no", "claim id", "claim", "claim reference", "claim reference number",
        "icn", "dcn", "document number", "eob number",
    ),
    Field.PATIENT: (
        "patient name", "patient", "member name", "member", "claimant", "for", "person", "dependent",
        "family member", "who",
    ),
    Field.MEMBER_NUMBER: ("member id", "member number", "subscriber id", "policy number", "insured id"),
    Field.PROVIDER: (
        "provider", "provider name", "visited provider", "billing provider", "servicing provider",
        "rendering provider", "doctor", "facility", "doctor or facility", "provided by", "pharmacy",
        "provider facility", "care provider", "doctor facility",
    ),
    Field.SERVICE_FROM: (
        "service date", "date of service", "date s of service", "dates of service", "date visited",
        "service date from", "service start date", "service from", "service from date", "from date",
        "dos", "start date", "visit date", "first date of service", "date of care", "fill date",
        "date filled", "service dates", "date",
    ),
    Field.SERVICE_TO: (
        "service end date", "service date to", "service to", "service through", "service to date",
        "through date", "to date", "end date", "last date of service", "service thru",
    ),
    Field.PROCESSED_ON: (
        "date processed", "processed date", "processed on", "processed", "finalized date",
        "date finalized", "completed date", "adjudication date", "eob date", "statement date",
        "date paid", "paid date", "decision date",
    ),
    Field.BILLED: (
        "amount billed", "billed amount", "billed", "total billed", "total charges", "total charge",
        "charges", "charged amount", "charge amount", "provider charges", "provider billed", "charge",
        "billed charges", "amount charged", "submitted amount", "total cost", "submitted charges",
    ),
    Field.ALLOWED: (
        "amount allowed", "allowed amount", "allowed", "plan allowed", "eligible amount",
        "negotiated amount", "member rate", "plan rate", "contracted amount", "negotiated rate",
        "allowable amount",
    ),
    Field.DISCOUNT: (
        "plan discount", "discount", "discounts", "network discount", "network savings",
        "negotiated savings", "provider discount", "discount amount", "plan discounts", "your discount",
        "contractual adjustment",
    ),
    Field.PLAN_PAID: (
        "plan paid", "amount your plan paid", "your plan paid", "your plan", "paid by plan",
        "plan payment", "insurance paid", "insurer paid", "benefit paid", "benefits paid",
        "amount paid by plan", "what your plan paid", "total paid", "paid amount", "amount paid", "paid",
        "plan paid amount", "paid by insurer", "we paid", "benefit amount",
    ),
    Field.OTHER_PAID: (
        "other insurance", "other insurance paid", "other insurer paid", "cob", "cob amount",
        "paid by other insurance", "coordination of benefits",
    ),
    Field.DEDUCTIBLE: ("deductible", "deductible amount", "applied to deductible", "your deductible"),
    Field.COPAY: ("copay", "co pay", "copay amount", "copayment", "co payment", "your copay", "copays"),
    Field.COINSURANCE: ("coinsurance", "co insurance", "coinsurance amount", "your coinsurance"),
    Field.NOT_COVERED: (
        "not covered", "non covered", "amount not covered", "not covered amount", "noncovered",
        "ineligible", "non covered amount", "not payable", "excluded", "not allowed",
        "noncovered amount",
    ),
    Field.RESPONSIBILITY: (
        "your responsibility", "my responsibility", "patient responsibility", "member responsibility",
        "total member responsibility", "member liability", "patient liability", "your share",
        "your cost", "member cost", "what you pay", "your total costs", "member cost share",
    ),
    Field.YOU_OWE: (
        "you owe", "amount you owe", "what you owe", "you may owe", "you may owe provider",
        "you owe provider", "balance due", "amount owed", "what you may owe", "total you owe",
    ),
    Field.PAID_AT_VISIT: (
        "paid at visit pharmacy", "paid at visit", "paid at pharmacy", "amount you paid", "you paid",
        "paid by you", "member paid", "patient paid", "already paid",
    ),
    Field.CLAIM_STATUS: ("claim status", "status", "claim state", "outcome", "decision"),
    Field.CLAIM_KIND: ("claim type", "type", "type of claim", "service type", "kind", "type of service"),
    Field.SERVICE: (
        "service", "service description", "description", "description of service", "procedure",
        "services", "procedure description", "drug name", "prescription", "medication",
    ),
    Field.SERVICE_CODE: (
        "procedure code", "service code", "cpt", "cpt code", "hcpcs", "code", "billing code", "ndc",
        "cpt hcpcs",
    ),
    Field.INSURER: ("insurer", "insurance", "insurance company", "payer", "carrier"),
    Field.PLAN: ("plan", "plan name", "policy", "coverage", "benefit plan"),
    Field.NETWORK: ("network", "network status", "in network", "in out of network", "in network status"),
    Field.REASONS: ("reason code", "reason codes", "remark code", "remark codes", "adjustment reason"),
    Field.REMARK: ("remarks", "remark", "notes", "comments", "message"),
    Field.CURRENCY: ("currency", "currency code"),
}  # fmt: skip

SIGNS_OF_CLAIMS = frozenset(
    {
        Field.CLAIM_NUMBER, Field.PATIENT, Field.SERVICE_FROM, Field.PROCESSED_ON, Field.BILLED,
        Field.ALLOWED, Field.DISCOUNT, Field.PLAN_PAID, Field.DEDUCTIBLE, Field.COPAY, Field.COINSURANCE,
        Field.NOT_COVERED, Field.RESPONSIBILITY, Field.YOU_OWE, Field.PAID_AT_VISIT, Field.CLAIM_STATUS,
    }
)  # fmt: skip
"""Columns by which a table of claims is known; which of their names also occur in bank exports is judged
by how many there are."""

HOLDINGS = frozenset(
    {
        "quantity", "shares", "price", "market value", "cost basis", "closing value", "closing price",
        "total shares", "symbol", "units", "buy quantity", "sell quantity", "holding period",
    }
)  # fmt: skip
"""Columns of a list of investments. Without a column for money that moved, such a list is not read."""
