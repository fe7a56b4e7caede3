"""The one result of every reader, under the name readers know it by; told in `tracker.facts.found`."""

from tracker.facts.found import Format as Format
from tracker.facts.found import FoundAccount as FoundAccount
from tracker.facts.found import FoundBalance as FoundBalance
from tracker.facts.found import FoundEob as FoundEob
from tracker.facts.found import FoundFile as FoundFile
from tracker.facts.found import FoundLine as FoundLine
from tracker.facts.found import FoundMoney as FoundMoney
from tracker.facts.found import FoundProblem as FoundProblem
from tracker.facts.found import Progress as Progress
from tracker.facts.found import refused as refused
