"""The command line: the same services and reports as the window, for scripts and without a screen."""
