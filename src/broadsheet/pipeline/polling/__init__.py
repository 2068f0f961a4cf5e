"""How feeds are asked: each in its turn, hosts left alone that wish it, and nobody asked twice."""
