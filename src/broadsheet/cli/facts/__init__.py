"""Commands about facts: companies, claims, prices, watches."""
