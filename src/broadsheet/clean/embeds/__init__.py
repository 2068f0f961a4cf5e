"""What comes from elsewhere or is no text: players, sound and film, formulas."""
