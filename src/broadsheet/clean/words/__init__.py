"""What an article says in words alone: title, deck, text, language."""
