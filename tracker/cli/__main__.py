"""`python -m tracker.cli` is the command `concierge-ledger`."""

import sys

from tracker.cli.main import main

sys.exit(main())
