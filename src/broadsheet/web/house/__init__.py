"""What every handler works with, and what it answers with."""
