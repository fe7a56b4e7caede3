"""What F1 says on the Budget page."""

from __future__ import annotations

HELP = (
    "The budget compares what you expected to pay with what you paid, line by line. Type an "
    "estimate into its cell and press Enter; amounts like 1,225 or 12.5+7.25 work, and an empty "
    "cell means no estimate. Click an actual to see the payments behind it. The difference stays "
    "blank until something is paid.\n\n"
    "Copy last month repeats its estimates. Fill year copies this month to others. Take estimates "
    "reads them from your membership, plan and other recurring payments. Right-click a line, or "
    "press the menu key, to rename, move or hide it, or to let it carry over what is left.\n\n"
    "Cash counts what was paid in a month. Accrual counts membership fees in the months they pay for "
    "and money that came back in the month of its expense; the rows below its total lead back to "
    "cash, and each opens to its reason. Export to Excel is always in the cash view.\n\n"
    "Affordability works through six steps from your income to what is left after health costs, for an "
    "expected year, a bad one and the worst your plan allows. What it knows comes from your ledger; an "
    "amount you type counts instead, and an emptied field takes the ledger\u2019s again. Arrow keys, "
    "Page Up and Down, Home and End move a slider. Nothing is stored until you save.\n\n"
    "Ctrl+Left and Ctrl+Right go to the month before and after; in the Year view, to the year."
)
